"""A PDF of one page as a ``Drawing``: its paths, clips, colours and gradients.

Letters, pictures, blends and soft masks are refused, as in an SVG. Its overprint is ignored: a drawing knocks out what
it covers, except for black (``finishing.overprint``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf

from koho_pdf.media.line_art import Drawing, Undrawable
from koho_pdf.media.pdf_colours import CMYK, GREY, RGB, Space, space_of
from koho_pdf.media.pdf_page import beside, box_of, opened, operators
from koho_pdf.media.pdf_sheet import Sheet
from koho_pdf.media.pdf_state import UNIT, Matrix, State, matrix_of, number, product

_PX = 96 / 72
_DEEPEST_FORM = 12
_PAINT = {  # closes, fills, even-odd, strokes
    "S": (0, 0, 0, 1),
    "s": (1, 0, 0, 1),
    "f": (0, 1, 0, 0),
    "F": (0, 1, 0, 0),
    "f*": (0, 1, 1, 0),
    "B": (0, 1, 0, 1),
    "B*": (0, 1, 1, 1),
    "b": (1, 1, 0, 1),
    "b*": (1, 1, 1, 1),
    "n": (0, 0, 0, 0),
}
_FAULTS = (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, IndexError, RuntimeError, ArithmeticError)


def pdf_drawing(content: bytes) -> Drawing:
    """The drawing on the only page of a PDF. Raises ``Undrawable``."""
    with opened(content) as pdf:
        try:
            return _drawing(pdf)
        except _FAULTS:
            raise Undrawable("broken", "PDF の中身") from None


def _drawing(pdf: pikepdf.Pdf) -> Drawing:
    page = pdf.pages[0]
    left, foot, right, head = box = box_of(page)
    width, height = right - left, head - foot
    turned = int(page.get("/Rotate", 0)) % 360
    turns: dict[int, Matrix] = {
        90: (0, 1, 1, 0, -foot, -left),
        180: (-1, 0, 0, 1, right, -foot),
        270: (0, -1, -1, 0, head, right),
    }
    upright = turns.get(turned, (1, 0, 0, -1, -left, head))
    if turned in (90, 270):
        width, height = height, width
    layers: Any = pdf.Root.get("/OCProperties", pikepdf.Dictionary()).get("/D", pikepdf.Dictionary()).get("/OFF", [])
    sheet = Sheet(box, upright, frozenset(each.objgen for each in layers))
    sheet.root.set("viewBox", f"0 0 {width:g} {height:g}")
    sheet.root.set("fill", "#000000")
    resources = page.get("/Resources", pikepdf.Dictionary())
    contents = page.get("/Contents", pikepdf.Array())
    _Content(pdf, sheet, resources, State(sheet.root, upright)).run(operators(pdf, contents))
    sheet.finish()
    return Drawing(sheet.root, width * _PX, height * _PX, tuple(beside(pdf)), tuple(sheet.spots))


class _Content:
    """One content stream, operator by operator (ISO 32000-1, annex A)."""

    def __init__(self, pdf: pikepdf.Pdf, sheet: Sheet, resources: Any, state: State) -> None:
        self._pdf, self._sheet, self._resources, self._state = pdf, sheet, resources, state
        self._kept: list[State] = []
        self._data: list[str] = []
        self._at = self._start = (0.0, 0.0)
        self._clip = ""
        self._marks: list[bool] = []
        self._unseen_text = False

    def run(self, instructions: Sequence[Any]) -> None:
        for each in instructions:
            operator = str(each.operator)
            if operator == "INLINE IMAGE":
                raise Undrawable("picture")
            operands = list(each.operands)
            if operator in _PAINT:
                self._paint(*_PAINT[operator])
            elif operator in ("m", "l", "c", "v", "y", "h", "re"):
                self._line(operator, [number(one) for one in operands])
            elif operator in ("W", "W*"):
                self._clip = operator
            elif operator in ("Tj", "TJ", "'", '"'):
                self._text(operands)
            else:
                self._set(operator, operands)

    def _line(self, operator: str, values: list[float]) -> None:
        self._sheet.points(len(values))
        told = [f"{value:.7g}" for value in values]
        if operator == "re":
            x, y, width, height = values
            self._data.append(f"M{x:.7g} {y:.7g}H{x + width:.7g}V{y + height:.7g}H{x:.7g}Z")
            self._at = self._start = x, y
        elif operator == "h":
            self._data.append("Z")
            self._at = self._start
        else:
            if operator == "v":
                told = [f"{self._at[0]:.7g}", f"{self._at[1]:.7g}", *told]
            elif operator == "y":
                told = [*told, *told[-2:]]
            self._data.append({"m": "M", "l": "L"}.get(operator, "C") + " ".join(told))
            self._at = values[-2], values[-1]
            if operator == "m":
                self._start = self._at

    def _paint(self, closes: int, fills: int, even_odd: int, strokes: int) -> None:
        data = [*self._data, "Z"] if closes and self._data else self._data
        if data and not data[0].startswith("M"):
            raise Undrawable("broken", "PDF の線")
        if fills or strokes:
            args = {"fills": bool(fills), "even_odd": bool(even_odd), "strokes": bool(strokes)}
            self._sheet.path(data, self._state, **args)
        if self._clip:
            self._state = self._sheet.clip(data, self._state, even_odd=self._clip == "W*")
        self._data, self._clip = [], ""

    def _text(self, operands: list[Any]) -> None:
        members = operands[-1] if operands else b""
        texts = (
            [each for each in members if isinstance(each, pikepdf.String)]
            if isinstance(members, pikepdf.Array)
            else [members]
        )
        if any(bytes(each).strip() for each in texts) and not (self._unseen_text or self._state.invisible):
            raise Undrawable("text")

    def _set(self, operator: str, operands: list[Any]) -> None:
        state = self._state
        if operator == "q":
            self._kept.append(state)
        elif operator == "Q":
            self._state = self._kept.pop().having(invisible=state.invisible) if self._kept else state
        elif operator == "cm":
            self._state = state.having(ctm=product(matrix_of(operands), state.ctm))
        elif operator in ("g", "rg", "k", "G", "RG", "K"):
            space = {"g": GREY, "rg": RGB, "k": CMYK}[operator.lower()]
            self._colour(operator.isupper(), space, [number(each) for each in operands])
        elif operator in ("cs", "CS"):
            self._space(operator == "CS", operands[0])
        elif operator in ("sc", "scn", "SC", "SCN"):
            self._painted(operator.isupper(), operands)
        elif operator in ("w", "J", "j", "M", "d"):
            self._pen(operator, operands)
        elif operator == "gs":
            self._graphics(self._resources.ExtGState[str(operands[0])])
        elif operator == "Tr":
            self._unseen_text = int(operands[0]) == 3
        elif operator == "Do":
            self._form(self._resources.XObject[str(operands[0])])
        elif operator == "sh" and not state.invisible:
            self._sheet.whole(self._resources.Shading[str(operands[0])], state)
        elif operator in ("BDC", "BMC"):
            self._marks.append(state.invisible)
            if operator == "BDC" and operands[0] == "/OC" and isinstance(operands[1], pikepdf.Name):
                layer = self._resources.get("/Properties", pikepdf.Dictionary()).get(str(operands[1]))
                self._state = state.having(invisible=state.invisible or self._sheet.is_hidden(layer))
        elif operator == "EMC" and self._marks:
            self._state = state.having(invisible=self._marks.pop())

    def _colour(self, strokes: bool, space: Space, values: Sequence[float]) -> None:
        if len(values) != space.count:
            raise Undrawable("broken", "PDF の色")
        self._sheet.spot(space)
        shown = space.colour(values)
        if strokes:
            self._state = self._state.having(stroke=shown, stroke_space=space)
        else:
            self._state = self._state.having(fill=shown, fill_space=space)

    def _space(self, strokes: bool, name: Any) -> None:
        told = self._resources.get("/ColorSpace", pikepdf.Dictionary()).get(str(name), name)
        if "/Pattern" in (told, told[0] if isinstance(told, pikepdf.Array) else None):
            return
        space = space_of(told)
        if strokes:
            self._state = self._state.having(stroke=space.colour(space.first), stroke_space=space)
        else:
            self._state = self._state.having(fill=space.colour(space.first), fill_space=space)

    def _painted(self, strokes: bool, operands: list[Any]) -> None:
        if operands and isinstance(operands[-1], pikepdf.Name):
            shown = self._sheet.pattern(self._resources.Pattern[str(operands[-1])], self._state.ctm)
            self._state = self._state.having(**{"stroke" if strokes else "fill": shown})
            return
        space = self._state.stroke_space if strokes else self._state.fill_space
        self._colour(strokes, space, [number(each) for each in operands])

    def _pen(self, operator: str, operands: list[Any]) -> None:
        if operator == "d":
            dash = tuple(number(each) for each in operands[0])
            self._state = self._state.having(dash=dash, phase=number(operands[1]))
            return
        value = number(operands[0])
        name, shown = {
            "w": ("width", value),
            "J": ("cap", min(2, max(0, int(value)))),
            "j": ("join", min(2, max(0, int(value)))),
            "M": ("miter", max(1, value)),
        }[operator]
        self._state = self._state.having(**{name: shown})

    def _graphics(self, told: Any) -> None:
        blend = told.get("/BM", pikepdf.Name.Normal)
        blend = blend[0] if isinstance(blend, pikepdf.Array) else blend
        if blend not in ("/Normal", "/Compatible"):
            raise Undrawable("effects", f"描画モード {str(blend)[1:]}")
        if isinstance(told.get("/SMask"), pikepdf.Dictionary):
            raise Undrawable("effects", "不透明マスク")
        for name, operator in (("/LW", "w"), ("/LC", "J"), ("/LJ", "j"), ("/ML", "M")):
            if name in told:
                self._pen(operator, [told[name]])
        if "/D" in told:
            self._pen("d", list(told["/D"]))
        alphas = {"fill_alpha": told.get("/ca"), "stroke_alpha": told.get("/CA")}
        shown = {name: min(1.0, max(0.0, float(each))) for name, each in alphas.items() if each is not None}
        self._state = self._state.having(**shown)

    def _form(self, form: Any) -> None:
        """Draw a form, a drawing inside the drawing (8.10)."""
        sheet, state = self._sheet, self._state
        if form.get("/Subtype") == "/Image":
            raise Undrawable("picture")
        if state.invisible or form.get("/Subtype") != "/Form" or sheet.is_hidden(form.get("/OC")):
            return
        if state.depth >= _DEEPEST_FORM * 3:
            raise Undrawable("too-complex", "入れ子が深い")
        if "/Group" in form and state.fill_alpha < 1:
            state = sheet.group(state, {"opacity": f"{state.fill_alpha:g}"})
            state = state.having(fill_alpha=1, stroke_alpha=1)
        state = state.having(ctm=product(matrix_of(form.get("/Matrix", UNIT)), state.ctm))
        x, y, right, head = (float(each) for each in form.BBox)
        state = sheet.clip([f"M{x:g} {y:g}H{right:g}V{head:g}H{x:g}Z"], state, even_odd=False)
        base, sheet.base = sheet.base, state.ctm
        resources = form.get("/Resources", self._resources)
        _Content(self._pdf, sheet, resources, state).run(operators(self._pdf, form))
        sheet.base = base
