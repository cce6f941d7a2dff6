"""The public site: each view parses, asks for one plan or document, and renders."""
