"""An article as it can be made from what was received: the values of a kind's fields, the words that found no place,
and its pictures. Every word is in one of them (``leftover``), or in a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from koho_pdf.findings import Finding, Where, note, warning
from koho_pdf.intake.draft import LETTER, Draft, alike, as_text, is_plain_list, label_bits, pair_of, tells, unmarked
from koho_pdf.intake.labelled import Labelled, parted
from koho_pdf.intake.labels import folded, likeness
from koho_pdf.intake.received import SPACES, Cell, Grid, Line, Piece, Received, Shown, joined, line_of
from koho_pdf.intake.table_lists import Fit, filled_list, fit_of
from koho_pdf.intake.values_of_cells import Setting, in_words, is_valid, value_of
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.types.files import TableField
from koho_pdf.kinds.types.groups import GroupField, ListField
from koho_pdf.manuscript.yaml_writing import Writable

_CAPTION = re.compile(r"[（(［\[]?(?:写真|図|絵)(?:[0-9０-９]+|説明|の説明)?[:：　 ](?P<words>.+?)[）)］\]]?$")
_LONGEST_HEADING = 45
_SOURCE = ("出典", "資料", "出所", "引用")
_WIDEST = 20  # columns of a table (``table_cells``)
_SIMPLE = ("text", "plain", "paragraphs", "occasions", "contact", "date", "time", "telephone", "mail", "link", "code",
           "person", "amount", "choice", "month", "fiscal_year", "copies")  # fmt: skip
_CATCH_CONTACT = ("電話", "☎", "℡", "FAX", "メール", "担当")


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
        self._empty: list[str] = []
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
        if self._empty:
            told = f"「{'」「'.join(self._empty)}」には、何も書かれていません。"
            self._tell(note("received-label", told, Where(file=self._received.file)))
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
            (likeness(each.title, item.name), -at, name)
            for at, (name, each) in enumerate(fields.items())
            if each.called in _SIMPLE or is_plain_list(each)
        ]
        like, _, name = max(liked, default=(0.0, 0, ""))
        contact = next((each for each, one in fields.items() if one.called == "contact"), "")
        if (
            like < 0.9
            and contact
            and any(folded(each) == folded(item.name) or each == item.name for each in _CATCH_CONTACT)
        ):
            like, name = 0.6, contact
            item.lines = [
                Line((*label_bits(item), *line.bits)) if at == 0 else line for at, line in enumerate(item.lines)
            ]
        if like < 0.5:
            if self._counted(item):
                return
            if folded(item.name) in _SOURCE and "source" not in self._draft.values:
                self._draft.values["source"] = joined([each.marked for each in item.lines])
                self._renamed[item.label] = "出典"
                return
            if self._is_time(item):
                return
            if not item.lines and item.cell is not None:
                self._empty.append(item.label)
            else:
                words = f"{item.label}　{joined([each.marked for each in item.lines])}"
                self._draft.leftover.append(words.strip(SPACES))
            return
        if not any(each.plain.strip(SPACES) for each in item.lines):
            self._empty.append(item.label)
            return
        self._draft.labels += 1
        self._lines.setdefault(name, []).extend(item.lines)
        if item.cell is not None:
            self._cells.setdefault(name, item.cell)
        if folded(item.name) != folded(fields[name].title) or item.label.strip(SPACES) != fields[name].title:
            self._renamed[item.label] = fields[name].title

    def _is_time(self, item: Labelled) -> bool:
        """Whether a column 時間 goes on with the column 開催日: 4月4日 and 10:00-15:00 are one 日時."""
        name = next((name for name, each in self._kind.fields.items() if each.called == "occasions"), "")
        day, time = self._lines.get(name, []), joined([each.plain for each in item.lines])
        both = f"{day[0].plain} {time}" if len(day) == 1 and time and item.cell is not None else ""
        words = in_words(both)
        if not both or likeness("時間", item.name) < 0.7 or not is_valid(self._kind.fields[name], words, self._setting):
            return False
        self._lines[name], told = (
            [line_of(words)],
            f"「{item.label}」も日時に入れ、「{both}」を「{words}」と読みました。",
        )
        self._tell(note("received-serial", told, Where(file=self._received.file)))
        return True

    def _counted(self, item: Labelled) -> bool:
        """A label with a value that a list of pairs takes: 男 8,540 in the counts of a population."""
        for name, each in self._kind.fields.items():
            if isinstance(each, ListField) and item.cell is not None and (pair := pair_of(each)):
                there = self._draft.values.setdefault(name, [])
                if isinstance(there, list):
                    there.append({pair[0]: item.label, pair[1]: joined([line.marked for line in item.lines])})
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
        elif self._pairs(grid) or self._row_of_fields(grid):
            return
        elif table := self._table_for(grid):
            rows = [[cell.marked for cell in row] for row in grid.rows if any(cell.plain for cell in row)]
            self._draft.values[table] = {"rows": rows}
            self._draft.labels += alike(self._kind, grid)
        else:
            self._rows_left(grid)

    def _listed(self, grid: Grid, name: str, fit: Fit, group: GroupField) -> None:
        filled = filled_list(grid, fit, group, self._setting, self._draft.findings)
        self._draft.values[name] = filled.items
        self._draft.labels += len(fit.columns) + (
            3 if tells(group, [each.plain for each in grid.rows[fit.head]]) else 0
        )
        self._body += [line for cell in filled.above for line in cell.lines]
        for label, title in filled.heads:
            if label != title:
                self._renamed[label] = title
        rows: dict[int, list[str]] = {}
        for label, cell in filled.rest:
            rows.setdefault(cell.row, []).append(f"{label}　{cell.marked}".strip(SPACES))
        self._draft.leftover += [f"{number}行目 {' ／ '.join(each)}" for number, each in rows.items()]
        if heads := [grid.rows[fit.head][at].plain for at in fit.others if grid.rows[fit.head][at].plain]:
            told = f"表の列「{'」「'.join(heads)}」は、入れる項目がありません。"
            hint = "言葉は、記事の leftover に残してあります。載せるものを移し、残りの行を消してください。"
            self._tell(warning("received-column", told, Where(file=self._received.file), hint))

    def _pairs(self, grid: Grid) -> bool:
        """A table of two columns whose rows are a field each, or a pair of a list: 人口 17,860人, 男 8,540."""
        said = [[cell for cell in row if cell.plain and not cell.copied] for row in grid.rows]
        said = [row for row in said if row]
        titles = [each.title for each in self._kind.fields.values()]
        pairs = [name for name, each in self._kind.fields.items() if isinstance(each, ListField) and pair_of(each)]
        known = any(likeness(title, row[0].plain) >= 0.9 for title in titles for row in said)
        if not pairs or not known or any(len(row) != 2 for row in said):
            return False
        self._sheet = grid.sheet
        for label, cell in said:
            self._labelled(Labelled(label.plain, list(cell.lines), cell))
        return True

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

    def _table_for(self, grid: Grid) -> str:
        """The field for a table as it stands: of a kind whose words are those of the heads of its columns."""
        if len(grid.rows[0]) > _WIDEST or (self._setting.trial and not alike(self._kind, grid)):
            return ""
        return next(
            (
                name
                for name, each in self._kind.fields.items()
                if isinstance(each, TableField) and name not in self._draft.values
            ),
            "",
        )

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
        letter = [each for each in self._body if LETTER.fullmatch(each.plain.strip(SPACES)) and not each.level]
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
                self._lines[heading] = [unmarked(first)]
        body = self._place_of_text()
        if body:
            self._lines.setdefault(body, []).extend(as_text(each) for each in lines)
            if not self._lines[body]:
                del self._lines[body]
            return
        for line in lines:
            if name := next((each for each in self._draft.spare if each not in self._lines), ""):
                self._lines[name] = [line]
            else:
                self._draft.leftover.append(line.marked)

    def _place_of_text(self) -> str:
        fields = self._kind.fields
        many = [name for name, each in fields.items() if each.called == "paragraphs"]
        return next((name for name in many if fields[name].role == "body"), many[0] if many else "")

    def _choices(self) -> None:
        """A word that is none of a setting's words has no place there."""
        for name, value in list(self._draft.values.items()):
            field = self._kind.fields[name]
            words = getattr(field, "of", ())
            if field.called == "choice" and value not in words:
                del self._draft.values[name]
                self._draft.leftover.append(f"{field.title}　{value}")
