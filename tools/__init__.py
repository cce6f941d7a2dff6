"""Tools of development: set-up, the test suite, checks and message catalogues. Not in the wheel."""
