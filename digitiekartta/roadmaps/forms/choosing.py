"""Which of two values somebody chose, where another person changed the same at the same time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

CHOICE, THEIRS, AND = "valinta-", "toisen", "+"


def with_choices(sent: QueryDict, standing: forms.Form) -> QueryDict:
    """What was sent, with the values that stand now where the other person's were chosen."""
    data = sent.copy()
    for key, value in sent.items():
        if key.startswith(CHOICE) and value == THEIRS:
            for name in key.removeprefix(CHOICE).split(AND):
                if name in standing.fields:
                    _put(data, standing, name)
    return data


def rebased(typed: forms.Form, standing: forms.Form) -> QueryDict:
    """What was typed, with everything that was not touched as it stands now."""
    data = QueryDict(mutable=True)
    for name in standing.fields:
        if name in typed.fields and name in typed.changed_data:
            data.setlist(name, _sent(typed, name))
        else:
            _put(data, standing, name)
    return data


def _sent(form: forms.Form, name: str) -> list[str]:
    source: Any = form.data
    return list(source.getlist(name)) if hasattr(source, "getlist") else [source.get(name, "")]


def _put(data: QueryDict, standing: forms.Form, name: str) -> None:
    """Fills in a field as the form would show it when it is opened."""
    value = standing[name].value()
    if value is None or value is False:
        data.pop(name, None)
    elif value is True:
        data[name] = "on"
    elif isinstance(value, list | tuple | set):
        data.setlist(name, [str(one) for one in value])
    else:
        data[name] = str(value)
