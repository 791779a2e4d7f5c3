"""A block text (``body: |``) line by line, before it is read as YAML: finds what would end or break it unnoticed.

YAML only knows indentation by half-width spaces, takes it from the first line, and ends the block at the first line
that is indented less. So tabs and wide spaces before a line are told and mended, and a first line that is indented more
than the others (an indented paragraph) is moved back.
"""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Finding, error

_SPACES = " \t\u3000\u00a0"


class BlockText:
    """The lines from ``first`` up to ``end`` (not included) of ``lines``; ``indent`` is that of the
    line that began it.
    """

    def __init__(self, lines: list[str], first: int, indent: int) -> None:
        self._lines, self.first, self._indent = lines, first, indent
        self.end = first
        while self.end < len(lines) and self._belongs(self.end):
            self.end += 1

    def _belongs(self, at: int) -> bool:
        line = self._lines[at]
        if not line.strip(_SPACES) or line.startswith(("<<<<<<< ", ">>>>>>> ", "||||||| ")) or line == "=======":
            return True
        if line.startswith("#"):  # a comment of the file; the block goes on if more of its text follows
            return at + 1 < len(self._lines) and self._belongs(at + 1)
        return _depth(line) > self._indent

    def mend(self) -> Iterator[tuple[Finding, int]]:
        """Give every line the right indentation, in place; returns findings with their line (from 0)."""
        for at in range(self.first, self.end):
            line = self._lines[at]
            if not line.strip(_SPACES) or line.startswith("#"):
                self._lines[at] = ""
                continue
            begins = line[: len(line) - len(line.lstrip(_SPACES))]
            if "\t" in line.rstrip(_SPACES):
                yield error("tab", "タブがあります。", hint="タブを消してください。字下げは半角の空白2つです。"), at
            elif _half(line) <= self._indent:
                hint = "半角の空白（1段につき2つ）で字下げしてください。"
                yield error("wide-space", "行の頭の字下げが、全角の空白です。", hint=hint), at
            if "\t" in begins or _half(line) <= self._indent:
                self._lines[at] = " " * _depth(line) + line.lstrip(_SPACES)
            self._lines[at] = self._lines[at].replace("\t", " ")
        texts = [at for at in range(self.first, self.end) if self._lines[at]]
        if texts:
            common = min(_half(self._lines[at]) for at in texts)
            self._lines[texts[0]] = " " * common + self._lines[texts[0]].lstrip(" ")


def _half(line: str) -> int:
    """How many half-width spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def _depth(line: str) -> int:
    """The intended indentation of a line: a tab or a wide space counts as two half-width ones."""
    begins = line[: len(line) - len(line.lstrip(_SPACES))]
    return len(begins) + len(begins.strip(" "))
