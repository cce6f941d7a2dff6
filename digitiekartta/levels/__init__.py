"""Levels: measurements, targets, gaps and priorities per perspective."""
