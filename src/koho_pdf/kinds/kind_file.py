"""Reads ``kind.yaml`` into a ``Kind``; tells the designer every mistake at once with its line."""

from __future__ import annotations

import difflib
import keyword
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field as Told
from pydantic import Strict

from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.issue import Issue
from koho_pdf.content.values.ids import Id
from koho_pdf.content.values.model import Answer, Closed, Plain
from koho_pdf.errors import LayoutError
from koho_pdf.findings import Finding, Where, error, errors_in
from koho_pdf.kinds.grouped import Item
from koho_pdf.kinds.kind import Cover, Kind
from koho_pdf.kinds.kind_parts import Parts, where_in
from koho_pdf.kinds.read_aloud import Spoken
from koho_pdf.kinds.types import TYPES
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import GroupField, ListField, Members
from koho_pdf.kinds.types.issue_articles import ArticlesField
from koho_pdf.kinds.types.numbers import NumberField
from koho_pdf.kinds.types.texts import TextField
from koho_pdf.manuscript.formats import Format, newer_format
from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.mistakes import checked
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Node, Scalar, Tree

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_OURS = frozenset(("kind", "described", "unprinted", "format", "id", "media", "field", "called"))
_DEPTH = 8  # groups in lists in groups
_Names = Annotated[tuple[Plain, ...], Strict(False)]


class _Cover(Group):
    id: Id = Told(title="記事の名前", description="表紙の記事の名前（id）。")
    of: _Names = Told(min_length=1, title="項目", description="表紙の記事になる項目の名前、この順に。")


class _Spoken(Group):
    order: _Names = Told(
        default=(), title="順", description="先に読み上げる項目の名前を、この順に。書かない項目は、その後に続きます。"
    )
    words: dict[str, Plain] = Told(
        default={},
        title="言葉",
        description="項目の名前と、その前に読み上げる言葉。まとまりの中の項目は「event.when」のように書きます。",
        examples=[{"when": "開催する日と時間"}],
    )


class KindFile(Group):
    """The keys of ``kind.yaml``."""

    format: Format = Told(title="書き方の番号", description="このファイルの書き方の番号。", examples=[1])
    title: Plain = Told(title="題", description="型の日本語の名前。例: 市政執行リーフレット")
    front: Answer = Told(default=False, title="号の原稿", description="true なら、号1つの原稿（issue.yaml）の型です。")
    called: Plain = Told(default="", title="呼び名", description="号の呼び名。項目は { } で。例: {fiscal_year} {title}")
    repeats: Answer = Told(
        default=False,
        title="毎号",
        description="true なら、毎号載る記事です（休日当番医、人口など）。koho new --from が次の号に写します。",
    )
    print_only: Answer = Told(
        default=False,
        title="紙面だけ",
        description="true なら、この型の記事は紙面だけに載ります（お誕生・お悔やみなど）。ほかの版には出ません。",
    )
    mark: Plain = Told(
        default="",
        title="印",
        description="紙面でこの記事に必ず付く言葉。同じ mark のある領域にだけ置けます。",
        examples=["広告"],
    )
    department: Plain = Told(default="", title="担当課", description="担当課の名前がある項目。例: contact.section")
    cover: _Cover | None = Told(default=None, title="表紙の記事", description="いちばん上の項目を合わせた記事。")
    spoken: _Spoken | None = Told(
        default=None,
        title="読み上げ",
        description="テキスト版（音訳・点訳）での順と言葉。なければ、項目の順と題のとおりです。",
    )
    fields: Members = Told(title="項目", description="項目の名前と型を、読む順に。")


def read_kind(folder: Path, root: Path) -> Kind:
    """The kind in ``folder``; ``root`` is the workspace that findings name files from.

    Raises LayoutError with every mistake of ``kind.yaml``, ManuscriptError when the YAML itself cannot be read.
    """
    return kind_of(folder.name, read(folder / "kind.yaml", root))


def kind_of(name: str, tree: Tree) -> Kind:
    """The kind called ``name`` that a tree describes. Raises LayoutError."""
    reading = _Reading(tree)
    top = reading.top()
    found = tuple(dict.fromkeys([*errors_in(tree.findings), *reading.found]))
    if top is None or found:
        first, *others = sorted(found, key=lambda each: each.where.line or 0)
        raise LayoutError(replace(first, hint=f"{first.hint}\n{_OWNER}"), *others)
    cover = Cover(top.cover.id, top.cover.of) if top.cover else None
    spoken = Spoken(top.spoken.order, top.spoken.words) if top.spoken else Spoken()
    said = (top.called, top.department, cover, spoken, top.repeats, top.print_only, top.mark.strip())
    return Kind(name, top.title, top.fields, top.front, *said)


class _Reading:
    """Reads one ``kind.yaml``, collecting its mistakes in ``found``."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self.found: list[Finding] = []
        self._front = False
        self._groups: dict[str, str] = {}  # the names of groups, with the first place of each

    def top(self) -> KindFile | None:
        root = dict(self._tree.root) if isinstance(self._tree.root, dict) else {}
        if newer := newer_format(self._tree):
            self.found.append(newer)
            return None
        front = str(root.get("front", "")).strip()
        self._front = front == "true" or (front not in ("", "false") and "called" in root)  # told as a word not known
        base = Issue if self._front else ArticleManuscript
        fields = self._fields(root["fields"], "fields", 0, base) if "fields" in root else None
        top: KindFile | None = self._made(KindFile, {**root, **({"fields": fields} if fields is not None else {})}, "")
        if isinstance(fields, Mapping) and fields:
            self.found += Parts(self._tree, root, fields, front=self._front).wrong()
        return top

    def _fields(self, node: Node | None, path: str, depth: int, above: type[Closed]) -> dict[str, Field] | Node | None:
        """The fields of a group by their names; if it is not a group, pydantic tells it."""
        if not isinstance(node, dict) or not node:
            return node
        fields: dict[str, Field] = {}
        for name, each in node.items():
            where = f"{path}.{name}"
            if _is_taken(name, above) or (name == "place" and path.endswith(".of.fields")):  # ``Item.place``
                told = f"項目の名前「{name[:40]}」は使えません。"
                hint = (
                    "半角の英小文字で始め、英小文字、数字、_ だけで書いてください。決まった意味のある名前は使えません。"
                )
                self.found.append(error("field-name", told, self._where(where), hint))
                self._field(each, where, depth)
            elif (field := self._field(each, where, depth)) is not None:
                fields[name] = field
        return fields

    def _field(self, node: Node, path: str, depth: int) -> Field | None:
        if isinstance(node, str):  # a list's ``of: text``
            node = {"type": node}
        if not isinstance(node, dict):
            self._tell("not-a-group", "項目の型（type: text など）を書くところです。", path, _ONE_FIELD)
            return None
        type_ = node.get("type")
        if not isinstance(type_, str) or type_ not in TYPES:
            self._wrong_type(type_, path)
            near = difflib.get_close_matches(str(type_), TYPES, 1, 0.5)
            self._others(node, path, depth, TYPES[near[0]] if near else None)
            return None
        if TYPES[type_] is ArticlesField and (depth or not self._front):
            hint = "号の型（front: true）の、いちばん上の項目にしてください。"
            self._tell("kind-broken", "ここには、記事の並び（articles）を置けません。", path, hint)
            return None
        if depth > _DEPTH:
            self._tell("nested-too-deeply", "項目が深すぎます。", path, f"{_DEPTH}段までにしてください。")
            return None
        made, whole = self._options(TYPES[type_], node, path, depth)
        return made if whole else None

    def _options(self, model: type[Field], node: dict[str, Node], path: str, depth: int) -> tuple[Field | None, bool]:
        """The options of a field of some type, and whether what it holds could be read too."""
        given: dict[str, Any] = dict(node)
        whole = True
        if "fields" in given:
            given["fields"] = self._fields(given["fields"], f"{path}.fields", depth + 1, Item)
        if model is ListField and "of" in given:
            of = self._field(given["of"], f"{path}.of", depth + 1)
            given["of"], whole = of or _ANY, of is not None
        made: Field | None = self._made(model, given, path)
        return made, whole

    def _wrong_type(self, type_: Node | None, path: str) -> None:
        if not isinstance(type_, str):
            self._tell("missing-field", "項目の型（type）がありません。", path, _ONE_FIELD)
        else:
            near = difflib.get_close_matches(str(type_), TYPES, 1, 0.5)
            meant = f"「{near[0]}」のことではありませんか。" if near else ""
            hint = f"{meant}型: {'・'.join(TYPES)}"
            self._tell("unknown-type", f"「{type_[:20]}」という型はありません。", f"{path}.type", hint)

    def _others(self, node: dict[str, Node], path: str, depth: int, meant: type[Field] | None) -> None:
        """What else is wrong with a field whose type is not known: told with it, as for the type that was probably
        meant, else only what every type has."""
        if depth > _DEPTH:
            return
        if meant is None:
            given = {key: each for key, each in node.items() if key in Field.model_fields}
            if isinstance(fields := node.get("fields"), dict):
                self._fields(fields, f"{path}.fields", depth + 1, Item)
            self._options(TextField, {**given, "type": Scalar("text")}, path, depth)
        else:
            self._options(meant, {**node, "type": Scalar(meant.called)}, path, depth)

    def _made(self, model: Any, given: dict[str, Any], path: str) -> Any:
        """The options of a field, read by its type; mistakes are told."""
        made, found = checked(_part(self._tree, path, given), model)
        self.found += [self._above(each, path) for each in found]
        if isinstance(made, Field) and made.default is not None and not made.takes_default:
            hint = "default を書けるのは、1つの文章や値で書く項目です。"
            self._tell("kind-broken", "ここには default を書けません。", f"{path}.default", hint)
        elif isinstance(made, Field):
            try:
                _ = made.default_text
            except Refusal as refused:
                self.found += [replace(each, where=self._where(f"{path}.default")) for each in refused.findings]
        if isinstance(made, GroupField):
            first = self._groups.setdefault(made.name, path)
            if first != path or not re.fullmatch(r"[A-Z][A-Za-z0-9]{0,39}", made.name):
                hint = "半角の英大文字で始まる英数字で、ほかのまとまりとは違う名前にしてください。例: Pillar"
                self._tell("field-name", f"まとまりの名前「{made.name[:40]}」は使えません。", f"{path}.name", hint)
        if isinstance(made, NumberField) and made.least > made.most:
            self._tell("kind-broken", "most が least より小さくなっています。", f"{path}.most", _AT_MOST)
        if isinstance(made, ListField) and not made.of.in_lists:
            alone = f"{made.of.called} は、それだけでいくつも並べられます。"
            hint = ("" if isinstance(made.of, ListField) else alone) + "まとまり（type: group）の中になら入れられます。"
            self._tell("kind-broken", f"型「{made.of.called}」は、一覧の中身にできません。", f"{path}.of", hint)
        if isinstance(made, ListField):
            if (made.section or made.numbered) and not isinstance(made.of, GroupField):
                hint = "section と numbered は、of がまとまり（type: group）の一覧にだけ書けます。"
                self._tell("kind-broken", "章や番号を付けられない一覧です。", path, hint)
            if made.most is not None and made.most < max(made.least, 1):
                self._tell("kind-broken", "most が least より小さくなっています。", f"{path}.most", _AT_MOST)
        return made

    def _tell(self, code: str, message: str, path: str, hint: str) -> None:
        self.found.append(error(code, message, self._where(path), hint))

    def _above(self, found: Finding, path: str) -> Finding:
        """A finding of a part, with its whole path."""
        return replace(found, where=self._where(".".join(filter(None, (path, found.where.field)))))

    def _where(self, path: str) -> Where:
        return where_in(self._tree, path)


_ANY = GroupField.model_construct(type="group", name="Any", fields={})
"""Stands for the items of a list that could not be read: these, too, may have sections and numbers."""
_OWNER = "kind.yaml はデザイナーのファイルです。号の原稿のせいではありません。"
_AT_MOST = "most（多くとも）は、least（少なくとも）と同じか、それより大きい数にしてください。"
_ONE_FIELD = "次の行から「type: text」と「title: 見出し」のように、字下げして書いてください。"


def _is_taken(name: str, above: type[Closed]) -> bool:
    """Whether a field cannot have this name: it is not a valid name, or has another meaning."""
    if not _NAME.fullmatch(name) or keyword.iskeyword(name) or name.startswith("model_") or name in _OURS:
        return True
    return name in above.model_fields or (name != "place" and hasattr(above, name))


def _part(tree: Tree, path: str, given: dict[str, Any]) -> Tree:
    """The node at a dotted path as a tree of its own."""
    if not path:
        return replace(tree, root=given, findings=())
    lines = {"": tree.lines.get(path, 1)}
    lines |= {each.removeprefix(f"{path}."): line for each, line in tree.lines.items() if each.startswith(f"{path}.")}
    unread = {each.removeprefix(f"{path}.") for each in tree.unread if each.startswith(f"{path}.")}
    return Tree(tree.file, given, lines, (), frozenset(unread))
