"""WeasyPrint's only door: it sets the pages; every seam into it is here, pinned to its version and tested.

Seams: ``layout.inline.justify_line`` (no justification of text without spaces), ``pdf.stream.Stream.marked`` and
``pdf.tags._build_box_tree`` (no artifacts for what HTML hides from assistive technology), ``pdf.fonts.Font`` (see
``subsetting``), and the laid-out boxes that ``placing`` reads. The engine only mutters (log lines) about what it does
not understand: each mutter is a finding.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache as once
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from koho_pdf.composition.document import Document
from koho_pdf.composition.fonts import Face, font_configuration
from koho_pdf.composition.justify import gaps, shares
from koho_pdf.composition.mutters import told, wordless
from koho_pdf.composition.pictures import separated, shown
from koho_pdf.composition.placing import Places
from koho_pdf.composition.subsetting import named_by_face, subset
from koho_pdf.composition.turned import SUFFIX, turned_face
from koho_pdf.errors import LayoutError
from koho_pdf.findings import Finding
from koho_pdf.layout.galley import Galley
from koho_pdf.manuscript.scalar import Tree

_TURNED = re.compile(rf"[\"']([^\"',;]+){SUFFIX}[\"']")


def compose(galley: Galley, faces: Sequence[Face], source: Tree, root: Path, cache: Path) -> Document:
    """Set the galley on pages.

    ``faces`` are the only fonts there are, ``source`` tells where the manuscript's fields stand in their file,
    ``root`` is the workspace that findings name files from, ``cache`` a folder for what may be made again.
    What went wrong on the way to pages is in the document's findings; ``write`` raises LayoutError with what the
    engine finds wrong only when it draws.
    """
    weasyprint = _engine(font_configuration(faces, cache))
    from weasyprint.text.fonts import FontConfiguration

    fetcher = _fetcher(galley, cache)
    fonts = FontConfiguration()
    with _ear() as heard:
        html = weasyprint.HTML(string=galley.html, base_url=galley.folder.as_uri() + "/", url_fetcher=fetcher)
        _hide_descendants(html.etree_element)
        turned = _turned_faces(html.etree_element, galley.html, faces, cache)
        sheets = [
            weasyprint.CSS(
                string=f'@font-face {{ font-family: "{face.family}{SUFFIX}"; font-weight: {face.weight};'
                f' src: url("{path.as_uri()}") }}',
                font_config=fonts,
            )
            for face, path in turned
        ]
        rendered = html.render(font_config=fonts, stylesheets=sheets)
    for page in rendered.pages:
        # One link is one annotation: the engine makes another for each element inside it (ISO 14289-1, 7.18.5).
        page.links = [link for link in page.links if link[3].link]
        _paint_in_place(page._page_box)
    looks = galley.folder / "layout.css"
    places = Places(rendered.pages, looks.relative_to(root).as_posix(), faces, source)
    muttered = told(heard, galley, root)

    def write() -> bytes:
        # PDF/UA-1 for the screen (ISO 14289-1); print is finished from plain PDF 1.6 (ISO 15930-7 asks for it).
        options = {"pdf_variant": "pdf/ua-1"} if galley.edition == "screen" else {"pdf_version": "1.6"}
        with _ear() as heard:
            drawn: bytes = rendered.write_pdf(**options)
        if found := (*fetcher.findings, *told(heard, galley, root)):
            raise LayoutError(*found)
        return drawn

    findings = (*fetcher.findings, *muttered, *wordless(html.etree_element, galley, root), *places.findings)
    return Document(galley.edition, len(rendered.pages), places.placed, findings, write)


@once
def _engine(configuration: Path) -> Any:
    """WeasyPrint, loaded with our fonts only (fontconfig reads its environment when it starts)."""
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    import weasyprint
    from weasyprint.layout import inline
    from weasyprint.pdf import fonts, tags
    from weasyprint.pdf.stream import Stream

    inline.justify_line = _justify_line
    fonts.Font.__init__ = named_by_face(fonts.Font.__init__)
    fonts.Font.subset = subset
    Stream.marked = _marked(Stream.marked)
    tags._build_box_tree = _box_tree(tags._build_box_tree)
    return weasyprint


def _is_hidden(box: Any) -> bool:
    return box.element is not None and box.element.get("aria-hidden") == "true"


def _hide_descendants(root: Any) -> None:
    """``aria-hidden`` hides everything below an element (WAI-ARIA 1.2, 6.6)."""
    for hidden in root.iterfind(".//*[@aria-hidden='true']"):
        for element in hidden.iter():
            element.set("aria-hidden", "true")


def _paint_in_place(page_box: Any) -> None:
    """Words that only bear a reading or a dot (``position: relative``, not moved) are painted where they stand.

    The engine paints what is positioned after the whole paragraph (CSS 2.1, appendix E), and so it would be copied.
    """
    from weasyprint.formatting_structure import boxes

    for box in page_box.descendants(placeholders=True):
        moved = any(box.style[side] != "auto" for side in ("top", "right", "bottom", "left", "z_index"))
        if isinstance(box, boxes.InlineBox) and box.style["position"] == "relative" and not moved:
            box.style["position"] = "static"


def _marked(marked: Any) -> Any:
    """Seam: what is ``aria-hidden`` is drawn as an artifact (ISO 32000-1, 14.8.2.2): art, page furniture."""

    def marked_or_artifact(stream: Any, box: Any, tag: str) -> Any:
        return stream.artifact() if _is_hidden(box) else marked(stream, box, tag)

    return marked_or_artifact


def _box_tree(build: Any) -> Any:
    """Seam: ... and has no place in the structure tree."""

    def build_unless_hidden(box: Any, *arguments: Any) -> Iterator[Any]:
        if not _is_hidden(getattr(box, "_box", box)):
            yield from build(box, *arguments)

    return build_unless_hidden


def _justify_line(_context: Any, line: Any, extra_width: float) -> None:
    """Seam: widen a finished line by ``extra_width`` CSS pixels, evenly between its characters."""
    boxes = list(_text_boxes(line))
    text = "".join(box.text for box in boxes)
    places = gaps(text)
    if not places:
        return
    # Whole thousandths of an em, because that is what the engine writes into the PDF (ISO 32000-1, 9.4.3).
    unit = boxes[0].style["font_size"] / 1000
    extra = dict(zip(places, shares(round(extra_width / unit), len(places)), strict=True))
    start = 0
    for box in boxes:
        widths = [extra.get(place, 0) * unit for place in range(start, start + len(box.text))]
        start += len(box.text)
        box.pango_layout = _widened(box.pango_layout, widths)
        box.width += sum(widths)
    _shift(line, {id(box): sum(box.pango_layout.widths) for box in boxes}, 0.0)


def _text_boxes(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _text_boxes(child)


def _shift(box: Any, grown: dict[int, float], advance: float) -> float:
    """Move everything after a widened box to the right; what has grown so far is handed on."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        return advance + grown.get(id(box), 0.0)
    if not isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        box.translate(advance, 0)
        return advance
    box.position_x += advance
    end = advance
    for child in box.children:
        if child.is_in_normal_flow():
            end = _shift(child, grown, end)
        else:
            child.translate(end, 0)
    box.width += end - advance
    return end


def _widened(layout: Any, widths: Sequence[float]) -> Any:
    """A Pango layout of the same text whose characters advance by so many CSS pixels more when it is drawn."""
    from weasyprint.text.ffi import TO_UNITS, ffi
    from weasyprint.text.line_break import Layout

    class Widened(Layout):  # type: ignore[misc]
        def get_first_line(self) -> Any:
            line, index = super().get_first_line()
            text = self.text.encode()
            run = line.runs[0]
            while run != ffi.NULL:
                item, run = run.data, run.next
                glyphs, clusters = item.glyphs, item.glyphs.log_clusters
                for number in range(glyphs.num_glyphs):
                    last = number + 1 == glyphs.num_glyphs
                    end = item.item.length if last else clusters[number + 1]
                    start = item.item.offset + clusters[number]
                    ending = item.item.offset + end
                    covered = range(len(text[:start].decode()), len(text[:ending].decode()))
                    width = sum(self.widths[place] for place in covered)
                    # The engine cuts thousandths off towards zero: a hair more keeps each whole.
                    glyphs.glyphs[number].geometry.width += round(width * TO_UNITS * 1.00001)
            return line, index

    widened = Widened.__new__(Widened)
    widened.__dict__.update(layout.__dict__)
    widened.widths = list(widths)
    return widened


def _turned_faces(document: Any, html: str, faces: Sequence[Face], cache: Path) -> list[tuple[Face, Path]]:
    """The turned faces a galley asks for, made for the characters of its vertical lines (class ``vertical``)."""
    families = set(_TURNED.findall(html))
    characters = {
        character
        for element in document.iter()
        if "vertical" in (element.get("class") or "").split()
        for character in "".join(element.itertext())
        if not character.isspace()
    }
    return [(face, turned_face(face, characters, cache)) for face in faces if face.family in families and characters]


def _fetcher(galley: Galley, cache: Path) -> Any:
    """Reads files of the layout, the shared layouts and the issue, and turned faces; never the network."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from koho_pdf.composition.mutters import refused

    reach = [folder.resolve() for folder in (*galley.reach, cache / "turned")]

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols={"file"})
            self.findings: list[Finding] = []

        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            path = Path(unquote(parts.path)).resolve()
            if parts.scheme != "file" or not any(path.is_relative_to(folder) for folder in reach):
                self.findings.append(refused(url, galley))
                raise ValueError(url)
            if path.suffix.lower() in (".jpg", ".jpeg", ".png", ".tif", ".tiff"):
                made = separated if galley.edition == "print" else shown
                # No "file:" address: from such a one the engine would embed the file itself, not what we made of it.
                return URLFetcherResponse(f"made:{path.name}", body=made(path, galley.profile))
            return super().fetch(url, headers)

    return Fetcher()


@contextmanager
def _ear() -> Iterator[list[str]]:
    """Everything the engine says while the block runs, and nothing of it on the terminal."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    kept = logger.handlers, logger.level, logger.propagate
    logger.handlers, logger.propagate = [Ear(logging.WARNING)], False
    try:
        yield heard
    finally:
        logger.handlers, logger.propagate = kept[0], kept[2]
        logger.setLevel(kept[1])
