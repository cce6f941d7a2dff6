"""What the pages of surveys show: pure functions from rows to frozen values."""
