"""A galley becomes pages: fonts in, findings out, and the PDF when it is asked for."""

from __future__ import annotations

import ctypes.util
import gc
import locale
import logging
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from functools import cache as once
from functools import partial, wraps
from pathlib import Path
from threading import RLock
from typing import Any, ParamSpec, TypeVar

from koho_pdf.composition.document import Document
from koho_pdf.composition.engine import artifacts, elements, numbered, painted, seams, vertical
from koho_pdf.composition.engine.alone import Alone
from koho_pdf.composition.engine.fetching import fetcher
from koho_pdf.composition.engine.importing import lightly, reading_quickly
from koho_pdf.composition.engine.inked_pages import calculated
from koho_pdf.composition.engine.kept_art import taken_out
from koho_pdf.composition.engine.measured import last_text, measured
from koho_pdf.composition.engine.pictured import standing
from koho_pdf.composition.engine.recoloured import drawn_in, exchanged, metadata_of, without_bleed
from koho_pdf.composition.engine.seen_faces import strangers
from koho_pdf.composition.engine.shown_pictures import for_screen, shown_as
from koho_pdf.composition.engine.subsetting import Fonts
from koho_pdf.composition.engine.svg_words import Small, met, too_small
from koho_pdf.composition.engine.undrawable import undrawable
from koho_pdf.composition.engine.warm import NewFaces, Warm
from koho_pdf.composition.fonts.faces import Face, font_configuration
from koho_pdf.composition.fonts.stand_ins import StandIns
from koho_pdf.composition.mutters import readings_on_two_sides, stopped, told, wordless
from koho_pdf.composition.pictures.kept import kept
from koho_pdf.composition.placing import Places
from koho_pdf.content.values.model import Picture
from koho_pdf.errors import KohoError, LayoutError
from koho_pdf.findings import Finding, Where, errors_in
from koho_pdf.geometry import mm_from_px
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.platform.frames import roomy

P = ParamSpec("P")
R = TypeVar("R")
_ONE_AT_A_TIME = RLock()


def _alone(work: Callable[P, R]) -> Callable[P, R]:
    """One composition at a time in a process, whichever thread asks: fontconfig reads the process's environment, the
    engine writes to one logger, and garbage collection is paused meanwhile.
    """

    @wraps(work)
    def waiting(*args: P.args, **more: P.kwargs) -> R:
        with _ONE_AT_A_TIME:
            return work(*args, **more)

    return waiting


@_alone
@vertical.anew
@roomy
def compose(
    galley: Galley, faces: Sequence[Face], source: Tree, root: Path, cache: Path, warm: Warm | None = None
) -> Document:
    """Set the galley on pages. ``faces`` are the only fonts, ``source`` has the lines of the manuscript's fields,
    ``root`` is the workspace from which findings name files, ``cache`` a folder for files that can be made again.
    ``warm`` is what a session keeps from one composition to the next.
    Problems are in the document's findings; ``write`` raises LayoutError for problems that the engine finds only when
    it draws.
    """
    weasyprint = _engine(configuration := font_configuration(faces, cache))
    from weasyprint.text.fonts import FontConfiguration

    def of_faces() -> Any:
        fonts = FontConfiguration()
        if wrong := strangers(fonts, faces, root):
            raise LayoutError(*wrong)
        return fonts

    reader = fetcher(galley, root, cache)
    fonts, stand_ins = warm.fonts(configuration, faces, of_faces) if warm else (of_faces(), StandIns(faces))
    html_file, css_file = ((galley.folder / f"layout.{end}").relative_to(root).as_posix() for end in ("html", "css"))
    template, looks = Where(html_file), Where(css_file)
    contract = (galley.folder / "layout.yaml").relative_to(root).as_posix()
    fonts.koho_stand_ins, fonts.koho_warm, fonts.koho_shapes = stand_ins, warm, {}
    fonts.koho_alone = alone = Alone()
    fonts.koho_vertical = turner = vertical.Vertical(faces, stand_ins, cache, reader, template, warm)
    fonts.koho_texts = texts = painted.Texts(template, looks)
    pictures: dict[str, Any] = warm.pictures if warm else {}
    with _ear() as heard, _Uncollected():
        text = taken_out(galley.html, warm) if warm else galley.html
        if warm:
            warm.found.begin(text)
        html = weasyprint.HTML(string=text, base_url=galley.folder.as_uri() + "/", url_fetcher=reader)
        numbered.count(html.etree_element)
        artifacts.hide_descendants(html.etree_element)
        elements.name_headings(html.etree_element)
        try:
            rendered = html.render(font_config=fonts, cache=pictures)
        except (KohoError, OSError, MemoryError, NewFaces):
            raise
        except Exception as fault:  # CSS that makes the engine fail: a designer gets a finding, not a traceback
            raise LayoutError(stopped(fault, template)) from fault
        artifacts.hide_margins(rendered.pages)
    for number, page in enumerate(rendered.pages, 1):
        page.koho_inks = galley.page_inks.get(number)
    _linked_once(rendered.pages)
    outs = galley.keep_outs
    owners = (source, galley.city_lines, galley.chosen)
    places = Places(rendered.pages, (html_file, css_file), faces, stand_ins, *owners, last_text, outs)
    shown = dict[str, list[Picture]]()
    for picture in galley.pictures:
        shown.setdefault((galley.reach[-1] / picture.file).resolve().as_uri(), []).append(picture)
    cut = kept(standing(rendered.pages), shown, galley.keep_outs, source, looks) if shown else ()
    unseen = texts.look(rendered.pages)
    muttered = told([said for said in heard if not any(url in said for url in reader.told)], galley, root)

    small: Small = {}

    @_alone
    @roomy
    def drawn(
        edition: str, pages: Any, colours: Any, metadata: Any, *, to_look: bool = False, whatever: bool = False
    ) -> bytes:
        fresh = rendered.copy(pages)  # its fonts are counted anew
        fresh._html, fresh.metadata, fresh.color_profiles = html, metadata, dict(rendered.color_profiles)
        # Tagged PDF/A-2a for screens and papers (ISO 19005-2); print is finished from plain PDF 1.6, which ISO 15930-7
        # asks for, and whose transparency groups blend inks.
        inks = {"pdf_version": "1.6", "output_intent": "device-cmyk"}
        options: dict[str, Any] = {"pdf_variant": "pdf/a-2a"} if edition != "print" else inks
        if to_look:  # a picture shows no links, some of which lead to pages that are composed elsewhere
            fresh.pages = [copy(page) for page in pages]
            for page in fresh.pages:
                page.links = []
            fresh.koho_unread = True
            fresh.fonts = Fonts(warm.subsets) if warm else {}
            options["uncompressed_pdf"] = True
        try:
            with _ear() as heard, _Uncollected(), drawn_in(colours[0]), shown_as(colours[1]), met(small):
                made: bytes = fresh.write_pdf(**options)
        except KeyError as fault:  # the engine cannot tag a text that it has not drawn
            if undrawn := texts.undrawn():
                raise LayoutError(*undrawn) from fault
            raise
        found = errors_in((*reader.findings, *told(heard, galley, root), *texts.undrawn()))
        if found and not whatever:
            raise LayoutError(*found)
        return made

    @_alone
    def again(other: Galley) -> Document | None:
        palette = exchanged(galley, other)
        if palette is None or rendered.color_profiles or (warm and pictures) or other.made != galley.made:
            return None
        pages = _linked_once(without_bleed(rendered.pages))
        head = weasyprint.HTML(string=other.html.partition("<style")[0])
        shown = for_screen(pictures, reader, fetcher(other, root, cache))
        draw = partial(drawn, other.edition, pages, (palette, shown), metadata_of(rendered.metadata, head))
        return replace(
            made,
            edition=other.edition,
            write=draw,
            draw=partial(draw, whatever=True),
            again=lambda galley: None,
            drawn=tuple,
        )

    findings = (
        *reader.findings,
        *muttered,
        *wordless(html.etree_element, galley, root),
        *readings_on_two_sides(html.etree_element, galley, root),
        *turner.findings,
        *places.findings,
        *cut,
        *unseen,
        *undrawable(rendered, looks),
    )
    sizes = tuple((round(mm_from_px(page.width), 2), round(mm_from_px(page.height), 2)) for page in rendered.pages)
    write = partial(drawn, galley.edition, rendered.pages, ({}, {}), rendered.metadata)
    draw = partial(write, whatever=True)
    whole = len(rendered.pages), sizes, places.placed, findings, write, measured(rendered.pages), places.over
    if warm:
        warm.done(configuration, faces, fonts)
    preview = partial(drawn, galley.edition, rendered.pages, ({}, {}), rendered.metadata, to_look=True)

    def late() -> tuple[Finding, ...]:
        return *calculated(dict(galley.page_inks), Where(contract)), *too_small(small, template)

    made = Document(galley.edition, *whole, again, late, preview, frozenset(reader.files), alone.holds, draw)
    return made


def _linked_once(pages: list[Any]) -> list[Any]:
    """One link is one annotation: the engine makes another for each element inside it (ISO 14289-1, 7.18.5)."""
    for page in pages:
        page.links = [link for link in page.links if link[3].link and not artifacts.is_hidden(link[3])]
    return pages


def _engine(configuration: Path) -> Any:
    """WeasyPrint with our fonts only: fontconfig reads its environment for each document's configuration."""
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    # Fontconfig gives names of faces in the user's language, and Pango guesses the language of texts from it; both
    # would get into the PDF.
    os.environ["FC_LANG"] = os.environ["PANGO_LANGUAGE"] = "en"
    return _with_seams()


@once
def _with_seams() -> Any:
    """WeasyPrint with our functions in its seams; they are put in once in a process, for all fonts."""
    _language_of_no_place()
    with lightly(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # missing fonts are told by ``seen_faces``
        import weasyprint

    from PIL import ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # importing the engine sets it to True for the whole process
    reading_quickly()
    seams.install()
    return weasyprint


def _language_of_no_place() -> None:
    """Pango takes the language of texts without one from the locale, once in a process; make it read
    the locale ``C``.
    """
    kept = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C")
        ctypes.CDLL("libpango-1.0.so.0").pango_language_get_default()
    except OSError:
        pass  # another system has another name for it
    finally:
        locale.setlocale(locale.LC_CTYPE, kept)


class _Uncollected:
    """No garbage collection while pages are made, because all boxes are still in use: it took a quarter of the time of
    a long issue. New objects are then counted as old ones without a look; if there are many, unused ones are freed
    before the next pages.
    """

    MUCH = 300_000  # objects: as many as three or four leaflets make
    _kept = 0

    def __enter__(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()
        if self._was_on and _Uncollected._kept > max(self.MUCH, gc.get_threshold()[0]):
            _Uncollected._kept = 0
            gc.collect()

    def __exit__(self, *fault: object) -> None:
        if self._was_on:
            _Uncollected._kept += gc.get_count()[0]
            gc.freeze()
            gc.unfreeze()
            gc.enable()


@contextmanager
def _ear() -> Iterator[list[str]]:
    """Collects everything that the engine logs while the block runs, and keeps it off the terminal."""
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


def pango_version() -> str:
    """The version of the system's Pango, which shapes texts and finds faces."""
    from weasyprint.text.ffi import pango

    number = int(pango.pango_version())  # 15012 is 1.50.12 (pango-utils.h)
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
