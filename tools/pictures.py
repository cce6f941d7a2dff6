"""Takes the pictures of the documents anew: ``python -m tools.pictures [name ...]``.

A server of its own, with the example of Kauhava on a fixed day, is looked at with Chromium.
"""

from __future__ import annotations

import base64
import shutil
import struct
import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.live_site import running

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
MOST_BYTES = 200 * 1024
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOURS, _BY_PALETTE, _UNFILTERED = 256, 3, b"\0"
_UNPACK = """
async png => {
    const answer = await fetch(`data:image/png;base64,${png}`);
    const image = await createImageBitmap(await answer.blob());
    const {width, height} = image;
    const canvas = new OffscreenCanvas(width, height).getContext('2d');
    canvas.drawImage(image, 0, 0);
    const reader = new FileReader();
    const read = new Promise(done => reader.onload = done);
    reader.readAsDataURL(new Blob([canvas.getImageData(0, 0, width, height).data]));
    await read;
    return [width, height, reader.result.split(',')[1]];
}
"""
_DESKTOP, _PHONE = 1280, 360
_MARGIN = 24


@dataclass(frozen=True, slots=True)
class Picture:
    """A page seen at a width: ``height`` dots down from its top, or from where an element begins.

    With ``down_to`` it ends where that element ends, and is no higher than ``height``.
    """

    path: str
    height: int
    width: int = _DESKTOP
    begins_at: str = ""
    down_to: str = ""


PICTURES = {
    "etusivu": Picture("/kauhava/", 1500, down_to="section:has(.levels)"),
    "etusivu-puhelin": Picture("/kauhava/", 938, _PHONE),
    "tasot": Picture("/kauhava/tasot/", 1093),
    "toimenpiteet": Picture("/kauhava/toimenpiteet/", 1496),
    "toimenpide": Picture("/kauhava/toimenpiteet/6/", 1205),
    "muutokset": Picture("/kauhava/muutokset/", 1240),
    "toimintamalli": Picture("/kauhava/toimintamalli/", 1274, begins_at="#paatosvalta"),
}


def take(browser: Browser, site: str, picture: Picture) -> bytes:
    """The picture as Chromium writes it."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="light",
        locale="fi-FI",
        timezone_id="Europe/Helsinki",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(site + picture.path)
    page.evaluate("document.fonts.ready")
    top = _edge(page, picture.begins_at, "top") if picture.begins_at else 0
    bottom = top + picture.height
    if picture.down_to:
        bottom = min(bottom, _edge(page, picture.down_to, "bottom") + _MARGIN)
    taken = page.screenshot(
        clip={"x": 0, "y": top, "width": picture.width, "height": bottom - top}, full_page=True
    )
    context.close()
    return taken


def _edge(page: Page, selector: str, side: str) -> int:
    """Where on the page the first element that fits begins or ends."""
    place: float = page.locator(selector).first.evaluate(
        "(one, side) => one.getBoundingClientRect()[side] + scrollY", side
    )
    return round(place)


def packed(png: bytes, page: Page) -> bytes:
    """The same picture in a third of the bytes: with the 256 colours that it has most of.

    ``page`` is an empty page, which unpacks what Chromium wrote.
    """
    width, height, written = page.evaluate(_UNPACK, base64.b64encode(png).decode())
    pixels = base64.b64decode(written)
    dots = [pixels[place : place + 3] for place in range(0, len(pixels), 4)]
    palette = [colour for colour, _ in Counter(dots).most_common(_COLOURS)]
    number = {colour: place for place, colour in enumerate(palette)}
    for colour in set(dots) - number.keys():
        number[colour] = min(range(len(palette)), key=lambda one: _apart(palette[one], colour))
    numbers = bytes(number[dot] for dot in dots)
    lines = (numbers[place : place + width] for place in range(0, len(numbers), width))
    chunks = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, _BY_PALETTE, 0, 0, 0),
        b"PLTE": b"".join(palette),
        b"IDAT": zlib.compress(b"".join(_UNFILTERED + line for line in lines), 9),
        b"IEND": b"",
    }
    return _SIGNATURE + b"".join(_chunk(kind, body) for kind, body in chunks.items())


def _apart(one: bytes, other: bytes) -> int:
    return sum((first - second) ** 2 for first, second in zip(one, other, strict=True))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def main(names: list[str]) -> int:
    """Takes the named pictures, or all. Exit code 1 when one is too large."""
    FOLDER.mkdir(exist_ok=True)
    too_large = False
    with running() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        empty = browser.new_page()
        for name in names or PICTURES:
            png = packed(take(browser, site.url, PICTURES[name]), empty)
            (FOLDER / f"{name}.png").write_bytes(png)
            too_large |= len(png) > MOST_BYTES
            print(f"{name}.png: {len(png) / 1024:.0f} KB")
        browser.close()
    return int(too_large)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
