"""What every test of the project can ask for, whichever folder it stands in."""

pytest_plugins = (
    "tests.fixtures",
    "tests.examples",
    "tests.live_site",
    "tests.browser",
    "tests.towns",
)
