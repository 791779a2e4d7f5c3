"""How marks and slug are drawn on a sheet: one form a sheet, wholly outside the bleed.

Marks and the words of the slug belong to every plate: they are in registration colour, ``/Separation /All`` at full
tint (ISO 32000-1, 8.6.6.4). If fewer than four inks are printed they are in those inks, because All would make plates
with nothing but marks, which a shop charges for. The steps of the wedge and the names of the inks are each in their own
ink, so that a plate says which one it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name

from koho_pdf.finishing.marks import WEIGHT, Patch, Point, Stroke, Target
from koho_pdf.finishing.separation import separation, with_black
from koho_pdf.finishing.slug import SetWord
from koho_pdf.geometry import pt
from koho_pdf.press.profile import PROCESS, Inks, Spot

_CIRCLE = 0.5523  # the length of a Bézier handle for a quarter of a circle of radius 1
_QUARTERS = (((1, 0), (0, 1)), ((0, 1), (-1, 0)), ((-1, 0), (0, -1)), ((0, -1), (1, 0)))


@dataclass(frozen=True, slots=True)
class MarkInks:
    """The inks of the job, and its ``plates`` (colorant names) that this side of a sheet prints on."""

    job: Inks
    plates: Sequence[str]

    @property
    def spot(self) -> Spot | None:
        """The spot ink, if it has a plate of its own and this side prints on it."""
        spot = self.job.spot
        return spot if spot and spot.separation and spot.name in self.plates else None

    @property
    def all(self) -> bool:
        """Whether the side prints on all possible plates; then registration colour can be used."""
        return tuple(self.plates) == PROCESS


def form_of_marks(
    pdf: pikepdf.Pdf,
    box: pikepdf.Object,
    margin: float,
    height: float,
    drawn: Sequence[Stroke | Target | Patch],
    words: Sequence[SetWord],
    font: tuple[pikepdf.Object, Callable[[str], bytes]] | None,
    inks: MarkInks,
) -> pikepdf.Object:
    """A form as large as ``box`` with marks, wedge and slug, for a trim ``height`` mm high that is ``margin`` mm inside
    the box; ``font`` is the slug's font with its text coding.
    """

    def at(point: Point) -> str:
        return f"{pt(margin + point[0]):.4f} {pt(margin + height - point[1]):.4f}"

    operators = [f"{pt(WEIGHT):.4f} w {_stroked(_every(inks))}"]
    for each in drawn:
        if isinstance(each, Patch):
            corner, size = at((each.box.x, each.box.bottom)), f"{pt(each.box.width):.4f} {pt(each.box.height):.4f}"
            operators.append(f"{_ink(each.plate, each.tint, inks)} {corner} {size} re f")
        else:
            operators += _line(each, at) if isinstance(each, Stroke) else _target(each, at)
    resources = Dictionary(ColorSpace=_spaces(pdf, inks))
    if font:
        resources.Font = Dictionary(Slug=font[0])
        operators += [
            f"BT {_ink(each.word.ink, 1, inks)} /Slug {pt(each.size):.4f} Tf {at((each.x, each.y))} Td"
            f" <{font[1](each.word.text).hex()}> Tj ET"
            for each in words
        ]
    form = pdf.make_stream("\n".join(operators).encode(), Type=Name.XObject, Subtype=Name.Form, BBox=box)
    form.Resources = resources
    return form


def _line(stroke: Stroke, at: Callable[[Point], str]) -> Iterator[str]:
    first, *others = map(at, stroke.points)
    path = " ".join([f"{first} m", *(f"{point} l" for point in others), "S"])
    yield f"[{pt(1.5):.4f} {pt(0.75):.4f}] 0 d {path} [] 0 d" if stroke.dashed else path


def _target(target: Target, at: Callable[[Point], str]) -> Iterator[str]:
    x, y, radius = target.x, target.y, target.radius
    yield from _line(Stroke(((x - 2 * radius, y), (x + 2 * radius, y))), at)
    yield from _line(Stroke(((x, y - 2 * radius), (x, y + 2 * radius))), at)
    path = [f"{at((x + radius, y))} m"]
    for (a, b), (c, d) in _QUARTERS:
        handles = ((a + _CIRCLE * c, b + _CIRCLE * d), (c + _CIRCLE * a, d + _CIRCLE * b), (c, d))
        path.append(" ".join(at((x + radius * right, y + radius * down)) for right, down in handles) + " c")
    yield " ".join([*path, "s"])


def _every(inks: MarkInks) -> str:
    """The operators that fill with every ink of the side."""
    if inks.all:
        return "/All cs 1 scn"
    if inks.spot:
        return "/All cs 1 1 scn"
    return " ".join(str(int(each in inks.plates)) for each in PROCESS) + " k"


def _stroked(operators: str) -> str:
    """The same for lines (ISO 32000-1, table 74)."""
    return operators.replace(" cs ", " CS ").replace(" scn", " SCN").replace(" k", " K")


def _ink(plate: str, tint: float, inks: MarkInks) -> str:
    """The operators that fill with a plate's ink: a process ink, ``All`` or the job's spot ink."""
    if plate == "All":
        return _every(inks)
    if plate in PROCESS:
        return " ".join(f"{tint if each == plate else 0:g}" for each in PROCESS) + " k"
    return f"/Spot cs {tint:g} scn"


def _spaces(pdf: pikepdf.Pdf, inks: MarkInks) -> Dictionary:
    """Registration colour, and the job's spot ink if the side prints on a plate of it."""
    spaces = Dictionary(All=separation("All", (100, 100, 100, 100))) if inks.all else Dictionary()
    if inks.spot:
        spaces.All = with_black(pdf, inks.spot)
        spaces.Spot = separation(inks.spot.name, inks.spot.colour.inks)
    return spaces
