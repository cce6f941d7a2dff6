"""The benchmark: how fast and how large, always beside a ceiling measured in the same run.

``python -m bench`` prints a table; ``--json PATH`` writes it as JSON too. Every measure starts
servers of its own on the loopback address, on made-up data in a folder of its own, and ends them.
"""
