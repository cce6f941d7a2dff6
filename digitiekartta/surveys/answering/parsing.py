"""Reading a sent form. Pure; whoever sends it is trusted with nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl
from uuid import UUID

from ..rules import CODE_LENGTH, typed_code

MOST_BYTES = 100_000
MOST_FIELDS = 100
_KNOWN = re.compile(r"round|code|link|nonce|q[1-9][0-9]?")
_QUESTION = re.compile(r"q([1-9][0-9]?)")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
_LEVELS: Mapping[str, int | None] = {"": None, **{str(level): level for level in range(6)}}
_LONGEST_TYPED = 80


class MalformedError(ValueError):
    """A body that no form of ours sends."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form holds. ``fields`` are the known ones as they were sent, to fill it in again.

    ``code`` is as it was typed but for dashes and spaces, and empty where a ``link`` is given.
    """

    round_id: UUID
    code: str
    link: str
    nonce: str
    answers: Mapping[int, int | None]
    fields: Mapping[str, str]

    def levels(self, questions: int) -> tuple[int | None, ...]:
        """The answers in the order of the questions. Raises MalformedError for one too many."""
        if any(number > questions for number in self.answers):
            raise MalformedError("an answer to a question that is not asked")
        return tuple(self.answers.get(number) for number in range(1, questions + 1))


def read_form(body: bytes) -> Sent:
    """A urlencoded body as a form. Fields that the form does not have are left out, unread.

    Raises MalformedError where the body is no form, where a field of ours comes twice or holds what
    the form can't hold, and where neither a code nor a link is given.
    """
    fields = _fields(body)
    code = typed_code(fields.get("code", "")[:_LONGEST_TYPED])
    link, nonce = fields.get("link", ""), fields.get("nonce", "")
    if any(word and not _TOKEN.fullmatch(word) for word in (link, nonce)):
        raise MalformedError("no such link")
    return Sent(
        round_id=_round_id(fields.get("round", "")),
        code="" if link else code,
        link=link,
        nonce=nonce,
        answers=_answers(fields),
        fields=fields,
    )


def looks_like_a_code(code: str) -> bool:
    """Whether it is worth looking up."""
    return len(code) == CODE_LENGTH and code.isascii()


def _fields(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as problem:
        raise MalformedError("not a form") from problem
    known = [(name, value) for name, value in pairs if _KNOWN.fullmatch(name)]
    fields = dict(known)
    if len(fields) < len(known):
        raise MalformedError("a field twice")
    return fields


def _round_id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError as problem:
        raise MalformedError("no round") from problem


def _answers(fields: Mapping[str, str]) -> dict[int, int | None]:
    answers: dict[int, int | None] = {}
    for name, value in fields.items():
        match = _QUESTION.fullmatch(name)
        if match is None:
            continue
        if value not in _LEVELS:
            raise MalformedError("a level off the scale")
        answers[int(match[1])] = _LEVELS[value]
    return answers
