"""What pages and mails of signing in say, apart from how they look."""
