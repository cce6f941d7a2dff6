"""The views of ideas."""
