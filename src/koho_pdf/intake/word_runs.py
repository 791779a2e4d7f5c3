"""The characters of a paragraph of a Word file, with ruby, bold, emphasis dots and links; what was deleted, hidden or
cannot be shown is gathered beside them (ECMA-376-1, 17.3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from koho_pdf.intake.office_parts import local
from koho_pdf.intake.received import Bit

_OFF = ("0", "false", "off", "none")
_RUBY_FIELD = re.compile(r"\\s\s*\\up\s*[0-9.]+\s*\(([^()]*)\)\s*[,;]\s*([^()]*)\)")
_ADDRESS = re.compile(r'HYPERLINK\s+"([^"]*)"')
_SYMBOLS = {0x28: "☎", 0x2A: "✉", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x75: "◆", 0xA7: "・", 0xA8: "□", 0xD8: "・",
            0xE0: "→", 0xF0: "⇒", 0xFC: "✓", 0xFE: "☑"}  # fmt: skip
"""Characters of Wingdings, by their codes."""


@dataclass(slots=True)
class Beside:
    """What stands in a file beside its text: deleted, added and hidden words, signs that no face has; words whose look
    says something (struck out, raised or lowered, in a formula, in a drawing); files within the file."""

    deleted: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)
    underlined: bool = False


@dataclass(slots=True)
class _Code:
    """A field that is open: its code so far, whether its result has begun, and what was ``chosen`` in a field of an old
    form, which has no result."""

    words: str = ""
    shown: bool = False
    chosen: str = ""


@dataclass(slots=True)
class Runs:
    """Reads the runs of one paragraph into ``bits``; a line break is a bit of ``\\n``. ``found`` is called for what is
    no text: drawings, notes, comments."""

    links: Mapping[str, tuple[str, str]]
    strong_styles: frozenset[str]
    beside: Beside
    found: Callable[[Element], str]
    bits: list[Bit] = field(default_factory=list)
    _codes: list[_Code] = field(default_factory=list)

    def read(self, element: Element, look: Bit = Bit(""), *, gone: bool = False, added: bool = False) -> None:  # noqa: B008
        """Every run below an element; ``gone`` within a deletion, ``added`` within an insertion."""
        for each in element:
            name = local(each.tag)
            if name == "r":
                self._run(each, look, gone=gone, added=added)
            elif name in ("del", "moveFrom"):
                self.read(each, look, gone=True)
            elif name in ("ins", "moveTo"):
                self.read(each, look, gone=gone, added=name == "ins")
            elif name == "hyperlink":
                id_ = next((value for key, value in each.items() if local(key) == "id"), "")
                address = self.links.get(id_, ("", ""))[1]
                self.read(each, replace(look, link=address) if address else look, gone=gone, added=added)
            elif name == "oMath":
                begun = len(self.bits)
                self.read(each, look, gone=gone, added=added)
                self.beside.formulas.append("".join(one.text for one in self.bits[begun:]))
            elif name == "sdt":
                self._control(each, look, gone=gone, added=added)
            elif name == "AlternateContent":
                choice = next((one for one in each if local(one.tag) == "Choice"), None)
                self.read(each if choice is None else choice, look, gone=gone, added=added)
            elif name not in ("pPr", "rPr", "sdtPr", "sdtEndPr"):
                if len(each):
                    self.read(each, look, gone=gone, added=added)
                elif name in ("commentRangeStart", "commentRangeEnd"):
                    self.found(each)

    def _control(self, each: Element, look: Bit, *, gone: bool, added: bool) -> None:
        """A content control; its placeholder is no text."""
        if not any(local(one.tag) == "showingPlcHdr" for one in each.iter()):
            for one in each:
                if local(one.tag) == "sdtContent":
                    self.read(one, look, gone=gone, added=added)

    def _run(self, run: Element, look: Bit, *, gone: bool, added: bool) -> None:
        look, hidden = self._look(run, look)
        shapes = _shapes(run)
        for each in run:
            name, words, reading = local(each.tag), "", ""
            if name in ("t", "delText"):
                words = each.text or ""
            elif name in ("tab", "ptab"):
                words = "\t"
            elif name in ("br", "cr"):
                words = "\n"
            elif name == "noBreakHyphen":
                words = "-"
            elif name == "sym":
                words = self._sign(each)
            elif name == "ruby":
                reading, words = _within(each, "rt"), _within(each, "rubyBase")
            elif name == "fldChar":
                self._field(each, look, gone=gone)
            elif name in ("instrText", "delInstrText"):
                if self._codes:
                    self._codes[-1].words += each.text or ""
            elif name == "AlternateContent":
                choice = next((one for one in each if local(one.tag) == "Choice"), None)
                for one in choice if choice is not None else ():
                    words += self.found(one)
            elif name != "rPr":
                words = self.found(each)
            if not words and not reading:
                continue
            if hidden:
                self.beside.hidden.append(words + reading)
            elif gone:
                self.beside.deleted.append(words + reading)
            else:
                if added:
                    self.beside.added.append(words)
                if "struck" in shapes:
                    self.beside.struck.append(words)
                if "raised" in shapes:
                    self.beside.raised.append(words)
                code = next((_ADDRESS.search(one.words) for one in reversed(self._codes) if one.shown), None)
                link = code[1] if code and not look.link else look.link
                self.bits.append(replace(look, text=words, reading=reading, link=link))

    def _look(self, run: Element, look: Bit) -> tuple[Bit, bool]:
        """How a run looks, and whether Word hides it."""
        hidden = False
        for properties in run:
            if local(properties.tag) != "rPr":
                continue
            for each in properties:
                name = local(each.tag)
                said = next((value for key, value in each.items() if local(key) == "val"), "1")
                if name == "b":
                    look = replace(look, strong=said not in _OFF)
                elif name == "rStyle" and said in self.strong_styles:
                    look = replace(look, strong=True)
                elif name == "em":
                    look = replace(look, dots=said not in _OFF)
                elif name in ("vanish", "webHidden"):
                    hidden = said not in _OFF
                elif name in ("u", "color", "highlight") and said not in (*_OFF, "auto", "000000"):
                    self.beside.underlined = True
        return look, hidden

    def _sign(self, each: Element) -> str:
        said = {local(key): value for key, value in each.items()}
        code = int(said.get("char", "0"), 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", said.get("char", "")) else 0
        if said.get("font", "").startswith("Wingdings") and code & 0xFF in _SYMBOLS:
            return _SYMBOLS[code & 0xFF]
        if code and not 0xE000 <= code <= 0xF8FF:
            return chr(code)
        self.beside.signs.append(f"{said.get('font', '')} {said.get('char', '')}")
        return "〓"

    def _field(self, each: Element, look: Bit, *, gone: bool) -> None:
        kind = next((value for key, value in each.items() if local(key) == "fldCharType"), "")
        if kind == "begin":
            self._codes.append(_Code(chosen=_chosen(each)))
        elif kind == "separate" and self._codes:
            self._codes[-1].shown = True
        elif kind == "end" and self._codes:
            code = self._codes.pop()
            if code.chosen and not code.shown and not gone:
                self.bits.append(replace(look, text=code.chosen))
            if not code.shown and code.words.strip().startswith("EQ") and not gone:
                self.bits += [replace(look, text=text, reading=reading) for reading, text in _equation(code.words)]


def _chosen(begun: Element) -> str:
    """The word chosen from a list of an old form (17.16.9), or its box with or without a tick (17.16.7)."""
    words: list[str] = []
    at, box = 0, ""
    for each in begun.iter():
        name, said = local(each.tag), next((value for key, value in each.items() if local(key) == "val"), "1")
        if name == "listEntry":
            words.append(said)
        elif name == "result" and said.isdigit():
            at = int(said)
        elif name == "checkBox":
            box = "□"
        elif name in ("checked", "default") and box:
            box = "□" if said in _OFF else "☑"
    return words[at] if at < len(words) else box


def _shapes(run: Element) -> set[str]:
    """Whether a run is struck out, or raised or lowered."""
    found = set()
    for each in (one for properties in run if local(properties.tag) == "rPr" for one in properties):
        name, said = local(each.tag), next((value for key, value in each.items() if local(key) == "val"), "1")
        if name in ("strike", "dstrike") and said not in _OFF:
            found.add("struck")
        elif name == "vertAlign" and said in ("superscript", "subscript"):
            found.add("raised")
    return found


def _equation(code: str) -> list[tuple[str, str]]:
    """The ruby of an EQ field, as Word before 2000 wrote it; or its words."""
    found = _RUBY_FIELD.search(code)
    if found:
        return [(found[1], found[2])]
    return [("", re.sub(r"\\[a-z*]+|EQ|[0-9.]+(?=\()|[(),;]", "", code).strip())]


def _within(each: Element, name: str) -> str:
    inner = next((one for one in each if local(one.tag) == name), None)
    return "".join(one.text or "" for one in inner.iter() if local(one.tag) == "t") if inner is not None else ""
