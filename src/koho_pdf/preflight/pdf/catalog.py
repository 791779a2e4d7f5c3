"""A PDF's structure (ISO 32000-1, 7 and 14): page tree, boxes, metadata, output intents, things beside the pages."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

import pikepdf

from koho_pdf.geometry import PT_PER_MM, Rect
from koho_pdf.legible import of_text
from koho_pdf.preflight.pdf.actions import acts, is_script, outline_acts
from koho_pdf.preflight.pdf.facts import Annotation, Boxes, Intent, Page
from koho_pdf.preflight.pdf.limits import PAGES, Fuel, TooHeavy
from koho_pdf.preflight.pdf.matrices import Edges, edges, number
from koho_pdf.preflight.pdf.pdf_names import name_of, text_of
from koho_pdf.preflight.pdf.walk import Walk

_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_LETTER: Edges = (0.0, 0.0, 612.0, 792.0)
_LONGEST_XMP = 2 * 1024 * 1024
_DEEPEST = 64
_LARGEST_UNIT = 75_000.0  # values that no viewer accepts are ignored
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
}
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the page tree, with its inherited entries (7.7.3.4)."""

    page: pikepdf.Object
    inherited: dict[str, pikepdf.Object]

    def get(self, key: str) -> pikepdf.Object | None:
        """The page's own entry, or the inherited one."""
        return self.page.get(key, self.inherited.get(key))


def leaves(pdf: pikepdf.Pdf) -> list[Leaf]:
    """The pages in order; loops and great depth of the tree do no harm. Raises TooHeavy when there are more than
    ``PAGES``.
    """
    found: list[Leaf] = []
    root = pdf.Root.get("/Pages")
    waiting: list[tuple[pikepdf.Object | None, dict[str, pikepdf.Object], tuple[tuple[int, int], ...]]] = [
        (root, {}, ())
    ]
    steps = 0
    while waiting:
        node, inherited, above = waiting.pop()
        steps += 1
        if len(found) > PAGES or steps > 4 * PAGES:
            raise TooHeavy("pages")
        if not isinstance(node, pikepdf.Dictionary) or node.objgen in above or len(above) > _DEEPEST:
            continue
        kids = node.get("/Kids")
        if not isinstance(kids, pikepdf.Array):
            found.append(Leaf(node, inherited))
            continue
        own = inherited | {key: node[key] for key in _INHERITED if key in node}
        if len(kids) > PAGES:
            raise TooHeavy("pages")
        waiting += [(kid, own, (*above, node.objgen)) for kid in reversed(list(kids))]
    return found


def page_facts(leaf: Leaf, place: int, fuel: Fuel) -> Page:
    """The facts of one page, in pt of paper: its own unit (/UserUnit, 14.11.2) is applied; ``place`` counts from 1."""
    page = leaf.page
    said = number(page.get("/UserUnit", 1))
    unit = said if 0 < said <= _LARGEST_UNIT else 1.0
    media = _sized(leaf.get("/MediaBox"), unit) or _LETTER
    crop = _sized(leaf.get("/CropBox"), unit)
    bleed, trim, art = (_sized(page.get(key), unit) for key in ("/BleedBox", "/TrimBox", "/ArtBox"))
    resources = leaf.get("/Resources")
    drawn = Walk(
        page, resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary(), media, fuel, unit
    ).found
    sheet = trim or art or crop or media
    width, height = ((sheet[end] - sheet[start]) / PT_PER_MM for start, end in ((0, 2), (1, 3)))
    annotated = _annotations_of(page)
    if "/AA" in page or any(acts(each) for each in annotated):
        drawn.forbidden.add("action")
    return Page(
        place,
        Boxes(media, crop, bleed, trim, art),
        (round(width, 3), round(height, 3)),
        int(number(leaf.get("/Rotate") or 0)) % 360,
        said,
        tuple(kind(_placed(box, sheet), *rest) for box, kind, rest in drawn.marks),
        tuple(sorted(drawn.groups, key=lambda group: (group.space, group.luminosity))),
        tuple(sorted(drawn.transparency)),
        tuple(sorted(drawn.forbidden)),
        tuple(sorted(drawn.faults)),
        tuple(sorted(drawn.fonts, key=lambda font: (font.name, font.kind, font.program))),
        tuple(sorted(drawn.spots, key=lambda spot: (spot.name, spot.look))),
        tuple(sorted(drawn.filters)),
        tuple(
            Annotation(name_of(each.get("/Subtype")) or "?", _placed(_sized(each.get("/Rect"), unit) or sheet, sheet))
            for each in annotated
        ),
    )


def _sized(given: object, unit: float) -> Edges | None:
    """A rectangle of the page's space in pt of paper."""
    found = edges(given)
    return None if found is None else (found[0] * unit, found[1] * unit, found[2] * unit, found[3] * unit)


def _placed(box: Edges, sheet: Edges) -> Rect:
    """A box of the page's space in mm from the trim's top left."""
    left, bottom, right, top = box
    mm = (left - sheet[0], sheet[3] - top, right - left, top - bottom)
    return Rect(*(round(number(each / PT_PER_MM), 3) for each in mm))


def _annotations_of(page: pikepdf.Object) -> list[pikepdf.Object]:
    given = page.get("/Annots")
    members = list(given)[:2_000] if isinstance(given, pikepdf.Array) else []
    return [each for each in members if isinstance(each, pikepdf.Dictionary)]


def details(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The Info dictionary (14.3.3) as text; names without their slash."""
    given = pdf.trailer.get("/Info")
    if not isinstance(given, pikepdf.Dictionary):
        return {}
    return {of_text(key[1:]): text_of(value) for key, value in given.items()}


def metadata(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The XMP properties of the namespaces in ``PREFIXES``, by prefix and name; of an array the first member. Only the
    first rdf:RDF counts, as in readers. Empty when there is none, it is not XML, or it has a DTD.
    """
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        return {}
    packet = stream.read_bytes()
    if len(packet) > _LONGEST_XMP or b"<!" in packet.replace(b"<!--", b""):
        return {}
    try:
        root = ElementTree.fromstring(packet.strip())  # noqa: S314 (a DTD, the only danger here, is refused above)
    except ElementTree.ParseError:
        return {}
    rdf = root if root.tag == f"{_RDF}RDF" else root.find(f".//{_RDF}RDF")
    found: dict[str, str] = {}
    for description in rdf.findall(f"{_RDF}Description") if rdf is not None else []:
        for tag, value in description.attrib.items():
            found.update(_property(tag, value))
        for child in description:
            found.update(_property(child.tag, "".join(child.itertext()).strip()))
    return found


def _property(tag: str, value: str) -> dict[str, str]:
    space, _, name = tag.lstrip("{").partition("}")
    return {f"{PREFIXES[space]}:{name}": value} if space in PREFIXES else {}


def intents(pdf: pikepdf.Pdf) -> tuple[Intent, ...]:
    """The output intents of the catalogue."""
    given = pdf.Root.get("/OutputIntents")
    members = (
        [each for each in list(given)[:20] if isinstance(each, pikepdf.Dictionary)]
        if isinstance(given, pikepdf.Array)
        else []
    )
    return tuple(_intent(each) for each in members)


def _intent(given: pikepdf.Object) -> Intent:
    profile = given.get("/DestOutputProfile")
    header = profile.read_bytes()[:40] if isinstance(profile, pikepdf.Stream) else b""
    words = [
        text_of(given[key]) if key in given else "" for key in ("/S", "/OutputConditionIdentifier", "/RegistryName")
    ]
    if header[36:40] != b"acsp":
        return Intent(words[0], words[1], words[2], "?" if header else "", "")
    return Intent(
        words[0], words[1], words[2], header[12:16].decode("latin-1").strip(), header[16:20].decode("latin-1").strip()
    )


def extras(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Entries of the catalogue that paper cannot show: scripts, forms, attachments, layers."""
    root = pdf.Root
    names = root.get("/Names")
    names = names if isinstance(names, pikepdf.Dictionary) else pikepdf.Dictionary()
    found = {
        "javascript": "/JavaScript" in names,
        "action": "/AA" in root or is_script(root.get("/OpenAction")) or outline_acts(root),
        "attachment": "/EmbeddedFiles" in names or "/AF" in root,
        "form": "/AcroForm" in root,
        "layers": "/OCProperties" in root,
    }
    return tuple(name for name, there in found.items() if there)


def identifiers(pdf: pikepdf.Pdf) -> tuple[bytes, ...]:
    """The two file identifiers of the trailer (14.4)."""
    given = pdf.trailer.get("/ID")
    return (
        tuple(bytes(each) for each in given if isinstance(each, pikepdf.String))
        if isinstance(given, pikepdf.Array)
        else ()
    )
