"""Checks on the composed pages that no crop, trim, fold or hole cuts what a picture must keep (``keep``), and that its
focus (``focus``) is seen: arithmetic in mm on the places of pictures.

A box is whole if its four corners are, because everything that cuts is convex.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import TYPE_CHECKING, NamedTuple

from koho_pdf.composition.clearances import SAFE_MM, safe_area
from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.geometry import Rect
from koho_pdf.layout.keep_outs import KeepOut, covered
from koho_pdf.manuscript.scalar import Tree

if TYPE_CHECKING:
    from koho_pdf.content.values.model import Picture
    from koho_pdf.content.values.shares import Keep

_HAIR = 0.1  # mm: rounding error that nobody sees

Box = tuple[float, float, float, float]  # x, y, width, height in mm
Matrix = tuple[float, ...]  # six numbers, as CSS has them
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A box that cuts off what is outside: with the radii of its corners (from the top left, clockwise), in its own
    coordinates, and the matrix from these to the page.
    """

    box: Box
    matrix: Matrix
    radii: tuple[Point, ...] = ((0, 0),) * 4


@dataclass(frozen=True, slots=True)
class Standing:
    """A picture on a page of ``size``: its address, its field (empty if unknown), its whole area before anything cuts
    it, how that is turned, and the frames that cut it.
    """

    source: str
    field: str
    page: int
    size: tuple[float, float]
    area: Box
    matrix: Matrix
    frames: tuple[Frame, ...]


class Cut(NamedTuple):
    """The mm cut off at each side, and at a round corner."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0
    corner: float = 0

    @property
    def in_words(self) -> str:
        """The cut for people: sides and mm."""
        named = zip(("左が", "上が", "右が", "下が", "角が"), self, strict=True)
        return "、".join(f"{name}{amount:.1f}mm" for name, amount in named if amount > _HAIR)


def kept(
    stands: Iterable[Standing],
    pictures: Mapping[str, Sequence[Picture]],
    keep_outs: Sequence[KeepOut],
    source: Tree,
    looks: Where,
) -> tuple[Finding, ...]:
    """Findings about pictures that are cut where they must not be. ``pictures`` are those of the issue by their
    address; ``source`` has the lines of their fields, ``looks`` is the layout's stylesheet.
    """
    told: dict[Finding, None] = {}
    for each in stands:
        for picture in _shown(each, pictures.get(each.source, ())):
            told |= dict.fromkeys(_of(each, picture, keep_outs, source, looks))
    return tuple(told)


def _shown(stands: Standing, pictures: Sequence[Picture]) -> Sequence[Picture]:
    """The picture of this field; if the layout does not name the field, all pictures from this file."""
    own = [each for each in pictures if stands.field and _owner(each).startswith(stands.field.removesuffix(".file"))]
    return own or pictures


def _owner(picture: Picture) -> str:
    """The field of the picture, from its places."""
    fields = [*(each.field for each in picture.keep), picture.focus.field if picture.focus else ""]
    return next((each.rsplit(".keep", 1)[0].removesuffix(".focus") for each in fields if each), "")


def _of(
    stands: Standing, picture: Picture, keep_outs: Sequence[KeepOut], source: Tree, looks: Where
) -> Iterator[Finding]:
    named = f"写真「{picture.file}」の切らない範囲"
    own = stands.frames[-1:] if stands.frames and stands.frames[-1].matrix == stands.matrix else ()
    room = own[0].box if own else stands.area
    if too_large := _too_large(picture.keep, stands.area, room):
        yield error(
            "picture-keep-too-large",
            f"{named}（keep）を、枠に納められません。{too_large}",
            _where(picture.keep[0], source, stands.page),
            "keep の範囲を小さくするか、枠の形に近い別の写真にするか、デザイナーに枠を広げてもらってください。",
        )
        return
    for keep in picture.keep:
        where = _where(keep, source, stands.page)
        points = _points((keep.left, keep.top, keep.right, keep.bottom), stands)
        this = f"{named}（{keep.source}）"
        by_crop, by_frame = _cut(points, own), _cut(points, stands.frames)
        page = Frame((0, 0, *stands.size), (1, 0, 0, 1, 0, 0))
        here = [out.at(*stands.size) for out in keep_outs if out.is_on(stands.page)]
        inside = safe_area(Rect(0, 0, *stands.size), here)
        safe = Frame((inside.x, inside.y, inside.width, inside.height), page.matrix)
        by_trim, near = _cut(points, (page,)), _cut(points, (safe,))
        if by_crop.in_words:
            yield error(
                "picture-keep-cut",
                f"{this}を、枠が切っています（{by_crop.in_words}）。写真をずらせば納まります。",
                Where(looks.file, page=stands.page),
                _POSITION,
            )
        elif by_frame.in_words:
            yield error("picture-keep-cut", f"{this}を、枠が切っています（{by_frame.in_words}）。", where, _MOVE)
        elif by_trim.in_words:
            yield error("picture-keep-cut", f"{this}を、仕上りの端が切っています（{by_trim.in_words}）。", where, _MOVE)
        elif near.in_words:
            yield error(
                "picture-keep-near-trim",
                f"{this}が、仕上りの端から{SAFE_MM}ミリ以内にあります（{near.in_words}、入り込んでいます）。",
                where,
                f"断裁で切れるおそれがあります。{_MOVE}",
            )
        for out in () if by_frame.in_words else here:  # the rest will be shown elsewhere
            box = _around(points)
            if out.fold and covered(box, out.place):
                told = f"{this}が、{out.nearness(box)}。{out.margin:g} mm は離します。"
                yield error("picture-keep-near-fold", told, where, _MOVE)
            elif amount := covered(box, out.place):
                yield error("picture-keep-cut", f"{this}に、{out.name}が当たります（{amount}）。", where, _MOVE)
    if picture.focus and not picture.keep:
        (point, *_) = _points((picture.focus.x, picture.focus.y) * 2, stands)
        page = Frame((0, 0, *stands.size), (1, 0, 0, 1, 0, 0))
        if (cut := _cut([point], (*stands.frames, page))).in_words:
            yield warning(
                "picture-focus-hidden",
                f"写真「{picture.file}」の中心（{picture.focus.source}）が、紙面に見えていません（{cut.in_words}外です）。",
                Where(looks.file, page=stands.page),
                _POSITION,
            )


_POSITION = """layout.html の写真に style="object-position: {{ photo.position }}" と書くと、枠の中に残ります。"""
_MOVE = "keep の範囲か写真を改めるか、デザイナーに写真の置き方を変えてもらってください。"


def _where(place: Keep, source: Tree, page: int) -> Where:
    line = source.lines.get(place.field)
    return Where(source.of(place.field).file if line else None, line, None, place.field or None, page)


def _too_large(keeps: Sequence[Keep], area: Box, room: Box) -> str:
    """How much larger all boxes together are than the frame, in words; empty if they fit."""
    if not keeps:
        return ""
    across = (max(each.right for each in keeps) - min(each.left for each in keeps)) / 100 * area[2]
    down = (max(each.bottom for each in keeps) - min(each.top for each in keeps)) / 100 * area[3]
    several = "いちばん離れた範囲の端から端まで" if len(keeps) > 1 else "範囲は"
    told = [
        f"{several}{way}{needed:.1f}mm、枠は{way}{there:.1f}mmです。"
        for way, needed, there in (("横", across, room[2]), ("縦", down, room[3]))
        if needed > there + _HAIR
    ]
    return "".join(told)


def _points(hundredths: Sequence[float], stands: Standing) -> list[Point]:
    """The corners of a box of the picture on the page."""
    x, y, width, height = stands.area
    left, top, right, bottom = (share / 100 for share in hundredths)
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return [_applied(stands.matrix, (x + across * width, y + down * height)) for across, down in corners]


def _applied(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _inverse(matrix: Matrix) -> Matrix | None:
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    if not area:
        return None
    return d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area


def _cut(points: Sequence[Point], frames: Sequence[Frame]) -> Cut:
    """The most that any of these frames cuts off, for each side."""
    most = Cut()
    for frame in frames:
        back = _inverse(frame.matrix)
        if back is None:
            continue  # nothing of it is drawn
        a, b, c, d, *_ = frame.matrix
        scale = sqrt(abs(a * d - b * c))
        own = [_applied(back, point) for point in points]
        x, y, width, height = frame.box
        sides = (
            max(x - across for across, _ in own),
            max(y - down for _, down in own),
            max(across - x - width for across, _ in own),
            max(down - y - height for _, down in own),
            max(_beyond_corner(point, frame) for point in own),
        )
        most = Cut(*(max(one, other * scale) for one, other in zip(most, sides, strict=True)))
    return most


def _beyond_corner(point: Point, frame: Frame) -> float:
    """How far a point in the box is outside its round corner (an ellipse), along the line to the ellipse's middle."""
    x, y, width, height = frame.box
    ways = ((x, y, 1, 1), (x + width, y, -1, 1), (x + width, y + height, -1, -1), (x, y + height, 1, -1))
    for (at_x, at_y, right, down), (across, along) in zip(ways, frame.radii, strict=True):
        if not (across and along):
            continue
        off = (at_x + right * across - point[0]) * right, (at_y + down * along - point[1]) * down
        if 0 < off[0] <= across and 0 < off[1] <= along:
            share = hypot(off[0] / across, off[1] / along)
            return hypot(*off) * (1 - 1 / share) if share > 1 else 0
    return 0


def _around(points: Sequence[Point]) -> Rect:
    """The upright box around these points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
