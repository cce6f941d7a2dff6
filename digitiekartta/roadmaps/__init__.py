"""Roadmaps: vision, goals, indicators, actions, funding and progress; THE ROADMAP DOCUMENT.

Answers for the rules of actions and money, for the working and the valid plan, for the typed plan
that everything is rendered from, and for the public site.
"""
