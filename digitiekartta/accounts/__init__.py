"""Accounts: people and sign-in.

A Person stands apart from an account: most responsible people never sign in.
"""
