"""What the pages of ideas show, as plain values."""
