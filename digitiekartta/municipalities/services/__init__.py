"""Setting up a municipality and how it is organised: one verb each, in one transaction."""

from .framework import add_framework, reword_framework
from .gates import add_gate, change_gate, remove_gate
from .members import (
    add_person,
    assign_role,
    change_person,
    grant_role,
    person_left,
    revoke_role,
)
from .municipality import change_settings, create_municipality, publish_municipality
from .parties import (
    add_party,
    add_seat,
    add_sectors,
    change_party,
    change_seat,
    end_party,
    remove_seat,
)
from .setting_up import (
    NewMunicipality,
    SetUpLinkError,
    make_set_up_link,
    may_set_up,
    set_up_link_works,
    set_up_municipality,
)
from .standard import add_standard_bodies, add_standard_framework

__all__ = [
    "NewMunicipality",
    "SetUpLinkError",
    "add_framework",
    "add_gate",
    "add_party",
    "add_person",
    "add_seat",
    "add_sectors",
    "add_standard_bodies",
    "add_standard_framework",
    "assign_role",
    "change_gate",
    "change_party",
    "change_person",
    "change_seat",
    "change_settings",
    "create_municipality",
    "end_party",
    "grant_role",
    "make_set_up_link",
    "may_set_up",
    "person_left",
    "publish_municipality",
    "remove_gate",
    "remove_seat",
    "revoke_role",
    "reword_framework",
    "set_up_link_works",
    "set_up_municipality",
]
