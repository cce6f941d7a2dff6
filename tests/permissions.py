"""Who may open and send what: every address in one of a few groups. See test_permission_matrix.

An address that is in no group fails its test until somebody decides whose it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.cast import NAMES

ANONYMOUS = "anonymous"
EVERYBODY = frozenset({*NAMES, ANONYMOUS})
OUTSIDERS = frozenset({"stranger", ANONYMOUS})
MEMBERS = EVERYBODY - OUTSIDERS
NOBODY: frozenset[str] = frozenset()
COORDINATOR = frozenset({"coordinator"})
TEAM = COORDINATOR | {"team"}
LEADING = TEAM | {"head"}
SIGNED_IN = EVERYBODY - {ANONYMOUS}


@dataclass(frozen=True)
class Group:
    """Who may open an address and whose form it takes. ``others`` is what members are answered who
    may not: 403 says that the page is not theirs, 404 that there is none. Outsiders get 404."""

    opens: frozenset[str]
    sends: frozenset[str] = NOBODY
    others: int = 403


PUBLIC = Group(EVERYBODY)
PUBLIC_FORM = Group(EVERYBODY, EVERYBODY)
MEMBERS_PAGE = Group(MEMBERS)
MEMBERS_FORM = Group(MEMBERS, MEMBERS)
LEADERS_FORM = Group(LEADING, LEADING)
TEAMS_FORM = Group(TEAM, TEAM)
SETTINGS = Group(TEAM, COORDINATOR)
COORDINATORS = Group(COORDINATOR, COORDINATOR)
SURVEYS = Group(TEAM, COORDINATOR, others=404)
SURVEYS_PAGE = Group(TEAM, others=404)
LEVELS = Group(COORDINATOR, COORDINATOR, others=404)
TOKEN = Group(NOBODY, others=404)
"""Whoever holds a working token, whoever she is; without one, nobody."""
OWN_ACCOUNT = Group(SIGNED_IN, SIGNED_IN)
"""One's own account and no other; whoever is not signed in is led to signing in."""
NOT_SET_UP = Group(NOBODY, others=404)
"""The example has no logo and the tests no organisation's own sign-in: nowhere for everybody."""
IN_THE_ROW = Group(MEMBERS, LEADING - COORDINATOR | {"responsible", "deputy"}, others=404)
"""A row of one's own tasks: that of nobody else is there."""

_GROUPS: tuple[tuple[Group, str], ...] = (
    (
        PUBLIC,
        """
        roadmaps:front roadmaps:product_stylesheet roadmaps:home roadmaps:levels roadmaps:actions
        roadmaps:action roadmaps:goals roadmaps:changes roadmaps:feed roadmaps:model roadmaps:search
        roadmaps:open_data roadmaps:accessibility roadmaps:privacy roadmaps:document
        roadmaps:schema roadmaps:version roadmaps:stylesheet surveys:thanks surveys:protection
        surveys:privacy results:list results:round ideas:list people:landing people:more
    """,
    ),
    (
        PUBLIC_FORM,
        """
        surveys:form surveys:answer notices:follow accounts:sign_in accounts:code accounts:password
        accounts:passkey accounts:second_step accounts:sign_out
    """,
    ),
    (MEMBERS_PAGE, "desk:sector desk:hand_over settings:rights ideas:idea"),
    (MEMBERS_FORM, "desk:own ideas:propose ideas:thanks ideas:support roadmaps:undo"),
    (IN_THE_ROW, "desk:own_row"),
    (LEADERS_FORM, "desk:behalf roadmaps:new_action"),
    (Group(LEADING | {"management"}), "desk:overview"),
    (Group(LEADING | {"management", "secretary"}), "notices:unanswered"),
    (Group(MEMBERS - {"staff"}), "roadmaps:proposals"),
    (
        TEAMS_FORM,
        """
        ideas:queue ideas:moderate roadmaps:action_load roadmaps:order_actions roadmaps:bulk
        ideas:publish ideas:handle ideas:new_action roadmaps:edit_action
        roadmaps:edit_action_piece roadmaps:edit_roadmap roadmaps:edit_goal roadmaps:edit_goal_piece
    """,
    ),
    (
        SETTINGS,
        """
        municipalities:settings municipalities:basics municipalities:look
        municipalities:colour_sample municipalities:publication municipalities:accessibility
        municipalities:features municipalities:reminders municipalities:organisation
        municipalities:new_unit municipalities:sector_list municipalities:bodies
        municipalities:new_body municipalities:seats municipalities:party municipalities:end_party
        municipalities:clock municipalities:new_gate municipalities:gate municipalities:members
        municipalities:new_person municipalities:person municipalities:person_left
        settings:authorities settings:wordings settings:framework settings:guide settings:period
        settings:texts settings:preview settings:publish settings:remove_examples settings:letters
        settings:test_mail notices:outgoing
    """,
    ),
    (
        COORDINATORS,
        """
        desk:links people:invitations people:demands people:account ideas:setting
    """,
    ),
    (
        SURVEYS,
        """
        rounds:list rounds:new rounds:round rounds:settings rounds:copy rounds:remove rounds:groups
        rounds:paste rounds:merge rounds:apart rounds:forecast rounds:texts rounds:open rounds:codes
        rounds:slips rounds:code_list rounds:unit_codes rounds:poster rounds:extend rounds:close
        rounds:results
    """,
    ),
    (SURVEYS_PAGE, "surveys:preview surveys:preview_protection surveys:preview_privacy"),
    (
        LEVELS,
        """
        levels:baseline levels:by_hand levels:take levels:targets levels:target levels:estimate
        levels:importance levels:ranking levels:priority levels:removal
    """,
    ),
    (
        TOKEN,
        """
        desk:personal desk:personal_row people:accept setting_up:new_by_link notices:reminders
        notices:confirm notices:follows accounts:sign_in_by_link
    """,
    ),
    (Group(COORDINATOR, COORDINATOR, others=404), "setting_up:new"),
    (
        OWN_ACCOUNT,
        """
        accounts:account accounts:new_password accounts:app accounts:new_passkey
        accounts:remove_factor accounts:spare_codes accounts:sessions
    """,
    ),
    (NOT_SET_UP, "municipalities:logo :openid_connect_callback accounts:organisation"),
)
GROUP_OF: Mapping[str, Group] = {name: group for group, names in _GROUPS for name in names.split()}
"""The group of every address, by its name."""
