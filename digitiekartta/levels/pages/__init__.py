"""What the coordinator's pages of levels show: pure functions giving frozen values."""
