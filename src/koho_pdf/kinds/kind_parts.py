"""What is wrong between the parts of a ``kind.yaml``: between its fields and what names them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from koho_pdf.findings import Finding, Where, error
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import GroupField, ListField
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.scalar import Node, Tree


def where_in(tree: Tree, path: str) -> Where:
    """The place of a key of ``kind.yaml``, or of the nearest one around it."""
    return replace(where_of(tree, path), field=path or None)


class Parts:
    """The parts of a kind as they are written (``root``), and the fields as far as they could be read."""

    def __init__(self, tree: Tree, root: Mapping[str, Node], fields: Mapping[str, Any], *, front: bool) -> None:
        self._tree, self._root, self._fields, self._front = tree, root, fields, front

    def wrong(self) -> Iterator[Finding]:
        """Names of fields that are not there, words that nothing says, articles that are called alike."""
        root, fields = self._root, self._fields
        written = root["fields"]
        names = tuple(written) if isinstance(written, dict) else ()
        cover = root.get("cover")
        of = cover.get("of") if isinstance(cover, dict) else None
        covered = [str(name) for name in of] if isinstance(of, list) else []
        called, department = (_text_of(root.get(key)) for key in ("called", "department"))
        kind = Kind("", "", fields, called=called)
        for name in kind.named:
            if name not in names:
                yield self._no_field(name, "called", names)
        if department and not _leads(department.split("."), fields):
            yield self._no_field(department, "department", names)
        for number, name in enumerate(covered):
            if name not in names:
                yield self._no_field(name, f"cover.of.{number}", names)
        yield from self._spoken(names, Kind("", "", fields))
        yield from self._called_alike(fields, _text_of(cover.get("id")) if isinstance(cover, dict) else "")
        for name, field in fields.items():
            yield from self._articles_within(field, f"fields.{name}", may=bool(getattr(field, "section", None)))
        if not self._front:
            yield from self._of_issues(fields)
            return
        if not kind.named and isinstance(root.get("called", ""), str):
            told = "号の呼び名（called）がありません。"
            yield error(
                "missing-field",
                told,
                where_in(self._tree, ""),
                'called: "{title}" のように、項目を { } で書いてください。',
            )
        if cover is not None and not isinstance(of, list):  # told already
            return
        for name, field in fields.items():
            said = field.printed and field.role != "furniture" and name not in kind.named
            if said and name not in covered and not kind.makes_articles(name):
                told = f"項目「{name}」が、どの記事にも入っていません。"
                mend = "cover の of に加えるか、article か section を書いて記事にしてください。"
                yield error("field-in-no-article", told, where_in(self._tree, f"fields.{name}"), mend)

    def _spoken(self, names: tuple[str, ...], kind: Kind) -> Iterator[Finding]:
        """Names in ``spoken`` that are not there, or twice; an issue's articles keep their order."""
        spoken = self._root.get("spoken")
        order, words = (spoken.get(key) if isinstance(spoken, dict) else None for key in ("order", "words"))
        listed = [str(name) for name in order] if isinstance(order, list) else []
        if listed and self._front:
            hint = "号の記事の順は、項目の順です。order の行を消してください。"
            yield error(
                "kind-broken", "号の型に、読み上げの順は書けません。", where_in(self._tree, "spoken.order"), hint
            )
            return
        for number, name in enumerate(listed):
            if name not in names:
                yield self._no_field(name, f"spoken.order.{number}", names)
            elif name in listed[:number]:
                where = where_in(self._tree, f"spoken.order.{number}")
                yield error("kind-broken", f"「{name}」が2度あります。", where, "どちらかを消してください。")
        for path in words if isinstance(words, dict) else ():
            known = path.split(".")[0] in self._fields or path.split(".")[0] not in names
            if known and (astray := kind.astray_in_fields(path)):
                yield self._no_field(astray[0], f"spoken.words.{path}", astray[1])

    def _called_alike(self, fields: Mapping[str, Field], cover: str) -> Iterator[Finding]:
        """Articles of two fields with one id: the page of one would be lost."""
        known = {cover: "cover"} if cover else {}
        for name, field in fields.items():
            for key in filter(None, (field.article, getattr(field, "section", None))):
                if key in known:
                    told = f"記事の名前（id）「{key}」は、「{known[key]}」でも使われています。"
                    yield error("kind-broken", told, where_in(self._tree, f"fields.{name}"), "別の名前にしてください。")
                known.setdefault(key, name)

    def _articles_within(self, field: Field, path: str, *, may: bool) -> Iterator[Finding]:
        """Articles and sections within articles, which nothing would make: only a section holds articles (``may``)."""
        held, inner = (field.of, f"{path}.of") if isinstance(field, ListField) else (field, path)
        for name, each in held.fields.items() if isinstance(held, GroupField) else ():
            where = f"{inner}.fields.{name}"
            for key in ("article", "section"):
                if getattr(each, key, None) and not (may and key == "article"):
                    told = f"記事の中の項目に「{key}」は書けません。"
                    hint = (
                        "記事にできるのは、いちばん上の項目と、章（section）のすぐ中の項目です。行ごと消してください。"
                    )
                    yield error("kind-broken", told, where_in(self._tree, f"{where}.{key}"), hint)
            yield from self._articles_within(each, where, may=False)

    def _of_issues(self, fields: Mapping[str, Field]) -> Iterator[Finding]:
        """What only a kind of issue may have: an article has its own name, and is one article."""
        hint = "号の型（front: true）にだけ書けます。行ごと消してください。"
        wrong = [name for name in ("called", "cover") if self._tree.at(name) is not None]
        wrong += [f"fields.{name}.article" for name, each in fields.items() if each.article]
        wrong += [f"fields.{name}.section" for name, each in fields.items() if getattr(each, "section", None)]
        for path in wrong:
            yield error(
                "kind-broken",
                f"記事の型に「{path.rpartition('.')[2]}」は書けません。",
                where_in(self._tree, path),
                hint,
            )

    def _no_field(self, name: str, path: str, names: tuple[str, ...]) -> Finding:
        near = difflib.get_close_matches(name, names, 1, 0.6)
        hint = (f"「{near[0]}」のことではありませんか。" if near else "") + f"項目: {'・'.join(names)}"
        return error("unknown-field", f"項目「{name[:40]}」はありません。", where_in(self._tree, path), hint)


def _text_of(node: Node | None) -> str:
    return str(node).strip() if isinstance(node, str) else ""


def _leads(path: list[str], fields: Mapping[str, Field]) -> bool:
    """Whether a dotted path leads to a field, through groups."""
    field = fields.get(path[0])
    if field is None or len(path) == 1:
        return field is not None
    if isinstance(field, GroupField):
        return _leads(path[1:], field.fields)
    return len(path) == 2 and path[1] in field.within
