"""Config: settings, addresses, server, commands and example data.

Wiring only; nothing imports it.
"""
