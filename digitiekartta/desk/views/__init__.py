"""How the pages of the desk are answered."""
