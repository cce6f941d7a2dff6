"""The municipality's colour on both themes: as it was given, as it is corrected, how it reads."""

from __future__ import annotations

from dataclasses import dataclass

from digitiekartta.ui.colours import contrast, parse
from digitiekartta.ui.theme import ENOUGH, dark, light


@dataclass(frozen=True, slots=True)
class ColourSample:
    """One theme. ``ratio`` is the contrast of text in the corrected colour on the page, 1–21;
    ``given_ratio`` that of the colour as it was given."""

    is_dark: bool
    tokens: dict[str, str]
    given: str
    given_ratio: float
    ratio: float

    @property
    def is_corrected(self) -> bool:
        return self.tokens["accent"] != self.given

    @property
    def was_readable(self) -> bool:
        return self.given_ratio >= ENOUGH


def colour_samples(colour: str) -> tuple[ColourSample, ...]:
    """Both themes around a colour (``#rrggbb``). Raises ValueError for what is not a colour."""
    given = parse(colour)
    samples = []
    for is_dark, tokens in ((False, light(colour)), (True, dark(colour))):
        paper = parse(tokens["paper"])
        samples.append(
            ColourSample(
                is_dark=is_dark,
                tokens=tokens,
                given=given.hex,
                given_ratio=contrast(given, paper),
                ratio=contrast(parse(tokens["accent"]), paper),
            )
        )
    return tuple(samples)
