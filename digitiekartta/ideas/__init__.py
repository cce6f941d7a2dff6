"""Ideas of staff and residents, handled in the open: perspectives 7 and 10 of the framework."""
