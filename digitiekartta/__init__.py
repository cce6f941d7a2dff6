"""Digitiekartta: the platform on which a municipality runs its digital roadmap."""

__version__ = "0.1.0"
