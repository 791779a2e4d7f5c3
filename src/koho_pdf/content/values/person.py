"""A person: the name, and how it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from koho_pdf.content.values.runs import InlineText, Ruby, Run, Text
from koho_pdf.content.values.written import Written
from koho_pdf.findings import error
from koho_pdf.manuscript.refusal import Refusal

_KANA = re.compile("[ぁ-ゖァ-ヺーゝゞヽヾ・ 　]+")
_WITH_READING = re.compile(r"(?P<name>.+?)\s*[（(](?P<reading>[ぁ-ゖァ-ヺーゝゞヽヾ・ 　]+)[)）]")
_ONE_NAME = re.compile("[^（）()]*(?:[（(][^（）()]*[)）][^（）()]*)*")  # every bracket is closed
_IN_BRACKETS = re.compile("[（(][ぁ-ゖァ-ヺーゝゞヽヾ・ 　]+[)）]")
_SPACES = re.compile("[ 　]+")


@dataclass(frozen=True, slots=True)
class Person(Written):
    """The ``name`` as printed (東海林 美雪) and its ``reading`` in kana (しょうじ みゆき), empty if none is given."""

    name: str
    reading: str = ""
    field: str = ""
    line: int = 1

    @classmethod
    def parse(cls, text: str, field: str = "", line: int = 1) -> Person:
        """Read a name with its reading in brackets after it: 東海林 美雪（しょうじ みゆき）.

        Raises ``Refusal``: name-not-understood (two names, a bracket that is not closed), reading-not-kana.
        """
        found = _WITH_READING.fullmatch(text.strip())
        name = found["name"] if found else text.strip()
        if not _ONE_NAME.fullmatch(name) or _IN_BRACKETS.search(name):
            raise Refusal(
                error(
                    "name-not-understood",
                    f"「{text.strip()[:30]}」は、1人の名前として読めません。",
                    hint="「東海林 美雪（しょうじ みゆき）」のように、1人ずつ、読みは終わりの（ ）に書いてください。",
                )
            )
        return cls.of(name, found["reading"], field, line) if found else cls(name, "", field, line)

    @classmethod
    def of(cls, name: str, reading: str, field: str = "", line: int = 1) -> Person:
        """A name and its reading. Raises ``Refusal``: reading-not-kana."""
        if not _KANA.fullmatch(reading.strip()):
            raise Refusal(
                error(
                    "reading-not-kana",
                    f"読み「{reading.strip()[:20]}」が、かなではありません。",
                    hint="「しょうじ みゆき」のように、ひらがなかカタカナで書いてください。",
                )
            )
        return cls(name.strip(), reading.strip(), field, line)

    @property
    def source(self) -> str:  # type: ignore[override]  # made of its parts, whichever way they were written
        """東海林 美雪（しょうじ みゆき）"""
        return f"{self.name}（{self.reading}）" if self.reading else self.name

    @property
    def plain(self) -> str:
        """The name."""
        return self.name

    @property
    def said(self) -> str:
        """The whole name, then how all of it is read, whatever was said of its parts before."""
        return self.source

    @property
    def parts(self) -> tuple[InlineText, ...]:
        """The name as a text with readings."""
        return (self.text,)

    @property
    def text(self) -> InlineText:
        """The name with its reading over it; family name and given name each have their own."""
        if not self.reading:
            return InlineText(self.name, (Text(self.name),), self.field, self.line)
        names, readings = _SPACES.split(self.name), _SPACES.split(self.reading)
        if len(names) != len(readings):
            return InlineText(self.source, (Ruby(((self.name, self.reading),)),), self.field, self.line)
        gaps = [Text(each) for each in _SPACES.findall(self.name)]
        runs: list[Run] = [Ruby(((names[0], readings[0]),))]
        for gap, name, reading in zip(gaps, names[1:], readings[1:], strict=True):
            runs += [gap, Ruby(((name, reading),))]
        return InlineText(self.source, tuple(runs), self.field, self.line)

    def data(self) -> dict[str, object]:
        """Name and reading."""
        return {"type": "person", "name": self.name, "reading": self.reading}

    def __str__(self) -> str:
        return self.name
