"""How the pages of notices are answered."""
