"""An article while it is being made from what was received, and the small things that making it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from koho_pdf.findings import Finding
from koho_pdf.intake.labelled import Labelled
from koho_pdf.intake.labels import folded, own_words
from koho_pdf.intake.received import Bit, Grid, Line, Shown
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import GroupField, ListField
from koho_pdf.manuscript.yaml_writing import Writable

_NUMBERED = r"(?:[（(]?[0-9０-９①-⑳]{1,2}[)）.．、]?[ 　]*)?"
LETTER = re.compile(
    r"記|以上|別紙.{0,4}|(?:(?:令和|平成)[0-9０-９元]+|[0-9０-９]{4})年[0-9０-９]+月[0-9０-９]+日|.{1,30}(?:様|殿|各位|御中|あて|宛)"
    r"|.{0,16}[部課局室所館係](?:長|次長|長補佐)|[^ぁ-ん、。]{1,16}[課係局](?:[ 　][^ぁ-ん、。]{1,12})?"
    r"|拝啓|敬具|謹啓|謹白|草々|前略|(?:広報.{0,20})?(?:原稿|掲載依頼書?|依頼原稿)|.{0,30}掲載.{0,12}[（(]依頼[)）]"
    r"|(?:標記|表題)の(?:件|こと)?.{0,8}について.{0,40}|いつも?お世話になって.{0,10}|お世話になって.{0,10}|よろしくお願い.{0,10}"
    rf"|(?:下記|次|以下)の(?:とおり|通り)?.{{0,16}}掲載.{{0,20}}|{_NUMBERED}掲載(?:内容|原稿|希望号?.{{0,12}}|号.{{0,12}})"
)
"""Lines of a letter that are no words of an article."""


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
    def spare(self) -> list[str]:
        """Fields that take a sentence, if there is no running text."""
        fields = self.kind.fields.items()
        return [name for name, each in fields if each.called == "text" and each.role in ("note", "lead", "body")]

    @property
    def missing(self) -> list[str]:
        """The fields that must be there and are not."""
        return [
            name
            for name, each in self.kind.fields.items()
            if not each.optional and each.default is None and name not in self.values
        ]


def alike(kind: Kind, grid: Grid) -> int:
    """How many heads of a table have two letters in a row that the kind has in its words."""
    fields = kind.fields.values()
    said = folded(
        "".join([kind.title, *(f"{each.title} {each.description} {' '.join(each.examples)}" for each in fields)])
    )
    heads = [folded(cell.plain) for cell in grid.rows[0]]
    return sum(any(each[at : at + 2] in said for at in range(len(each) - 1)) for each in heads)


def pair_of(field: ListField) -> tuple[str, str] | None:
    """The two texts of a list of pairs, by their names."""
    inner = list(field.of.fields.items()) if isinstance(field.of, GroupField) else []
    if len(inner) != 2 or any(each.called != "text" for _, each in inner):
        return None
    return inner[0][0], inner[1][0]


def label_bits(item: Labelled) -> tuple[Bit, ...]:
    """A label that goes into the value with it: FAX before a number of a contact."""
    return (Bit(f"{''.join(item.name.split())} "),) if folded(item.name) != "担当" else ()


def unmarked(line: Line) -> Line:
    """A heading without bold, which it has by itself."""
    return replace(line, bits=tuple(replace(each, strong=False) for each in line.bits))


def as_text(line: Line) -> Line:
    """A heading within the text is a strong paragraph."""
    if not line.level:
        return line
    return replace(line, level=0, bits=tuple(replace(each, strong=True) for each in line.bits))


def is_plain_list(field: Field) -> bool:
    """Whether it is a list of texts."""
    return isinstance(field, ListField) and not isinstance(field.of, GroupField)


def tells(group: GroupField, heads: Sequence[str]) -> bool:
    """Whether a head says of what the groups are: イベント種類 of 行事."""
    title = group.fields[group.heading].title if group.heading else ""
    return any(word in folded(head) for word in own_words(title) for head in heads)
