"""The facts of a PDF as plain frozen records: read once (``reading.py``), judged by rules that open no file.

Boxes on a page are mm from the trim's top left, y downwards; type sizes and line widths are pt as they come out on
paper (parameter x text matrix x CTM); tints and alpha go from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from koho_pdf.findings import Where
from koho_pdf.geometry import Rect

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
ALL = "All"


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour: the family of its space (ISO 32000-1, 8.6.3) and the tint on each plate that it names. ``plates`` is
    empty for RGB, Lab, ICC and patterns, which name no plate. Gray counts as black.
    """

    space: str
    plates: tuple[tuple[str, float], ...] = ()

    @property
    def is_white(self) -> bool:
        """No ink on any plate: paper."""
        return bool(self.plates) and all(tint <= 0 for _, tint in self.plates)

    @property
    def is_black(self) -> bool:
        """Full black (K100) and nothing else."""
        return {name: tint for name, tint in self.plates if tint > 0} == {"Black": 1.0}

    @property
    def total(self) -> float:
        """The sum of the tints; the registration colour counts as four inks."""
        return sum(4 * tint if name == ALL else tint for name, tint in self.plates)

    @property
    def count(self) -> int:
        """The number of plates with ink; the registration colour counts as four."""
        return sum(4 if name == ALL else 1 for name, tint in self.plates if tint > 0)

    def tint(self, plate: str) -> float:
        """The tint on a plate; the registration colour is on every plate."""
        return next((tint for name, tint in self.plates if name in (plate, ALL)), 0.0)


@dataclass(frozen=True, slots=True)
class Paint:
    """How a mark is painted: fill and stroke (None if not), whether each overprints, ``opm`` (8.6.7), ``alpha``."""

    fill: Colour | None
    stroke: Colour | None
    overprint_fill: bool = False
    overprint_stroke: bool = False
    opm: int = 0
    alpha: float = 1.0

    @property
    def colours(self) -> tuple[Colour, ...]:
        """The colours of fill and stroke, as far as it has them."""
        return tuple(colour for colour in (self.fill, self.stroke) if colour)

    @property
    def sides(self) -> tuple[tuple[Colour, bool], ...]:
        """Each colour with whether it overprints."""
        both = ((self.fill, self.overprint_fill), (self.stroke, self.overprint_stroke))
        return tuple((colour, overprints) for colour, overprints in both if colour)


@dataclass(frozen=True, slots=True)
class Text:
    """One run of glyphs: ``font`` by its BaseFont name, ``size`` in pt, how many glyphs, how many are .notdef;
    ``outline`` is the stroke's width in pt (0: not stroked), ``codes`` a checksum of the shown codes."""

    box: Rect
    paint: Paint
    font: str
    size: float
    glyphs: int
    notdef: int
    outline: float
    codes: int


@dataclass(frozen=True, slots=True)
class Path:
    """A filled or stroked path; ``width`` is the stroke's, in pt (0: not stroked, or the thinnest the device has)."""

    box: Rect
    paint: Paint
    width: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster image as placed: pixels, the lower of its two resolutions, the components its JPEG really has (0: none).

    ``space`` is the family of the colour space (for Indexed that of its base), ``Mask`` for a stencil; ``quality`` is
    the JPEG's quality on the scale of the Independent JPEG Group, from 1 to 100 (0: not a JPEG), ``before`` that of an
    earlier coding; ``fineness`` compares its finest detail with that at half its size (0: unknown).
    """

    box: Rect
    paint: Paint
    pixels: tuple[int, int]
    ppi: float
    bits: int
    space: str
    wanted: int
    components: int
    quality: int
    fineness: float
    before: int


@dataclass(frozen=True, slots=True)
class Shading:
    """A gradient as painted: the number of components of its colour space, the number of results of its functions, and
    the most ink on each plate (empty if unknown).
    """

    box: Rect
    paint: Paint
    space: str
    wanted: int
    given: int
    plates: tuple[tuple[str, float], ...] = ()


Mark = Text | Path | Picture | Shading


def overlap(one: Rect, other: Rect, by: float = 0.05) -> bool:
    """Whether two boxes share more than ``by`` mm in both directions; for a line without width, whether
    it lies inside.
    """
    return (
        one.x < other.right - min(by, one.width / 2)
        and other.x < one.right - min(by, one.width / 2)
        and one.y < other.bottom - min(by, one.height / 2)
        and other.y < one.bottom - min(by, one.height / 2)
    )


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation: its subtype and box."""

    kind: str
    box: Rect


@dataclass(frozen=True, slots=True)
class Boxes:
    """A page's boxes in pt of paper: left, bottom, right, top; None if the page has none."""

    media: tuple[float, float, float, float]
    crop: tuple[float, float, float, float] | None
    bleed: tuple[float, float, float, float] | None
    trim: tuple[float, float, float, float] | None
    art: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class Group:
    """A transparency group: the family of its colour space (empty: none), whether it is a luminosity mask's."""

    space: str
    luminosity: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its boxes, the marks painted on it in order, and other things it uses. ``trim`` is (width, height) in
    mm. ``transparency`` names what needs the transparent imaging model (11), ``forbidden`` what no print file may have
    (``transfer-function``, ``postscript``, ``external``), ``faults`` are mistakes in its content streams, ``filters``
    how its streams are compressed.
    """

    number: int
    boxes: Boxes
    trim: tuple[float, float]
    rotate: int
    user_unit: float
    marks: tuple[Mark, ...]
    groups: tuple[Group, ...]
    transparency: tuple[str, ...]
    forbidden: tuple[str, ...]
    faults: tuple[str, ...]
    fonts: tuple[Font, ...]
    spots: tuple[Spot, ...]
    filters: tuple[str, ...]
    annotations: tuple[Annotation, ...]
    printed: tuple[Mark, ...] = field(init=False, repr=False, compare=False)
    """The marks that are at least partly on the trimmed page; without トンボ and the slug."""

    def __post_init__(self) -> None:
        sheet = self.sheet
        object.__setattr__(self, "printed", tuple(mark for mark in self.marks if overlap(mark.box, sheet)))

    @property
    def sheet(self) -> Rect:
        """The trimmed page itself."""
        return Rect(0, 0, *self.trim)

    def where(self, box: Rect | None = None) -> Where:
        """A place on this page."""
        return Where(page=self.number, box=box.rounded() if box else None)


@dataclass(frozen=True, slots=True)
class Spot:
    """A used spot ink: its name, the family of its alternate space, and its full tint in that space."""

    name: str
    alternate: str
    look: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Font:
    """A used font: BaseFont, Subtype (for a composite font that of its descendant), and the kind of its font program
    (empty: none).
    """

    name: str
    kind: str
    program: str


@dataclass(frozen=True, slots=True)
class Intent:
    """An output intent (14.11.5): its standard, its condition, and the embedded profile's class and
    colours (or empty).
    """

    kind: str
    identifier: str
    registry: str
    profile_class: str
    profile_space: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A whole PDF. ``details`` is the Info dictionary, ``metadata`` XMP properties by prefix and name
    (``pdfxid:GTS_PDFXVersion``); ``identifiers`` are the two of the trailer; ``extras`` are things that a print file
    should not carry (``JavaScript``, ``form``, ``attachment``, ``layers``)."""

    version: str
    encrypted: bool
    damage: tuple[str, ...]
    details: Mapping[str, str]
    metadata: Mapping[str, str]
    identifiers: tuple[bytes, ...]
    intents: tuple[Intent, ...]
    extras: tuple[str, ...]
    pages: tuple[Page, ...]
