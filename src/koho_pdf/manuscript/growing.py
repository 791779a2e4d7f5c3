"""Builds the tree of a manuscript value by value from a parser's events."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.encoding import called
from koho_pdf.manuscript.paragraph_lines import lines_of
from koho_pdf.manuscript.paths import joined
from koho_pdf.manuscript.scalar import Block, Node, Scalar, Tree
from koho_pdf.manuscript.syntax import over_lines

DEPTH_LIMIT = 20
VALUES_LIMIT = 20_000
"""The most values (texts, lists, groups) in a manuscript; a leaflet has about a hundred."""

_FIRST = {"issue.yaml": "layout", "layout.yaml": "kind", "koho.yaml": "municipality", "fonts.yaml": "fonts"}
"""The name that a file usually begins with; all others begin with their title."""


class TooMuch(Exception):
    """The manuscript is beyond a limit, or is not a manuscript: nothing more can be read."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class _Level:
    """One list or group that is still open; ``key`` is the name whose value comes next."""

    def __init__(self, value: dict[str, Node] | list[Node], path: str, *, kept: bool) -> None:
        self.value, self.path, self.kept = value, path, kept
        self.key: Scalar | None = None


class Growing:
    """Collects values in the order of the file; ``lost`` are the lines of ``text`` whose text could not be read,
    ``prefix`` is what all paths begin with."""

    def __init__(self, file: str, lost: set[int], text: list[str], prefix: str = "") -> None:
        self.file, self.lost, self._text, self._prefix = file, lost, text, prefix
        self.findings: list[Finding] = []
        self.lines: dict[str, int] = {prefix: 1}
        self.unread: set[str] = set()
        self._levels: list[_Level] = []
        self._root: Node | None = None
        self._count = 0

    def refuse(self, found: Finding, line: int, path: str | None = None) -> None:
        """Keep a finding with its line and, if known, its field."""
        where = Where(file=self.file, line=line, field=path)
        self.findings.append(Finding(found.severity, found.code, found.message, where, found.hint))

    def add_scalar(self, text: str, line: int, column: int, *, lost: bool = False, quoted: bool = False) -> None:
        """A name or a text of the file."""
        level = self._levels[-1] if self._levels else None
        if level is not None and isinstance(level.value, dict) and level.key is None:
            level.key = Scalar(text, line, column)
            return
        path, kept = self._place(line)
        if lost or line in self.lost:
            self.unread.add(path)
        self._put(Scalar(text, line, column, path, quoted=quoted), kept=kept)

    def add_block(self, text: str, line: int, column: int) -> None:
        """A text over several lines; ``line`` and ``column`` are those of its ``|``. Each paragraph gets its line."""
        if self._levels and isinstance(self._levels[-1].value, dict) and self._levels[-1].key is None:
            self.refuse(over_lines(), line)
            self.add_scalar("", line, column)
            return
        path, kept = self._place(line)
        block = Block.of(text, line, column, path, tuple(self._columns(text.split("\n"), line)))
        for number, paragraph in enumerate(lines_of(block)):
            for above in (path.removesuffix(".text"), path) if kept else ():  # body, or body: {text: …, media: …}
                self.lines.setdefault(f"{above}.{number}", paragraph.line)
        self._put(block, kept=kept)

    def _columns(self, lines: list[str], line: int) -> Iterator[int]:
        """The columns at which the lines of a block begin in the file, below its ``|`` on ``line``."""
        for number, text in enumerate(lines):
            raw = self._text[line + number] if line + number < len(self._text) else ""
            yield max(len(raw) - len(text), 0) + 1

    def begin(self, value: dict[str, Node] | list[Node], line: int) -> None:
        """A list or group begins.

        Raises ``TooMuch``: nested-too-deeply, name-not-text.
        """
        if len(self._levels) >= DEPTH_LIMIT:
            raise TooMuch(
                error(
                    "nested-too-deeply",
                    f"一覧やまとまりが{DEPTH_LIMIT}段より深くなっています。",
                    Where(file=self.file, line=line),
                    hint="[ や { や「- 」が続いていないか確かめてください。文章なら全体を ' で囲みます。",
                )
            )
        if self._levels and isinstance(self._levels[-1].value, dict) and self._levels[-1].key is None:
            raise TooMuch(
                error(
                    "name-not-text",
                    "項目の名前のところに、一覧やまとまりがあります。",
                    Where(file=self.file, line=line),
                    hint="「名前: 文章」の形にしてください。文章が [ や { で始まるなら、全体を ' で囲みます。",
                )
            )
        path, kept = self._place(line)
        self._put(value, kept=kept)
        self._levels.append(_Level(value, path, kept=kept))

    def begin_document(self, line: int) -> None:
        """A YAML document begins; there may be only one.

        Raises ``TooMuch``: several-documents.
        """
        if self._root is not None:
            raise TooMuch(
                error(
                    "several-documents",
                    "1つのファイルに YAML の文書が2つ以上あります。",
                    Where(file=self.file, line=line),
                    hint=f"{called(self.file)} に書ける文書は1つだけです。「---」の行を消してください。",
                )
            )

    def end(self) -> None:
        """The innermost list or group ends."""
        self._levels.pop()

    def tree(self) -> Tree:
        """The finished tree. Raises ``TooMuch``: empty-manuscript, not-a-manuscript."""
        where = Where(file=self.file, line=1)
        if self._root is None:
            raise TooMuch(
                error(
                    "empty-manuscript",
                    f"{called(self.file)} に何も書かれていません。",
                    where,
                    hint=f"「{_first(self.file)}: 」の行から書き始めてください。",
                )
            )
        if not isinstance(self._root, dict):
            raise TooMuch(
                error(
                    "not-a-manuscript",
                    f"{called(self.file)} が「名前: 値」の並びになっていません。",
                    where,
                    hint=f"「{_first(self.file)}: 」のような項目の名前から書き始めてください。",
                )
            )
        return Tree(
            self.file, self._root, self.lines, tuple(self.findings), frozenset(self.unread), prefix=self._prefix
        )

    def _place(self, line: int) -> tuple[str, bool]:
        """The dotted path of the next value, and whether it is kept (that of a repeated name is not)."""
        self._count += 1
        if self._count > VALUES_LIMIT:
            raise TooMuch(
                error(
                    "too-many-values",
                    f"項目が{VALUES_LIMIT:,}個より多くあります。",
                    Where(file=self.file, line=line),
                    hint="別のファイルを選んでいないか、同じ行が繰り返されていないか確かめてください。",
                )
            )
        if not self._levels:
            return self._prefix, True
        level = self._levels[-1]
        if isinstance(level.value, list):
            path = joined(level.path, len(level.value))
            if level.kept:
                self.lines.setdefault(path, line)
            return path, level.kept
        key = level.key or Scalar("", line)
        path = joined(level.path, key)
        if key == "<<":
            self.refuse(
                error(
                    "yaml-merge-key",
                    "YAML の「<<」（マージ）は使えません。",
                    hint="要る項目を、その場に書いてください。",
                ),
                key.line,
            )
            return path, False
        if key in level.value:
            self.refuse(_repeated(key, self.lines.get(path, 1)), key.line, path)
            return path, False
        if level.kept:
            self.lines[path] = key.line
        return path, level.kept

    def _put(self, value: Node, *, kept: bool) -> None:
        if not self._levels:
            self._root = value
            return
        level = self._levels[-1]
        if isinstance(level.value, list):
            level.value.append(value)
            return
        key, level.key = level.key, None
        if kept and key is not None:
            level.value[str(key)] = value


def _first(file: str) -> str:
    return _FIRST.get(called(file), "title")


def _repeated(key: Scalar, first: int) -> Finding:
    return error(
        "duplicate-key",
        f"項目「{key[:30]}」が2回書かれています（1回目は{first}行目）。",
        hint="どちらかを行ごと消してください。",
    )
