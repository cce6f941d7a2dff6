"""Mail that the platform sends by itself: reminders in one digest, and residents' news."""
