"""What can be done with accounts: one verb each."""

from __future__ import annotations

from .accounts import (
    disable_account,
    enable_account,
    end_session,
    end_sessions,
    ensure_account,
    erase_account,
    forget_expired,
    forget_second_factor,
    remove_example_accounts,
    remove_password,
    session_name,
    sessions_of,
    set_language,
    set_password,
)
from .codes import make_sign_in_code, use_sign_in_code
from .limits import count_try, network_of, use_once
from .links import make_sign_in_link, sign_in_link_works, use_sign_in_link
from .personal_links import (
    ask_for_link,
    ended_link,
    holder_of,
    links_asked_for,
    make_personal_link,
    note_use,
    revoke_personal_links,
    working_links,
)

__all__ = [
    "ask_for_link",
    "count_try",
    "disable_account",
    "enable_account",
    "end_session",
    "end_sessions",
    "ended_link",
    "ensure_account",
    "erase_account",
    "forget_expired",
    "forget_second_factor",
    "holder_of",
    "links_asked_for",
    "make_personal_link",
    "make_sign_in_code",
    "make_sign_in_link",
    "network_of",
    "note_use",
    "remove_example_accounts",
    "remove_password",
    "revoke_personal_links",
    "session_name",
    "sessions_of",
    "set_language",
    "set_password",
    "sign_in_link_works",
    "use_once",
    "use_sign_in_code",
    "use_sign_in_link",
    "working_links",
]
