"""What a form asks a department for, from a kind's ``kind.yaml``: each field with its label, limit, choices,
example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.files import TableField
from koho_pdf.kinds.types.groups import GroupField, ListField

ITEM, ANSWER, COUNT, HINT = "項目", "書くところ", "字数", "書き方と例"
"""The heads of the columns of a form."""

ROWS = 15
"""The rows for a list that a kind does not limit."""

_LIMIT = re.compile(r"([0-9]+)字[）)]?(?:まで|くらい|ほど|なら|以内)")
_EXAMPLES = {
    "occasions": "4月1日（木）午前10時から正午まで",
    "date": "4月1日（木）",
    "time": "午後1時30分",
    "telephone": "0164-42-0000",
    "contact": "市民課 0164-42-0000 内線 123",
    "month": "2027年4月",
    "amount": "1,200円",
    "person": "山田 花子（やまだ はなこ）",
    "code": "https://www.city.example.jp/",
    "link": "https://www.city.example.jp/",
    "mail": "koho@city.example.jp",
    "picture": "ファイルの名前を書き、写真（JPEG）は別に送ってください",
    "answer": "true（はい）か、空のまま",
}
_NOT_ASKED = ("articles", "plan", "reference", "contents", "face", "number")


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of a form: its ``label``, how many characters it may have (0: no limit), the words to choose from, what
    to write, and whether it must be there."""

    name: str
    label: str
    limit: int = 0
    choices: tuple[str, ...] = ()
    hint: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class AskedList:
    """A list of a form: its title, a column each, the rows to fill in."""

    label: str
    columns: tuple[Asked, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Form:
    """A kind's form."""

    kind: str
    title: str
    fields: tuple[Asked, ...]
    lists: tuple[AskedList, ...]

    @property
    def head(self) -> str:
        """The line by which a form is known when it comes back."""
        return f"様式: {self.title}（{self.kind}）"


def form_of(kind: Kind) -> Form:
    """The form of a kind of article."""
    fields: list[Asked] = []
    lists: list[AskedList] = []
    for name, each in kind.fields.items():
        if isinstance(each, ListField) and isinstance(each.of, GroupField):
            rows = min(each.most or ROWS, 40)
            lists.append(AskedList(each.title, tuple(_columns(each.of)), rows))
        elif isinstance(each, TableField):
            lists.append(AskedList(each.title, tuple(Asked("", "") for _ in range(8)), ROWS))
        elif isinstance(each, GroupField):
            fields += [_asked(f"{name}.{inner}", one) for inner, one in each.fields.items() if _is_asked(one)]
        elif _is_asked(each):
            fields.append(_asked(name, each))
    return Form(kind.name, kind.title, tuple(fields), tuple(lists))


def words_of(form: Form) -> frozenset[str]:
    """Every word that stands in a form before anybody writes into it, without spaces."""
    asked = [*form.fields, *(each for one in form.lists for each in one.columns)]
    said = [form.head, ITEM, ANSWER, COUNT, HINT, *(each.label for each in form.lists)]
    for each in asked:
        limit = f"{each.limit}字まで。"
        said += [each.label, f"{each.label}＊", each.hint, limit, f"{limit}{each.hint}"]
    return frozenset("".join(each.split()) for each in said)


def _columns(group: GroupField) -> Iterator[Asked]:
    """A column for each field of a group; those of a list within as often as it may have items."""
    for name, each in group.fields.items():
        if isinstance(each, ListField) and isinstance(each.of, GroupField):
            for _ in range(min(each.most or 1, 4)):
                yield from _columns(each.of)
        elif _is_asked(each) and each.called != "picture":
            yield _asked(name, each)


def _is_asked(field: Field) -> bool:
    return field.called not in _NOT_ASKED


def _asked(name: str, field: Field) -> Asked:
    said = _LIMIT.search(field.description or "")
    choices = tuple(getattr(field, "of", ())) if field.called == "choice" else ()
    example = " ／ ".join(field.examples) or _EXAMPLES.get(field.called, "")
    hint = "　".join(filter(None, (field.description, f"例: {example}" if example else "")))
    needed = not field.optional and field.default is None
    return Asked(name, field.title or name, int(said[1]) if said else 0, choices, hint, needed)
