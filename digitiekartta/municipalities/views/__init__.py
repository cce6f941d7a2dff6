"""Asetukset: the municipality's own settings."""
