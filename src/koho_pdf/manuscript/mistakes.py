"""Checks a tree with pydantic, and explains mistakes in the owner's words: gives a value, or all mistakes at once.

It works with any closed, frozen model (``group.Group``) whose titles, descriptions and examples are Japanese. Each
mistake has its file, line, column and field, and says how to mend it.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.encoding import FINDINGS_LIMIT
from koho_pdf.manuscript.formats import newer_format
from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.paths import above
from koho_pdf.manuscript.places import Loc, Place, fields_of, groups_in, model_at, place_at
from koho_pdf.manuscript.refusal import Refusal, Unreadable
from koho_pdf.manuscript.scalar import Block, Node, Scalar, Tree
from koho_pdf.manuscript.syntax import over_lines

M = TypeVar("M", bound=Group)


def checked(tree: Tree, model: type[M], context: Mapping[str, object] | None = None) -> tuple[M | None, list[Finding]]:
    """The tree as the model; None if there are mistakes. The findings are those of reading, every mistake, and those
    that field types have put into ``warnings`` of their context (pairs of a field's path and a finding); unsorted and
    not limited (``encoding.capped``). For a file of a newer format there is only that finding.
    """
    if newer := newer_format(tree):
        return None, [newer]
    warned: list[tuple[str, Finding]] = []
    value: M | None = None
    findings = list(tree.findings)
    try:
        value = model.model_validate(tree.root, context={**(context or {}), "warnings": warned})
    except ValidationError as failure:
        for mistake in _first_mistakes(failure, tree, model):
            findings += _findings(mistake, tree, model)
    findings += [replace(each, where=where_of(tree, path)) for path, each in dict.fromkeys(warned)]
    return value, findings


def where_of(tree: Tree, path: str) -> Where:
    """The place of a field; if it is missing, the place of the nearest group around it."""
    tree = tree.of(path)
    node = tree.at(path)
    known = path
    while known and known not in tree.lines:
        known = above(known)
    text = node if isinstance(node, Scalar) and node.field == path else None
    column, length = (text.column, len(text)) if text is not None else (None, None)
    return Where(file=tree.file, line=tree.lines.get(known, 1), column=column, field=path, length=length)


def _first_mistakes(failure: ValidationError, tree: Tree, model: type[Group]) -> list[Any]:
    """pydantic's errors in the order of their lines, at most as many as can be told; without those about a text that
    was not read, about a name that is missing only because it is misspelt or in another group, and without those about
    which everything is told elsewhere.
    """
    mistakes = [each for each in failure.errors(include_url=False) if not _is_silent(each)]
    unknown = [mistake["loc"] for mistake in mistakes if mistake["type"] == "extra_forbidden"]
    meant = {_meant(loc, model) for loc in unknown[: FINDINGS_LIMIT + 1]}
    placed = [
        (_path(mistake["loc"], tree), mistake)
        for mistake in mistakes
        if mistake["type"] != "missing" or not meant & {mistake["loc"], mistake["loc"][-1:]}
    ]
    known = [
        (where_of(tree, path).line or 0, mistake)
        for path, mistake in placed
        if not any(
            path == lost or path.startswith(lost + ".") or lost in (f"{path}.text", f"{path}.media")
            for lost in tree.unread
        )
    ]
    return [mistake for _, mistake in sorted(known, key=lambda each: each[0])[: FINDINGS_LIMIT + 1]]


def _is_silent(mistake: Any) -> bool:
    """Whether it is a refusal without a finding: what is wrong with an article is told by its own path."""
    refused = mistake.get("ctx", {}).get("error")
    return isinstance(refused, Refusal) and not refused.findings


def _findings(mistake: Any, tree: Tree, model: type[Group]) -> list[Finding]:
    """The findings for one of pydantic's errors, with their place."""
    loc, found = mistake["loc"], mistake.get("ctx", {}).get("error")
    place = place_at(model, loc)
    where = where_of(tree, _path(loc, tree))
    if isinstance(mistake["input"], Block) and not place.takes_lines:
        return [replace(over_lines(), where=where)]
    if isinstance(found, Unreadable):
        told = [_unreadable(each, found.hint, place, where) for each in found.values]
        return [each for each in told if each.where.field not in tree.unread]
    if isinstance(found, Refusal):
        raw = [_needed(each, place, model) for each in found.findings]
    else:
        raw = _shape_findings(mistake, place, model)
    return [replace(each, where=_within(each.where, where, tree)) for each in raw]


def _path(loc: Loc, tree: Tree) -> str:
    return tree.prefix + ".".join(map(str, loc))


def _needed(found: Finding, place: Place, model: type[Group]) -> Finding:
    """The finding; for a required text that is empty, without the advice to leave its line out."""
    needed = found.code == "empty-text" and place.is_required
    return replace(found, hint=f"{model.word}を書いてください。なくてはならない項目です。") if needed else found


def _within(own: Where, where: Where, tree: Tree) -> Where:
    """The place of a finding about a field; its ``own`` place may be in a file that the field names."""
    if own.file is None and own.line is not None:  # a paragraph of a text
        return replace(own, file=where.file)
    if own.file is None:
        return where
    return replace(where, file=str(PurePosixPath(tree.folder) / own.file), line=own.line, column=own.column)


def _shape_findings(mistake: Any, place: Place, model: type[Group]) -> list[Finding]:
    """Findings about names, lists, groups and values, without their place."""
    kind, loc, given = mistake["type"], mistake["loc"], mistake["input"]
    ctx, name = mistake.get("ctx", {}), str(loc[-1]) if loc else ""
    if kind == "missing":
        written = f"「{name}: {place.example}」のように" if place.example else f"「{name}: 」の行を"
        hint = f"{written}書き足してください。"
        return [error("missing-field", f"項目「{name}」（{place.title or name}）がありません。", hint=hint)]
    if kind == "extra_forbidden":
        return [_unknown_field(name, loc, model)]
    if kind in ("too_short", "too_long"):
        return _count_findings(kind, given, ctx, place, model)
    if kind in ("tuple_type", "list_type"):
        if isinstance(given, str) and not given.strip():
            return [_empty_list(model)]
        hint = f"次の行から、「- {model.word}」を1行に1つずつ、字下げして書いてください。"
        return [error("not-a-list", "一覧を書くところです。", hint=hint)]
    if kind == "dict_type":
        entry = f"「{place.entry}」のように、" if place.entry else f"「名前: {model.word}」を"
        hint = f"次の行から、{entry}1行に1つずつ、字下げして書いてください。"
        return [error("not-a-group", "名前を付けて並べるところです。", hint=hint)]
    if kind in ("model_type", "model_attributes_type"):
        names = "、".join(fields_of(place.model or model))
        hint = f"次の行から、「名前: {model.word}」を字下げして書いてください。"
        return [error("not-a-group", f"項目のまとまり（{names}）を書くところです。", hint=hint)]
    return [_unreadable(given if isinstance(given, str) else "", place.description, place, Where())]


def _count_findings(kind: str, given: Node, ctx: Any, place: Place, model: type[Group]) -> list[Finding]:
    least, most = ctx.get("min_length"), ctx.get("max_length")
    count = len(given)
    if not count:
        return [_empty_list(model)]
    if (least is not None and count >= least) or (most is not None and count <= most):
        return []
    wanted = f"{least}つ以上" if least is not None and kind == "too_short" else f"{most}つまで"
    wanted = f"{place.exact_count}つ" if place.exact_count else wanted
    return [
        error(
            "wrong-count",
            f"{count}つあります。ここは{wanted}です。",
            hint="多い分を消すか、足りない分を書き足してください。",
        )
    ]


def _empty_list(model: type[Group]) -> Finding:
    hint = f"次の行から、「- {model.word}」を1つ以上書いてください。"
    return error("empty-list", "一覧が空です。", hint=hint)


def _unreadable(value: str, hint: str, place: Place, where: Where) -> Finding:
    """The finding about a value of the wrong type; in a list, at the value's own place."""
    if isinstance(value, Scalar) and value.field:
        where = replace(where, line=value.line, column=value.column, field=value.field)
    if not value.strip():
        more = "なくてはならない項目です。" if place.is_required else "要らなければ、行ごと消してください。"
        return error("empty-text", "中身がありません。", where, hint + more)
    return error("value-not-understood", f"「{value[:40]}」は、{place.title or '値'}として読めません。", where, hint)


def _unknown_field(name: str, loc: Loc, model: type[Group]) -> Finding:
    """The finding about an unknown name, with the most similar known name, or the place where it belongs."""
    group = model_at(model, loc[:-1])
    if issubclass(group, Group) and (told := group.out_of_place(name)):
        return told
    meant = str(_meant(loc, model)[-1])
    elsewhere = [outer for outer, fields in groups_in(model) if meant in fields]
    fields = fields_of(group)
    if any(field.title == name for field in fields.values()):
        hint = f"「{meant}」と書いてください。"
    elif meant in fields:
        hint = f"「{meant}」のことではありませんか。"
    elif elsewhere:
        hint = f"「{meant}」は {elsewhere[0]} の中の項目です。行の頭の空白を確かめてください。"
    else:
        hint = "ここに書ける項目: " + "、".join(sorted(fields, key="format".__eq__))
    return error("unknown-field", f"項目「{name[:40]}」は、ここでは使えません。", hint=hint)


def _meant(loc: Loc, model: type[BaseModel]) -> Loc:
    """The probable meaning of an unknown name: a similar name of its group, or the same name in another group; empty if
    nothing is similar.
    """
    name, fields = str(loc[-1]), fields_of(model_at(model, loc[:-1]))
    plain = unicodedata.normalize("NFKC", name).strip().lower()
    titles = {field.title: key for key, field in fields.items()}
    if name in titles:
        return (*loc[:-1], titles[name])
    if plain not in fields and any(plain in inner for _, inner in groups_in(model)):
        return (plain,)
    near = difflib.get_close_matches(plain, list(fields), 1, 0.5)
    return (*loc[:-1], near[0] if near else "")
