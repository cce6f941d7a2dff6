"""What tests of settings send: a page's stamp, and everything that its form holds."""

from __future__ import annotations

from typing import Any

from tests.pages import Page


def filled(page: Page, **changed: Any) -> dict[str, Any]:
    """The page's first long form as a browser would send it, with what is changed."""
    form = page.all("main form.form, main form[method=post]")[0]
    held: dict[str, Any] = {}
    for one in form.select("input, textarea, select"):
        name, kind = str(one.get("name") or ""), str(one.get("type") or one.name)
        if not name or kind in ("file", "submit") or name == "csrfmiddlewaretoken":
            continue
        if kind in ("checkbox", "radio"):
            if one.has_attr("checked"):
                held.setdefault(name, []).append(one.get("value", "on"))
        elif one.name == "select":
            chosen = one.select("option[selected]") or one.select("option")
            held[name] = [str(chosen[0]["value"])]
        else:
            held[name] = [one.get_text() if one.name == "textarea" else str(one.get("value", ""))]
    for name, value in changed.items():
        if value is None:
            held.pop(name, None)
        else:
            held[name] = value
    return held
