"""The page cache: public pages and static files, rendered once and compressed once.

Plain ASGI in front of everything but the stream. It keeps only what a view marked with
:func:`marks.public_page` and drops it when the ledger that the page was made from has moved on,
when the day has turned, or when nobody tells any more what happens in the database. It knows
nothing of models: revisions reach it as text and numbers.
"""
