"""The web pages: the issue's page with its fonts and pictures as files beside it, and a page for each article in the
reader's own fonts (decision 0017); or the issue's page as one file with everything in it. Nothing comes from another
server.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.composition.pictures.drawn import shown_file, size_of_file
from koho_pdf.editions.web_stand_ins import with_stand_ins
from koho_pdf.layout.face_roles import Chosen, family_of, quoted, used, without_faces
from koho_pdf.media import jpeg, png

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_WIDE = "48rem"  # the width of windows that are not a telephone's
_MIMES = {jpeg.START: "image/jpeg", png.START: "image/png", b"<svg": "image/svg+xml"}
_SHOWN_AS = {".tif": ".png", ".tiff": ".png", ".pdf": ".svg"}  # what no browser promises to show in an ``img``
_LARGEST = 1600  # pixels: sharp on a phone's dense screen, light on its network


def web_edition(
    html: str,
    articles: Mapping[str, str],
    faces: Sequence[Face],
    roles: Mapping[str, Chosen],
    folder: Path,
    profile: Path,
) -> dict[str, bytes]:
    """``index.html``, ``articles/<key>.html``, ``fonts/*.woff`` and the pictures they name, by file name below the web
    folder.

    Every face that the styles of ``html`` ask for, by its role (``roles`` has the families) or by its family, becomes a
    file, named by its content. It holds the characters of the elements with ``data-face="ROLE"`` (or the family), or
    all characters of the page if no element has one.
    ``folder`` is the issue's, where pictures are read from; ``profile`` is the output profile that CMYK pictures are
    made for.
    """
    fonts: dict[str, bytes] = {}

    def beside(name: str, content: bytes) -> str:
        fonts[name] = content
        return name

    pages = {"index.html": _with_fonts(html, faces, roles, beside)}
    pages |= {f"articles/{key}.html": text for key, text in articles.items()}
    pictures = {}
    shown = [each for text in pages.values() if "<img" in text.lower() for each in _read(text).pictures]
    for name in dict.fromkeys(each.removeprefix("../") for each in shown):
        there = name + next((other for ends, other in _SHOWN_AS.items() if name.lower().endswith(ends)), "")
        content = pictures[there] = shown_file(folder / name, profile, _LARGEST)
        size = _size(folder / name, content)
        for file, text in pages.items():
            up = "../" if "/" in file else ""
            pages[file] = _sized(text, up + name, up + there, size)
    return {**{file: text.encode() for file, text in pages.items()}, **fonts, **pictures}


def single_page(html: str, faces: Sequence[Face], roles: Mapping[str, Chosen], folder: Path, profile: Path) -> bytes:
    """The issue's page in one file, its fonts and pictures inside as ``data:`` addresses (RFC 2397).

    Arguments as for ``web_edition``.
    """
    html = _with_fonts(html, faces, roles, lambda name, content: _data("font/woff", content))
    for name in dict.fromkeys(_read(html).pictures):
        content = shown_file(folder / name, profile, _LARGEST)
        mime = next(mime for begins, mime in _MIMES.items() if content.startswith(begins))
        html = _sized(html, name, _data(mime, content), _size(folder / name, content))
    return html.encode()


def _size(file: Path, shown: bytes) -> tuple[int, int]:
    """Width and height of a picture as it is shown, in pixels."""
    from PIL import Image

    if shown.startswith(b"<svg"):  # it is as large as the drawing in the file, which has been read already
        width, height = size_of_file(file)
        return round(width), round(height)
    with Image.open(BytesIO(shown)) as opened:
        return opened.size


def _sized(html: str, name: str, there: str, size: tuple[int, int]) -> str:
    """The page with a picture's address and size, so that its place is kept while it loads."""
    width, height = size
    return html.replace(f'src="{name}"', f'src="{there}" width="{width}" height="{height}"')


def _data(mime: str, content: bytes) -> str:
    return f"data:{mime};base64,{base64.b64encode(content).decode()}"


# HTML, 13.1.2
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


class _Page(HTMLParser):
    """Reads what a page shows: its characters (``""`` in ``text``), those of each face it names, and its pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.text: dict[str, set[str]] = {"": set()}
        self.pictures: list[str] = []
        self._inside: list[tuple[str, str]] = []  # the open elements and the face that each names

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "img" and told.get("src"):
            self.pictures.append(str(told["src"]))
        if tag not in _VOID:
            self._inside.append((tag, told.get("data-face") or ""))

    def handle_startendtag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        opened = next((at for at in reversed(range(len(self._inside))) if self._inside[at][0] == tag), None)
        if opened is not None:
            del self._inside[opened:]

    def handle_data(self, data: str) -> None:
        for face in {"", *(face for _, face in self._inside)}:
            self.text.setdefault(face, set()).update(data)


def _read(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    return page


def _with_fonts(html: str, faces: Sequence[Face], roles: Mapping[str, Chosen], put: Callable[[str, bytes], str]) -> str:
    """The page with a rule for each face that its styles ask for; ``put`` takes a file's name and content and gives its
    address."""
    html = with_stand_ins(html, faces)
    characters = _characters(html, dict.fromkeys(face.family for face in faces), roles)
    made = [_font_face(face, characters[face.family], put) for face in faces if face.family in characters]
    rules = "".join(
        f"{rule}\n" if display == "swap" else f"@media (min-width: {_WIDE}) {{ {rule} }}\n" for rule, display in made
    )
    waiting = "".join(rule.replace("optional", "swap") for rule, display in made if display == "optional")
    script = f"<script>{_BARE.format(rules=json.dumps(waiting))}</script>\n" if waiting else ""
    return html.replace("</head>", f"<style>{rules}</style>\n{script}</head>", 1) if rules else html


def _characters(html: str, families: Iterable[str], roles: Mapping[str, Chosen]) -> dict[str, set[str]]:
    """The characters that each family must draw, for those that the page asks for by a role or by their own name."""
    text, found = _read(html).text, dict[str, set[str]]()
    for role in used(html):
        found.setdefault(family_of(roles[role]), set()).update(text.get(role, text[""]))
    others = without_faces(html)
    for family in families:
        if quoted(family) in others:
            found.setdefault(family, set()).update(text.get(family, text[""]))
    return found


_BARE = (
    "{{let c=document.createElement('canvas').getContext('2d',{{willReadFrequently:true}}),"
    "drawn=t=>{{c.clearRect(0,0,40,40);c.font='32px sans-serif';c.fillText(t,0,32);"
    "return''+c.getImageData(0,0,40,40).data}};"
    "if(drawn('国')===drawn('萌'))document.head.append(Object.assign(document.createElement('style'),"
    "{{textContent:{rules}}}))}}"
)
"""If two Japanese letters look alike, the reader has no Japanese face (each is drawn as a box). Then our faces are
fetched in any window, and shown whenever they arrive.
"""


def _font_face(face: Face, characters: set[str], put: Callable[[str, bytes], str]) -> tuple[str, str]:
    """The face with only these characters, as a CSS rule, and its ``font-display``; the reader's own copy is taken
    where there is one.

    No page waits for a font, and no line moves while somebody reads (CSS Fonts 4, 4.9). A face in which every Japanese
    character is a full em wide can replace another such face at any time (``swap``). Any other face is used only if it
    is there at once (``optional``); a telephone does not fetch it, since it would come too late, and shows the reader's
    own face.
    """
    import uharfbuzz
    from fontTools.ttLib import TTFont

    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).set({ord(character) for character in characters})
    wanted.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).set(set())
    subset = uharfbuzz.subset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path))), wanted)
    font = TTFont(BytesIO(subset.blob.data), recalcTimestamp=False)
    names = dict.fromkeys(filter(None, (font["name"].getDebugName(number) for number in (4, 6))))
    display = "swap" if _is_even(font) else "optional"
    font.flavor = "woff"
    packed = BytesIO()
    font.save(packed, reorderTables=False)
    content = packed.getvalue()
    told = hashlib.sha256(content).hexdigest()[:12]
    file = f"{face.family.lower().replace(' ', '-')}-{face.weight}-{told}.woff"
    address = put(f"fonts/{file}", content)
    if address.startswith("data:"):
        display = "swap"  # it is there already
    sources = [*(f'local("{name}")' for name in names), f'url("{address}") format("woff")']
    rule = (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-display: {display};'
        f" src: {', '.join(sources)} }}"
    )
    return rule, display


def _is_even(font: TTFont) -> bool:
    """Whether every Japanese character is a full em wide, as in most Japanese faces."""
    widths, em = font["hmtx"], font["head"].unitsPerEm
    return all(widths[glyph][0] == em for code, glyph in font.getBestCmap().items() if code >= 0x3000)
