"""The web pages: the issue's, complete in itself (its fonts travel in it), and one an article, in the fonts of whoever
reads (decision 0017); pictures stand beside them, nothing comes from the network."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

from koho_pdf.composition.fonts import Face
from koho_pdf.composition.pictures import shown
from koho_pdf.editions.web_stand_ins import with_stand_ins

_LARGEST = 1600  # pixels: sharp on a phone's dense screen, light on its network


def web_edition(
    html: str, articles: Mapping[str, str], faces: Sequence[Face], folder: Path, profile: Path
) -> dict[str, bytes]:
    """``index.html``, ``articles/<key>.html`` and the pictures they name, by file name below the web folder.

    Every face whose family the styles of ``html`` name is embedded in it with its own characters only; ``folder`` is
    the issue's, where pictures are read from; ``profile`` is the output profile that CMYK pictures are made for.
    """
    html = with_stand_ins(html, faces)
    page = _Page()
    page.feed(html)
    characters = "".join(sorted(set(page.text)))
    embedded = "".join(_font_face(face, characters) for face in faces if f'"{face.family}"' in html)
    pages = {"index.html": html.replace("</head>", f"<style>{embedded}</style>\n</head>", 1)}
    pages |= {f"articles/{key}.html": text for key, text in articles.items()}
    for text in articles.values():
        page.feed(text)
    pictures = {}
    for name in dict.fromkeys(each.removeprefix("../") for each in page.pictures):
        there = name
        if name.lower().endswith((".tif", ".tiff")):  # no browser promises to show TIFF
            there = f"{name}.png"
            pages = {file: text.replace(f'{name}"', f'{there}"') for file, text in pages.items()}
        pictures[there] = shown(folder / name, profile, _LARGEST)
    return {**{file: text.encode() for file, text in pages.items()}, **pictures}


class _Page(HTMLParser):
    """Reads what a page shows: its characters and its pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.pictures: list[str] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        source = dict(attrs).get("src")
        if tag == "img" and source:
            self.pictures.append(source)

    def handle_data(self, data: str) -> None:
        self.text += data


def _font_face(face: Face, characters: str) -> str:
    """The face with only these characters, as WOFF in a CSS rule."""
    import uharfbuzz
    from fontTools.ttLib import TTFont

    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).set({ord(character) for character in characters})
    wanted.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).set(set())
    subset = uharfbuzz.subset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path))), wanted)
    font = TTFont(BytesIO(subset.blob.data), recalcTimestamp=False)
    font.flavor = "woff"
    packed = BytesIO()
    font.save(packed, reorderTables=False)
    encoded = base64.b64encode(packed.getvalue()).decode()
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-display: swap;'
        f' src: url("data:font/woff;base64,{encoded}") format("woff") }}\n'
    )
