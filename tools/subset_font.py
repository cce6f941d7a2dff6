"""Cut the typeface down to what the pages use, for the web.

Run after a change of the typeface's version or of what is kept; the result is part of the
repository. Prints the size, and the metrics that make the fallback face of the same width.
"""

from __future__ import annotations

import io
from pathlib import Path

import fontpkg_hanken_grotesk
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib import instancer

SOURCE = Path(fontpkg_hanken_grotesk.__file__).parent / "files" / "HankenGrotesk[wght].ttf"
TARGET = Path(__file__).parents[1] / "digitiekartta/ui/static/ui/fonts/hanken-grotesk.woff2"
LARGEST = 42 * 1024
NARROW = 170
NO_VARIATION = 0xFFFFFFFF

LETTERS = "".join(chr(code) for code in range(0x20, 0x7F))
# Finnish, Swedish, Sámi, and the names of neighbours.
LETTERS += "ÅÄÖåäöÆØÕÜÉÈÊËÁÀÂÃÍÎÏÓÒÔÚÛÝÑÇŠŽČĆĐŊŦŁæøõüéèêëáàâãíîïóòôúûýñçšžčćđŋŧłßÿ"
MARKS = "\u00a0§°·×÷±¼½¾²³µ¡¿«»‹›‘’‚“”„†•…‰€£©®™–—−≈≤≥→←"
# The digits are all of one width as they are: there is no tnum to keep.
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "ss01"]


def main() -> None:
    """Write the subset and say how large it is."""
    font = TTFont(SOURCE)
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=LETTERS + MARKS)
    subsetter.subset(font)
    # Lighter and heavier weights than the pages use are left out of the axis.
    font = instancer.instantiateVariableFont(_reopened(font), {"wght": (400, 700)})
    _add_narrow_space(font)
    font.flavor = "woff2"
    font.save(TARGET)
    size = TARGET.stat().st_size
    missing = sorted(set(LETTERS + MARKS) - {chr(code) for code in font.getBestCmap()})
    print(f"{TARGET.name}: {size} bytes; not in the typeface: {' '.join(missing) or 'none'}")
    head, hhea = font["head"], font["hhea"]
    print("unitsPerEm", head.unitsPerEm, "ascent", hhea.ascent, "descent", hhea.descent,
          "lineGap", hhea.lineGap)  # fmt: skip
    if size > LARGEST:
        raise SystemExit(f"too large: {size} > {LARGEST}")


def _add_narrow_space(font: TTFont) -> None:
    # The typeface lacks U+202F, which stands in every sum of money; without it browsers take the
    # space from another face.
    name = "uni202F"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = Glyph()
    font["hmtx"][name] = (NARROW, 0)
    font["gvar"].variations[name] = []
    widths = font["HVAR"].table.AdvWidthMap
    if widths is not None:
        widths.mapping[name] = NO_VARIATION
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x202F] = name


def _reopened(font: TTFont) -> TTFont:
    written = io.BytesIO()
    font.save(written)
    written.seek(0)
    return TTFont(written)


if __name__ == "__main__":
    main()
