"""How the product looks and reads: the page frame, components, charts, formats, the stylesheet.

This module answers for everything that every page shares and for nothing that a page is about. It
is the lowest layer: it has no models, imports no other part of the product, and is made of pure
functions wherever Django is not needed.
"""
