"""What each page shows: pure functions from a plan to frozen values, for templates to render."""
