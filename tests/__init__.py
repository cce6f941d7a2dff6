"""Journeys, architecture tests and what tests have in common.

``pages`` checks pages, ``fixtures`` has the page client, ``live_site`` and ``browser`` the real
server and a real browser, ``strategies`` documents for property tests.
"""
