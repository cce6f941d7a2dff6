"""What people fill in on the roadmap. Errors keep everything that was typed."""
