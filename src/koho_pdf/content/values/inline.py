"""The marks an editor may write inside a text: ruby, strong, kenten, notes, links. Everything else is printed as typed.

    {留萌|るもい}         group ruby: one reading over the whole base
    {政策|せい|さく}      mono ruby: one reading for each character of the base
    **強調**              strong
    《《圏点》》          kenten (emphasis dots)
    ((三年前に完成))      warichu (割注): a note in two small lines, with （ and ） around it
    [市の案内](https://…) link: https, http, mailto or tel
    {Welcome|lang:en}     words in another language, by its tag or its name (``言語:英語``)
    {改行}                a new line begins here
    {つなぐ}              no new line begins here
    \\*\\*  \\{  \\|  …      a backslash before a mark's character gives the character itself

These stay as typed: a single ``*``, ``{…}`` without a bar, ``{{ … }}``, a ``[`` that begins no link, ``** `` before a
space, a lone ``》》``, ``((株)…``, HTML, ``&amp;``, ``#``. These are refused, because they were clearly meant as
marks and would be ugly in print: ``**`` or ``《《`` directly before a word and never closed, ``{留萌|…`` or ``((…``
never closed, marks that cross, a mark within a note.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from koho_pdf.content.values.languages import LANGUAGE, tongue
from koho_pdf.content.values.links import ESCAPED, links
from koho_pdf.content.values.runs import (
    Break,
    InlineText,
    Joint,
    Kenten,
    Link,
    Note,
    Ruby,
    Run,
    Strong,
    Text,
    Tongue,
    characters,
    plain_of,
)
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.refusal import Refusal

__all__ = ["InlineText", "Kenten", "Link", "Note", "Ruby", "Run", "Strong", "Text", "Tongue", "escape", "parse_inline"]

MARK_CHARACTERS = "\\{}|*《》[]()"
_RUBY = re.compile(r"\{(?!\{)((?:\\.|[^\\{}|])*)\|((?:\\.|[^\\{}])*)(\}?)")
_POINT = re.compile(r"\{[ \u3000]*(改行|つなぐ)[ \u3000]*\}")
_NOTE = re.compile(r"\(\((?![\s(])((?:\\.|[^\\()])+)(\)\)|\Z)")
_SPLIT_AT_BARS = re.compile(r"((?:\\.|[^\\|])*)(?:\||$)")
_PLAIN_TEXT = re.compile(r"[^\\{*《》\[\](]+")
_STARS = re.compile(r"\*+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BARE_ADDRESS = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/\S*)?")
_LINK_FORMS = {
    "https": re.compile(r"https://[A-Za-z0-9.-]+(:\d+)?([/?#]\S*)?", re.IGNORECASE),
    "http": re.compile(r"http://[A-Za-z0-9.-]+(:\d+)?([/?#]\S*)?", re.IGNORECASE),
    "mailto": re.compile(r"mailto:[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+(\?[\x21-\x7e]*)?", re.IGNORECASE),
    "tel": re.compile(r"tel:\+?[0-9()-]+", re.IGNORECASE),
}
_MOST_FINDINGS = 10
"""The most findings about one text; then reading stops."""
_URL_SAFE = "%:/?#[]@!$&'()*+,;=-._~"


def escape(text: str) -> str:
    """The text with backslashes, so that ``parse_inline`` gives back exactly these characters."""
    return "".join("\\" + character if character in MARK_CHARACTERS else character for character in text)


def parse_inline(text: str) -> tuple[Run, ...]:
    """The runs of a text, in time proportional to its length.

    Raises ``Refusal`` with every mistake: mark-not-closed, marks-cross, note-not-plain, ruby-incomplete, ruby-count,
    language-unknown, link-address.
    """
    parser = _Parser(text)
    runs = parser.parse()
    if parser.findings:
        raise Refusal(*parser.findings)
    return runs


class _Open:
    """An open mark: its sign, its place, and the runs inside it so far."""

    def __init__(self, sign: str, at: int) -> None:
        self.sign, self.at = sign, at
        self.runs: list[Run] = []

    def add_text(self, text: str) -> None:
        last = self.runs[-1] if self.runs else None
        if isinstance(last, Text):
            self.runs[-1] = Text(last.text + text)
        elif text:
            self.runs.append(Text(text))

    def closed(self, url: str = "") -> Run:
        """The finished run of this mark."""
        runs = tuple(self.runs)
        if self.sign == "[":
            return Link(runs, url)
        return Strong(runs) if self.sign == "**" else Kenten(runs)


class _Parser:
    """One pass from left to right; each kind of mark is open at most once, so nesting is never deep."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.findings: list[Finding] = []
        self.stack = [_Open("", 0)]
        self.links = links(text)

    def parse(self) -> tuple[Run, ...]:
        text, at = self.text, 0
        while at < len(text) and len(self.findings) < _MOST_FINDINGS:
            if plain := _PLAIN_TEXT.match(text, at):
                self.stack[-1].add_text(plain[0])
                at = plain.end()
            elif escaped := ESCAPED.match(text, at):
                self.stack[-1].add_text(escaped[1])
                at = escaped.end()
            else:
                told, begins = len(self.findings), at
                at = self._mark(at)
                self._place(told, begins)
        for unclosed in self.stack[1:]:
            told = len(self.findings)
            self._refuse_unclosed(unclosed.sign, unclosed.at)
            self._place(told, unclosed.at)
        return tuple(self.stack[0].runs)

    def _place(self, told: int, at: int) -> None:
        """Give the findings from ``told`` on their column, counted in the text from 1."""
        self.findings[told:] = [replace(each, where=Where(column=at + 1)) for each in self.findings[told:]]

    def _mark(self, at: int) -> int:
        """Read at a mark's character; returns the position after it."""
        text = self.text
        if text[at] == "*":
            return self._stars(at)
        if text.startswith("《《", at) and not self._is_open("《《"):
            return self._open("《《", at)
        if text.startswith("》》", at) and self._is_open("《《"):
            self._close("《《")
            return at + 2
        if text[at] == "[" and at in self.links and not self._is_open("["):
            return self._link_begins(at)
        if text[at] == "]" and self._is_open("["):
            begin = next(mark.at for mark in self.stack if mark.sign == "[")
            if self.links[begin].text_end == at:
                self._close("[", self._address(self.links[begin].destination))
                return self.links[begin].end
        if text.startswith("{{", at):
            return self._as_typed(at, 2)
        if point := _POINT.match(text, at):
            return self._point(point)
        if ruby := _RUBY.match(text, at):
            return self._ruby(ruby)
        if note := _NOTE.match(text, at):
            return self._note(note)
        return self._as_typed(at, 1)

    def _as_typed(self, at: int, count: int) -> int:
        self.stack[-1].add_text(self.text[at : at + count])
        return at + count

    def _is_open(self, sign: str) -> bool:
        return any(mark.sign == sign for mark in self.stack)

    def _open(self, sign: str, at: int) -> int:
        self.stack.append(_Open(sign, at))
        return at + len(sign)

    def _close(self, sign: str, url: str = "") -> None:
        if self.stack[-1].sign != sign:
            self.findings.append(
                error(
                    "marks-cross",
                    f"「{self.stack[-1].sign}」の中で、外側の「{sign}」が先に閉じられています。",
                    hint="印は内側から順に閉じてください。文字そのものなら前に \\ を付けます。",
                )
            )
        reached = ""
        while reached != sign:
            mark = self.stack.pop()
            reached = mark.sign
            self.stack[-1].runs.append(mark.closed(url))

    def _stars(self, at: int) -> int:
        """``**`` opens before a word and closes after one; longer rows keep their inner stars as typed."""
        stars = _STARS.match(self.text, at)
        length = len(stars[0]) if stars else 0
        before, after = self.text[at - 1 : at], self.text[at + length : at + length + 1]
        if length >= 2 and self._is_open("**") and before.strip():
            self._as_typed(at, length - 2)
            self._close("**")
        elif length in (2, 3) and not self._is_open("**") and after.strip():
            self._open("**", at)
            self._as_typed(at + 2, length - 2)
        else:
            self._as_typed(at, length)
        return at + length

    def _point(self, found: re.Match[str]) -> int:
        self.stack[-1].runs.append(Break() if found[1] == "改行" else Joint())
        return found.end()

    def _ruby(self, found: re.Match[str]) -> int:
        if not found[3]:
            self._refuse_unclosed("{", found.start())
            return self._as_typed(found.start(), found.end() - found.start())
        base = ESCAPED.sub(r"\1", found[1])
        readings = [ESCAPED.sub(r"\1", reading) for reading in _SPLIT_AT_BARS.findall(found[2])[:-1] or [""]]
        if found[2].endswith("|") and not found[2].endswith("\\|"):
            readings.append("")
        letters = characters(base)
        if (language := LANGUAGE.fullmatch(readings[0])) and len(readings) == 1:
            try:
                self.stack[-1].runs.append(tongue(base, language[1], found[0]))
            except Refusal as refusal:
                self.findings += refusal.findings
                self.stack[-1].add_text(base)
        elif not base.strip() or not all(reading.strip() for reading in readings):
            self.findings.append(
                error(
                    "ruby-incomplete",
                    f"ルビ「{found[0]}」に、漢字か読みが欠けています。",
                    hint="{留萌|るもい} のように、漢字と読みの両方を書いてください。",
                )
            )
        elif len(readings) not in (1, len(letters)):
            self.findings.append(
                error(
                    "ruby-count",
                    f"ルビ「{found[0]}」は、文字が{len(letters)}つなのに読みが{len(readings)}つあります。",
                    hint="読みは全体に1つ（{留萌|るもい}）か、1文字に1つずつ（{政策|せい|さく}）書いてください。",
                )
            )
        elif len(readings) == 1:
            self.stack[-1].runs.append(Ruby(((base, readings[0]),)))
        else:
            self.stack[-1].runs.append(Ruby(tuple(zip(letters, readings, strict=True))))
        return found.end()

    def _note(self, found: re.Match[str]) -> int:
        if not found[2]:
            self._refuse_unclosed("((", found.start())
            return self._as_typed(found.start(), found.end() - found.start())
        inner = _Parser(found[1])
        runs = inner.parse()
        if inner.findings or any(not isinstance(run, Text) for run in runs):
            self.findings.append(
                error(
                    "note-not-plain",
                    f"割注「{found[0]}」の中に、ほかの印があります。",
                    hint="割注の中には、文字だけを書いてください。文字そのものなら前に \\ を付けます。",
                )
            )
        self.stack[-1].runs.append(Note(plain_of(runs)))
        return found.end()

    def _link_begins(self, at: int) -> int:
        destination = self.links[at].destination
        if _SCHEME.match(destination):
            return self._open("[", at)
        if _BARE_ADDRESS.fullmatch(destination):
            self._refuse_address(destination, f"先頭に https:// を付けて https://{destination} と書いてください。")
        return self._as_typed(at, 1)

    def _address(self, destination: str) -> str:
        scheme = _SCHEME.match(destination)
        form = _LINK_FORMS.get(scheme[1].lower()) if scheme else None
        if form is None:
            self._refuse_address(destination, "使えるのは https://、http://、mailto:、tel: で始まるものです。")
        elif not form.fullmatch(destination):
            self._refuse_address(destination, "空白や全角文字が混じっていないか確かめてください。")
        return quote(destination, safe=_URL_SAFE)

    def _refuse_address(self, destination: str, hint: str) -> None:
        shown = destination if len(destination) <= 60 else destination[:60] + "…"
        self.findings.append(error("link-address", f"リンク先「{shown}」は使えません。", hint=hint))

    def _refuse_unclosed(self, sign: str, at: int) -> None:
        closer = {"**": "**", "《《": "》》", "{": "}", "[": "]", "((": "))"}[sign]
        escaped = "".join("\\" + character for character in sign)
        self.findings.append(
            error(
                "mark-not-closed",
                f"「{self.text[at : at + 12]}」の「{sign}」が閉じられていません。",
                hint=f"終わりに「{closer}」を付けてください。文字そのものとして印刷するなら「{escaped}」と書きます。",
            )
        )
