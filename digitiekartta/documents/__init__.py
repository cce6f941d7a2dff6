"""Documents: plain data with permanent ids, and what can be done with it.

Answers for the field registry, for ``diff``, ``apply``, ``merge`` and ``redact``, for canonical
bytes and for the published JSON Schema. Pure: no Django, no clock, no input or output.
"""
