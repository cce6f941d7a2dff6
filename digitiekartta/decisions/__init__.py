"""Decisions: what was decided, by whom and when, and the approved versions. Knows no subject."""
