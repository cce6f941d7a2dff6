"""The icons, drawn on a grid of 16, as one sprite at the top of a page's body.

Every icon stands beside a word; the seven situations have a shape each, so that colour is never
the only sign.
"""

from __future__ import annotations

from markupsafe import Markup

STROKE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"'
FILL = 'fill="currentColor"'
JOIN = f'{STROKE} stroke-linejoin="round"'

ICONS: dict[str, str] = {
    "done": f'<path d="M3 8.5l3.2 3.2L13 4.8" {JOIN}/>',
    "ongoing": f'<path d="M4.5 3v10L13 8z" {FILL}/>',
    "not_begun": f'<circle cx="8" cy="8" r="4.6" {STROKE}/>',
    "waiting_for_money": f'<path d="M12 4.4A4.6 4.6 0 1 0 12 11.6M2.6 6.8H9M3 9.4h5" {STROKE}/>',
    "late": f'<circle cx="8" cy="8" r="5.8" {STROKE}/><path d="M8 4.8V8l2.2 1.6" {JOIN}/>',
    "paused": f'<path d="M5.5 4v8M10.5 4v8" {STROKE}/>',
    "cancelled": f'<path d="M4 4l8 8M12 4l-8 8" {STROKE}/>',
    "search": f'<circle cx="7" cy="7" r="4.4" {STROKE}/><path d="M10.4 10.4L14 14" {STROKE}/>',
    "menu": f'<path d="M2 4h12M2 8h12M2 12h12" {STROKE}/>',
    "close": f'<path d="M3.5 3.5l9 9M12.5 3.5l-9 9" {STROKE}/>',
    "theme": f'<circle cx="8" cy="8" r="5.8" {STROKE}/><path d="M8 2v12A6 6 0 0 0 8 2" {FILL}/>',
    "next": f'<path d="M6 3l5 5-5 5" {JOIN}/>',
    "previous": f'<path d="M10 3L5 8l5 5" {JOIN}/>',
    "down": f'<path d="M3 6l5 5 5-5" {JOIN}/>',
    "info": f'<circle cx="8" cy="8" r="6" {STROKE}/><path d="M8 7.4v3.6M8 4.9v.1" {STROKE}/>',
    "warning": f'<path d="M8 2L15 14H1z" {JOIN}/><path d="M8 6.6v3M8 11.7v.1" {STROKE}/>',
    "edit": f'<path d="M3 13l.7-3L10.8 3a1.5 1.5 0 0 1 2.2 2.2L6 12.3z" {JOIN}/>',
    "add": f'<path d="M8 3v10M3 8h10" {STROKE}/>',
    "download": f'<path d="M8 2v8M4.5 7L8 10.5 11.5 7M3 14h10" {JOIN}/>',
    "print": f'<path d="M4.5 6V2h7v4M4.5 12H2V6h12v6h-2.5M4.5 9.5h7V14h-7z" {JOIN}/>',
    "lock": f'<path d="M3.5 7h9v7h-9zM5.5 7V4.8a2.5 2.5 0 0 1 5 0V7" {JOIN}/>',
}

HATCHES = (
    '<pattern id="h-{name}" width="7" height="7" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="7" height="7" class="m-bed-{name}"/>'
    '<rect width="3.5" height="7" class="m-hatch-{name}"/></pattern>'
)
HATCHED = ("waiting_for_money", "late")


def sprite() -> Markup:
    """All icons as symbols ``i-…`` and the hatches ``h-…`` that charts fill with."""
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 16 16">{body}</symbol>' for name, body in ICONS.items()
    )
    hatches = "".join(HATCHES.format(name=name) for name in HATCHED)
    return Markup(  # noqa: S704 -- constants of this file
        f'<svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false">'
        f"<defs>{hatches}</defs>{symbols}</svg>"
    )
