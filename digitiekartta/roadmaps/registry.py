"""The registry of the roadmap document: every entity type that a reader of one roadmap meets."""

from __future__ import annotations

from digitiekartta.accounts import fields as accounts
from digitiekartta.decisions import fields as decisions
from digitiekartta.documents.registry import Registry
from digitiekartta.levels import fields as levels
from digitiekartta.municipalities import fields as municipalities
from digitiekartta.surveys import fields as surveys

from . import fields

REGISTRY = Registry(
    (
        *municipalities.ENTITIES,
        *accounts.ENTITIES,
        *decisions.ENTITIES,
        *surveys.ENTITIES,
        *levels.ENTITIES,
        *fields.ENTITIES,
    )
)
SCHEMA_VERSION = 1
