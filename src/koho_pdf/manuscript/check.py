"""pydantic's judgement of a tree, in the words of the trade: an ``Issue``, or all that is wrong with it at once."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding, Where, error, errors_in
from koho_pdf.manuscript.encoding import FINDINGS_LIMIT, capped
from koho_pdf.manuscript.habits import habits
from koho_pdf.manuscript.model import Issue, not_here
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Node, Scalar, Tree

I = TypeVar("I", bound=Issue)  # noqa: E741


@dataclass(frozen=True, slots=True)
class Checked(Generic[I]):
    """An issue that can be printed, with the warnings there are about its manuscript."""

    issue: I
    findings: tuple[Finding, ...]


def check(tree: Tree, kind: type[I], *, folder: Path, layouts: Sequence[str]) -> Checked[I]:
    """Check a tree against the kind of issue it is to be.

    ``folder`` is the issue's own, where its pictures are; ``layouts`` are the names of those there are.
    Raises ``ManuscriptError`` with every mistake, those of reading included.
    """
    findings = [*tree.findings, *_unknown_layout(tree, layouts)]
    issue: I | None = None
    warned: list[tuple[str, Finding]] = []  # by the field that each is about
    try:
        issue = kind.model_validate(tree.root, context={"folder": folder, "warnings": warned})
    except ValidationError as failure:
        findings += findings_of(failure, tree, kind)
    findings += [replace(each, where=_where(tree, path)) for path, each in dict.fromkeys(warned)]
    told = capped([*findings, *habits(tree, kind, issue)], tree.file)
    if issue is None or errors_in(told):
        raise ManuscriptError(*told)
    return Checked(issue, told)


def findings_of(failure: ValidationError, tree: Tree, model: type[Any]) -> list[Finding]:
    """What pydantic refused of a tree, as findings with their places."""
    return [found for mistake in _first_mistakes(failure, tree, model) for found in _findings(mistake, tree, model)]


def layout_named(tree: Tree) -> str | None:
    """The name of the layout a manuscript asks for, if it says one; known before anything else is checked."""
    name = tree.root.get("layout") if isinstance(tree.root, dict) else None
    return str(name) if isinstance(name, Scalar) and name.strip() else None


def _unknown_layout(tree: Tree, layouts: Sequence[str]) -> list[Finding]:
    name = layout_named(tree)
    if name is None or name in layouts or "layout" in tree.unread:
        return []
    near = difflib.get_close_matches(name, layouts, 1, 0.5)
    there = "、".join(f"「{layout}」" for layout in sorted(layouts)) or "まだ1つもありません"
    hint = f"「{near[0]}」のことではありませんか。" if near else ""
    where = _where(tree, "layout")
    return [
        error(
            "unknown-layout",
            f"「{name[:40]}」というレイアウトはありません。",
            where,
            f"{hint}使えるレイアウト: {there}",
        )
    ]


def _first_mistakes(failure: ValidationError, tree: Tree, kind: type[Issue]) -> list[Any]:
    """pydantic's errors in the order of their lines, no more than can be told, none about a text that was not read,
    and none about a name that is missing only because it stands there misspelt or in another group."""
    mistakes = failure.errors(include_url=False)
    unknown = [mistake["loc"] for mistake in mistakes if mistake["type"] == "extra_forbidden"]
    meant = {_meant(loc, kind) for loc in unknown[: FINDINGS_LIMIT + 1]}
    placed = [
        (".".join(map(str, mistake["loc"])), mistake)
        for mistake in mistakes
        if mistake["type"] != "missing" or not meant & {mistake["loc"], mistake["loc"][-1:]}
    ]
    known = [
        (_where(tree, path).line or 0, mistake)
        for path, mistake in placed
        if not any(
            path == lost or path.startswith(lost + ".") or lost in (f"{path}.text", f"{path}.media")
            for lost in tree.unread
        )
    ]
    return [mistake for _, mistake in sorted(known, key=lambda each: each[0])[: FINDINGS_LIMIT + 1]]


def _findings(mistake: Any, tree: Tree, kind: type[Issue]) -> list[Finding]:
    """One of pydantic's errors as findings with their place."""
    path = ".".join(str(part) for part in mistake["loc"])
    given, found = mistake["input"], mistake.get("ctx", {}).get("error")
    if isinstance(found, Refusal):
        raw = [_needed(each, mistake["loc"], kind) for each in found.findings]
    else:
        raw = _shape_findings(mistake["type"], mistake["loc"], given, mistake.get("ctx", {}), kind)
    where = _where(tree, path)
    return [replace(each, where=_within(each.where, where)) for each in raw]


def _needed(found: Finding, loc: tuple[int | str, ...], kind: type[Issue]) -> Finding:
    """The finding; of an empty text that must be there, not with the advice to leave its line out."""
    field = _model_at(kind, loc[:-1]).model_fields.get(str(loc[-1])) if loc else None
    needed = found.code == "empty-text" and field is not None and field.is_required()
    return replace(found, hint="文章を書いてください。なくてはならない項目です。") if needed else found


def _within(own: Where, where: Where) -> Where:
    """The place of a finding about a field, which may have one of its ``own`` in a file that the field names."""
    if own.file is None or where.file is None:
        return where
    return replace(where, file=str(PurePosixPath(where.file).parent / own.file), line=own.line, column=own.column)


def _shape_findings(type_: str, loc: tuple[int | str, ...], given: Node, ctx: Any, kind: type[Issue]) -> list[Finding]:
    """Findings about names, lists and groups, without their place."""
    name = str(loc[-1]) if loc else ""
    if type_ == "missing":
        title = _title(kind, loc)
        return [
            error(
                "missing-field",
                f"項目「{name}」（{title}）がありません。",
                hint=f"「{name}: 」の行を書き足してください。",
            )
        ]
    if type_ == "extra_forbidden":
        return [_unknown_field(name, loc, kind)]
    if type_ in ("too_short", "too_long"):
        least, most = ctx.get("min_length"), ctx.get("max_length")
        count = len(given)
        if not count:
            return [_empty_list()]
        if (least is not None and count >= least) or (most is not None and count <= most):
            return []
        wanted = f"{least}つ以上" if least is not None and type_ == "too_short" else f"{most}つまで"
        exact = _exact_count(kind, loc)
        wanted = f"{exact}つ" if exact else wanted
        return [
            error(
                "wrong-count",
                f"{count}つあります。ここは{wanted}です。",
                hint="多い分を消すか、足りない分を書き足してください。",
            )
        ]
    if type_ == "tuple_type":
        if isinstance(given, str) and not given.strip():
            return [_empty_list()]
        return [
            error(
                "not-a-list",
                "一覧を書くところです。",
                hint="次の行から、「- 文章」を1行に1つずつ、字下げして書いてください。",
            )
        ]
    names = "、".join(_fields(_model_at(kind, loc)))
    return [
        error(
            "not-a-group",
            f"項目のまとまり（{names}）を書くところです。",
            hint="次の行から、「名前: 文章」を字下げして書いてください。",
        )
    ]


def _empty_list() -> Finding:
    return error("empty-list", "一覧が空です。", hint="次の行から、「- 文章」を1つ以上書いてください。")


def _unknown_field(name: str, loc: tuple[int | str, ...], kind: type[Issue]) -> Finding:
    """The finding for a name the model does not know, with the nearest that it does, or the place it belongs to."""
    if name == "media":
        return not_here()
    model = _model_at(kind, loc[:-1])
    meant = str(_meant(loc, kind)[-1])
    elsewhere = [group for group, fields in _groups(kind) if meant in fields]
    if any(field.title == name for field in model.model_fields.values()):
        hint = f"「{meant}」と書いてください。"
    elif meant in model.model_fields:
        hint = f"「{meant}」のことではありませんか。"
    elif elsewhere:
        hint = f"「{meant}」は {elsewhere[0]} の中の項目です。行の頭の空白を確かめてください。"
    else:
        hint = "ここに書ける項目: " + "、".join(_fields(model))
    return error("unknown-field", f"項目「{name[:40]}」は、ここでは使えません。", hint=hint)


def _meant(loc: tuple[int | str, ...], kind: type[Issue]) -> tuple[int | str, ...]:
    """Where a name the model does not know was probably meant to stand: as a name of its group that it is like, or,
    where it is a name of another group, that name alone; empty text when nothing is like it."""
    name, model = str(loc[-1]), _model_at(kind, loc[:-1])
    plain = unicodedata.normalize("NFKC", name).strip().lower()
    titles = {field.title: key for key, field in model.model_fields.items()}
    if name in titles:
        return (*loc[:-1], titles[name])
    if plain not in model.model_fields and any(plain in fields for _, fields in _groups(kind)):
        return (plain,)
    near = difflib.get_close_matches(plain, _fields(model), 1, 0.5)
    return (*loc[:-1], near[0] if near else "")


def _where(tree: Tree, path: str) -> Where:
    """The place of a field; of the nearest group around it when it is not there itself."""
    node = tree.at(path)
    known = path
    while known not in tree.lines:
        known = known.rpartition(".")[0]
    column = node.column if isinstance(node, Scalar) and node.field == path else None
    return Where(file=tree.file, line=tree.lines[known], column=column, field=path)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """The models an annotation holds: ``Four[Pillar]``, ``Picture | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models_in(inner)]


def _model_at(kind: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel]:
    """The model that stands at a place of the tree."""
    model = kind
    for part in loc:
        field = model.model_fields.get(str(part))
        inner = _models_in(field.annotation) if field else []
        model = inner[0] if inner else model
    return model


def _fields(model: type[BaseModel]) -> list[str]:
    return list(model.model_fields)


def _groups(model: type[BaseModel]) -> list[tuple[str, list[str]]]:
    """Every field of a model that holds a group, with the names in that group, the outer first."""
    found: list[tuple[str, list[str]]] = []
    for name, field in model.model_fields.items():
        for inner in _models_in(field.annotation):
            found += [(name, _fields(inner)), *_groups(inner)]
    return found


def _title(kind: type[BaseModel], loc: tuple[int | str, ...]) -> str:
    return _model_at(kind, loc[:-1]).model_fields[str(loc[-1])].title or str(loc[-1])


def _exact_count(kind: type[BaseModel], loc: tuple[int | str, ...]) -> int | None:
    """How many items a list must have, where it must have exactly so many."""
    bounds = _model_at(kind, loc[:-1]).model_fields[str(loc[-1])].metadata
    least = next((b.min_length for b in bounds if hasattr(b, "min_length")), None)
    most = next((b.max_length for b in bounds if hasattr(b, "max_length")), None)
    return least if least == most else None
