"""Live: what changed, to whoever is looking; and to members, who is editing what right now.

Answers for the watcher, which learns from the database that ledgers have moved on, whichever
process wrote, and for the event stream, which tells readers which entities changed, never what
they hold. The log of ``history`` is the event bus; there is no broker. Who is editing is the one
thing that is written beside the log, and it is forgotten within a minute.
"""
