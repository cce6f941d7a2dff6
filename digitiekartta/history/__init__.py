"""History: the log. Who did what, when and why; one gapless revision per ledger.

Answers for ledgers, entries, snapshots and receipts, for the one way of writing (``commit``), and
for documents rebuilt as they were at any revision. Knows no subject: every table of another
module whose rows are ``Recorded`` takes part.
"""
