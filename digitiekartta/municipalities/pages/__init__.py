"""What pages of settings show."""
