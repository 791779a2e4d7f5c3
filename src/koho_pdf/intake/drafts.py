"""An article as it can be made from what was received: the values of a kind's fields, the words that found no place,
and its pictures. Every word is in one of them (``leftover``), or in a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from koho_pdf.findings import Finding, Where, note, warning
from koho_pdf.intake.labelled import Labelled, parted
from koho_pdf.intake.labels import folded, likeness
from koho_pdf.intake.received import SPACES, Bit, Cell, Grid, Line, Piece, Received, Shown, joined
from koho_pdf.intake.table_lists import Fit, filled_list, fit_of
from koho_pdf.intake.values_of_cells import Setting, value_of
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.types.groups import GroupField, ListField
from koho_pdf.manuscript.yaml_writing import Writable

_LETTER = re.compile(
    r"記|以上|別紙.{0,4}|(?:(?:令和|平成)[0-9０-９元]+|[0-9０-９]{4})年[0-9０-９]+月[0-9０-９]+日|.{1,30}(?:様|殿|各位|御中|あて|宛)"
    r"|(?:広報.{0,12})?(?:原稿|掲載依頼書?|依頼原稿)"
)
"""Lines of a letter that are no words of an article."""

_CAPTION = re.compile(r"[（(［\[]?(?:写真|図|絵)(?:[0-9０-９]+|説明|の説明)?[:：　 ](?P<words>.+?)[）)］\]]?$")
_LONGEST_HEADING = 45
_SIMPLE = ("text", "plain", "paragraphs", "occasions", "contact", "date", "time", "telephone", "mail", "link", "code",
           "person", "amount", "choice", "month", "fiscal_year", "copies")  # fmt: skip
_CATCH_CONTACT = ("電話", "☎", "℡", "FAX", "メール", "担当")


@dataclass(slots=True)
class Draft:
    """``values`` by the names of fields, in the order of the kind; ``leftover`` lines; the ``pictures`` with the value
    they have in the article (``file`` is filled in when they get their names)."""

    kind: Kind
    values: dict[str, Writable] = field(default_factory=dict)
    leftover: list[str] = field(default_factory=list)
    pictures: list[tuple[Shown, dict[str, Writable] | None]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    labels: int = 0

    @property
    def missing(self) -> list[str]:
        """The fields that must be there and are not."""
        return [
            name
            for name, each in self.kind.fields.items()
            if not each.optional and each.default is None and name not in self.values
        ]


def draft_of(kind: Kind, received: Received, pieces: Sequence[Piece], setting: Setting) -> Draft:
    """The article of this kind that the pieces of a file make."""
    return _Drafting(kind, received, setting).made(pieces)


class _Drafting:
    """Makes one draft."""

    def __init__(self, kind: Kind, received: Received, setting: Setting) -> None:
        self._kind, self._received, self._setting = kind, received, setting
        self._draft = Draft(kind)
        self._lines: dict[str, list[Line]] = {}
        self._cells: dict[str, Cell] = {}
        self._renamed: dict[str, str] = {}
        self._body: list[Line] = []
        self._sheet = ""

    def made(self, pieces: Sequence[Piece]) -> Draft:
        titles = [each.title for each in self._kind.fields.values()]
        items = parted(pieces, titles)
        for at, item in enumerate(items):
            if isinstance(item, Labelled):
                self._labelled(item)
            elif isinstance(item, Grid):
                self._grid(item)
            elif isinstance(item, Shown):
                self._picture(item)
            elif not self._caption(item, items[at - 1] if at else None):
                self._body.append(item)
        self._running()
        for name, lines in self._lines.items():
            one = self._kind.fields[name]
            value = value_of(one, lines, self._setting, self._draft.findings, self._cells.get(name), self._sheet)
            if value is not None:
                self._draft.values[name] = value
        self._choices()
        if self._renamed:
            told = "、".join(f"「{label}」を「{title}」" for label, title in self._renamed.items())
            self._tell(note("received-label", f"{told}に入れました。", Where(file=self._received.file)))
        order = [*self._kind.fields, *self._draft.values]
        self._draft.values = {
            name: self._draft.values[name] for name in dict.fromkeys(order) if name in self._draft.values
        }
        return self._draft

    def _tell(self, finding: Finding) -> None:
        self._draft.findings.append(finding)

    def _labelled(self, item: Labelled) -> None:
        fields = self._kind.fields
        liked = [
            (likeness(each.title, item.label), -at, name)
            for at, (name, each) in enumerate(fields.items())
            if each.called in _SIMPLE
        ]
        like, _, name = max(liked, default=(0.0, 0, ""))
        contact = next((each for each, one in fields.items() if one.called == "contact"), "")
        if (
            like < 0.9
            and contact
            and any(folded(each) == folded(item.label) or each == item.label for each in _CATCH_CONTACT)
        ):
            like, name = 0.6, contact
            item.lines = [
                Line((*_label_bits(item), *line.bits)) if at == 0 else line for at, line in enumerate(item.lines)
            ]
        if like < 0.5:
            if self._counted(item):
                return
            self._draft.leftover.append(f"{item.label}　{joined([each.marked for each in item.lines])}".strip(SPACES))
            return
        if not any(each.plain.strip(SPACES) for each in item.lines):
            return  # a field of a form that was left empty
        self._draft.labels += 1
        self._lines.setdefault(name, []).extend(item.lines)
        if item.cell is not None:
            self._cells.setdefault(name, item.cell)
        if folded(item.label) != folded(fields[name].title) or item.label.strip(SPACES) != fields[name].title:
            self._renamed[item.label] = fields[name].title

    def _counted(self, item: Labelled) -> bool:
        """A label with a value that a list of pairs takes: 男 8,540 in the counts of a population."""
        for name, each in self._kind.fields.items():
            if isinstance(each, ListField) and isinstance(each.of, GroupField) and item.cell is not None:
                pair = list(each.of.fields.items())
                if len(pair) == 2 and all(one.called == "text" for _, one in pair):
                    there = self._draft.values.setdefault(name, [])
                    if isinstance(there, list):
                        there.append({pair[0][0]: item.label, pair[1][0]: joined([line.marked for line in item.lines])})
                        return True
        return False

    def _grid(self, grid: Grid) -> None:
        best: tuple[float, str, Fit, GroupField] | None = None
        for name, each in self._kind.fields.items():
            if isinstance(each, ListField) and isinstance(each.of, GroupField) and name not in self._draft.values:
                fit = fit_of(grid, each.of)
                if fit and (best is None or fit.share > best[0]):
                    best = fit.share, name, fit, each.of
        if best:
            self._listed(grid, *best[1:])
        elif self._row_of_fields(grid):
            return
        elif table := next(
            (
                name
                for name, each in self._kind.fields.items()
                if each.called == "table" and name not in self._draft.values
            ),
            "",
        ):
            self._draft.values[table] = {
                "rows": [[cell.marked for cell in row] for row in grid.rows if any(cell.plain for cell in row)]
            }
            self._draft.labels += 2
        else:
            self._rows_left(grid)

    def _listed(self, grid: Grid, name: str, fit: Fit, group: GroupField) -> None:
        filled = filled_list(grid, fit, group, self._setting, self._draft.findings)
        self._draft.values[name] = filled.items
        self._draft.labels += len(fit.columns)
        self._body += [line for cell in filled.above for line in cell.lines]
        for label, title in filled.heads:
            if label != title:
                self._renamed[label] = title
        for label, cell in filled.rest:
            self._draft.leftover.append(f"{cell.row}行目 {label}　{cell.marked}".replace("  ", " "))
        if heads := [grid.rows[fit.head][at].plain for at in fit.others if grid.rows[fit.head][at].plain]:
            told = f"表の列「{'」「'.join(heads)}」は、入れる項目がありません。"
            hint = "言葉は、記事の leftover に残してあります。載せるものを移し、残りの行を消してください。"
            self._tell(warning("received-column", told, Where(file=self._received.file), hint))

    def _row_of_fields(self, grid: Grid) -> bool:
        """A table with one row below its heads, each head the name of a field."""
        said = [row for row in grid.rows if any(each.plain for each in row)]
        if len(said) != 2:
            return False
        titles = [each.title for each in self._kind.fields.values()]
        like = [max((likeness(each, cell.plain) for each in titles), default=0.0) for cell in said[0] if cell.plain]
        if not like or sum(each >= 0.5 for each in like) < max(2, len(like) / 2):
            return False
        self._sheet = grid.sheet
        for head, cell in zip(*said, strict=True):
            if head.plain:
                self._labelled(Labelled(head.plain, list(cell.lines), cell))
            elif cell.plain:
                self._draft.leftover.append(cell.marked)
        return True

    def _rows_left(self, grid: Grid) -> None:
        for row in grid.rows:
            words = [each.marked for each in row if each.plain and not each.copied]
            if words:
                self._draft.leftover.append(" | ".join(words))

    def _picture(self, shown: Shown) -> None:
        name = next((name for name, each in self._kind.fields.items() if each.called == "picture"), "")
        if name and name not in self._draft.values:
            value: dict[str, Writable] = {"file": ""}
            if shown.alt:
                value["alt"] = shown.alt
            self._draft.values[name] = value
            self._draft.pictures.append((shown, value))
        else:
            self._draft.pictures.append((shown, None))

    def _caption(self, line: Line, before: Piece | Labelled | None) -> bool:
        """Whether a line is the caption of the picture before it."""
        value = self._draft.pictures[-1][1] if self._draft.pictures and isinstance(before, Shown) else None
        if value is None or "caption" in value or not (line.caption or _CAPTION.match(line.plain.strip(SPACES))):
            return False
        value["caption"] = line.marked
        return True

    def _running(self) -> None:
        """The heading, the running text, and what of the rest has a place."""
        letter = [each for each in self._body if _LETTER.fullmatch(each.plain.strip(SPACES)) and not each.level]
        self._draft.leftover += [each.marked for each in letter]
        lines = [each for each in self._body if each not in letter]
        heading = self._kind.heading
        if heading and heading not in self._lines and lines:
            levels = [each.level for each in lines if each.level]
            first = next((each for each in lines if levels and each.level == min(levels)), lines[0])
            if first.level or (
                len(first.plain.strip(SPACES)) <= _LONGEST_HEADING and not first.plain.rstrip().endswith("。")
            ):
                lines = [each for each in lines if each is not first]
                self._lines[heading] = [_unmarked(first)]
        body = self._place_of_text()
        if body:
            self._lines.setdefault(body, []).extend(_as_text(each) for each in lines)
            if not self._lines[body]:
                del self._lines[body]
            return
        for line in lines:
            spare = next((each for each in self._spare() if each not in self._lines), "")
            if spare:
                self._lines[spare] = [line]
            else:
                self._draft.leftover.append(line.marked)

    def _place_of_text(self) -> str:
        fields = self._kind.fields
        many = [name for name, each in fields.items() if each.called == "paragraphs"]
        return next((name for name in many if fields[name].role == "body"), many[0] if many else "")

    def _spare(self) -> list[str]:
        """Fields that take a sentence, if there is no running text."""
        fields = self._kind.fields
        return [
            name for name, each in fields.items() if each.called == "text" and each.role in ("note", "lead", "body")
        ]

    def _choices(self) -> None:
        """A word that is none of a setting's words has no place there."""
        for name, value in list(self._draft.values.items()):
            field = self._kind.fields[name]
            words = getattr(field, "of", ())
            if field.called == "choice" and value not in words:
                del self._draft.values[name]
                self._draft.leftover.append(f"{field.title}　{value}")


def _label_bits(item: Labelled) -> tuple[Bit, ...]:
    return (Bit(f"{item.label} "),) if item.label not in ("担当",) else ()


def _unmarked(line: Line) -> Line:
    """A heading without bold, which it has by itself."""
    return replace(line, bits=tuple(replace(each, strong=False) for each in line.bits))


def _as_text(line: Line) -> Line:
    """A heading within the text is a strong paragraph."""
    if not line.level:
        return line
    return replace(line, level=0, bits=tuple(replace(each, strong=True) for each in line.bits))
