"""The plan: a roadmap document as typed values, with what follows from it on a day.

Every page, export and report reads a plan. It holds only what its audience may see, because it is
made from a redacted document.
"""
