"""Tests of documents: properties of generated documents, and examples that tell the rules."""
