"""The page plan of an issue (台割)."""

from __future__ import annotations

import difflib
from typing import Annotated, Any, ClassVar

from pydantic import PlainValidator, WithJsonSchema

from koho_pdf.content.plan import INKS, PAGE, Plan, PlannedPage, regions_in
from koho_pdf.findings import Finding, Where, error
from koho_pdf.kinds.types.field import Field
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Block, Node, Scalar

SETS = ("process4", "kc", "k", "spot")  # ``koho_pdf.press.profile_yaml.INKS``, which knows what each is
_HINT = "「- notices: {main: [shakai, radio]}」のように、ページの型の名前、領域の名前、記事の名前を書いてください。"


class PlanField(Field):
    """The pages of an issue in order, and which articles stand in their regions. A setting that no page prints."""

    called: ClassVar = "plan"
    label: ClassVar = "台割"
    about: ClassVar = "どのページのどの領域に、どの記事が載るか。"
    printed: ClassVar = False
    takes_default: ClassVar = False
    one_line: ClassVar = False
    in_lists: ClassVar = False

    def annotation(self) -> Any:
        ids = {"type": "array", "items": {"type": ["string", "object"]}}
        regions = {"type": "object", "additionalProperties": ids}
        page = {"type": "object", "properties": {PAGE: {"type": "string"}, INKS: {"enum": list(SETS)}}}
        schema = {"type": "array", "items": {"anyOf": [{"type": "string"}, regions, page]}, "minItems": 1}
        return Annotated[Plan, PlainValidator(_plan), WithJsonSchema(schema)]


def _plan(value: object) -> Plan:
    if isinstance(value, Plan):
        return value
    if not isinstance(value, list) or not value:
        raise Refusal(error("plan-not-understood", "台割は、ページの並びで書くところです。", hint=_HINT))
    found: list[Finding] = []
    pages = [_page(each, f"pages.{number}", found) for number, each in enumerate(value)]
    if found:
        raise Refusal(*found)
    return Plan(tuple(page for page in pages if page))


def _page(node: Node, path: str, found: list[Finding]) -> PlannedPage | None:
    if isinstance(node, Scalar) and not isinstance(node, Block) and node.strip():
        return PlannedPage(node.strip(), {}, {}, node.field)
    if not isinstance(node, dict) or not node or (PAGE not in node and len(node) != 1):
        meant = next((name for name in node if _near(name, PAGE)), "") if isinstance(node, dict) else ""
        hint = f"「{meant}」は「{PAGE}」のことではありませんか。" * bool(meant) + _HINT
        found.append(error("plan-not-understood", "台割のページとして読めません。", _where(node), hint))
        return None
    first, value = next(iter(node.items()))
    if PAGE not in node and isinstance(value, Scalar) and not value.strip():  # ``- feature:``: a page without articles
        return PlannedPage(first.strip(), {}, {}, ".".join(value.field.split(".")[:2]))
    name = node.get(PAGE, first)
    if not isinstance(name, str) or (PAGE not in node and not isinstance(value, dict)):
        found.append(error("plan-not-understood", "台割のページとして読めません。", _where(node), _HINT))
        return None
    regions, places = {}, {}
    for place, ids in regions_in(node, path):
        region = place.rpartition(".")[2]
        if isinstance(ids, list):
            regions[region], places[region] = tuple(map(_id, ids)), place
        else:
            told = f"領域「{region}」には、記事の名前の並びを書きます。"
            meant = next((f"「{each}」のことではありませんか。" for each in (INKS, PAGE) if _near(region, each)), "")
            found.append(error("plan-not-understood", told, _where(ids), meant + _HINT))
    inks = node.get(INKS, "")
    if not isinstance(inks, str) or (INKS in node and inks.strip() not in SETS):
        told = f"インキ「{str(inks)[:20]}」は選べません。" if isinstance(inks, str) else "インキは1つだけ選びます。"
        found.append(
            error("plan-not-understood", told, _where(node[INKS]), f"{'・'.join(SETS)} のどれかを書いてください。")
        )
        return None
    scalar = next(_scalars(node), None)
    field = scalar.field if scalar is not None else path
    return PlannedPage(str(name).strip(), regions, places, ".".join(field.split(".")[:2]), str(inks).strip())


def _near(name: str, key: str) -> bool:
    return bool(difflib.get_close_matches(name, [key], 1, 0.7))


def _id(node: Node) -> str:
    told = node.get("id", "") if isinstance(node, dict) else node
    return told.strip() if isinstance(told, str) else ""


def _scalars(node: Node) -> Any:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, (dict, list)):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _scalars(each)


def _where(node: Node) -> Where | None:
    first = next(_scalars(node), None)
    return Where(line=first.line, column=first.column, field=first.field) if first is not None else None
