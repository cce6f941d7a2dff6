"""Tests of the log, on real tables."""
