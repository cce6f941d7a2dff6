"""Surveys: rounds, codes, answers as tallies, and frozen results.

Answers for the anonymity that staff are promised: nothing here keeps who answered, when, or what
one person answered; see ``docs/survey-threats.md``.
"""
