"""Municipalities: who they are and how they are organised.

Answers for the municipality and its settings, its parties (sectors, units, bodies and roles), the
seats of its digital team, its people, its framework of perspectives and the gates of its annual
clock; and for the half-year, in which everything is scheduled.
"""
