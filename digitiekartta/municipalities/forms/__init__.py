"""What is filled in on pages of settings. Errors keep everything that was typed."""
