"""What the pages of the desk show: pure functions from facts to frozen values."""
