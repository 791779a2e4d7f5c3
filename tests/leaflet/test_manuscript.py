"""The real manuscript says what the city said, all of it and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.repository_kinds import KINDS, POLICY_LEAFLET

from koho_pdf.content.check import Checked, check, layout_named
from koho_pdf.content.schema import json_schema
from koho_pdf.content.values.inline import InlineText
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Node, Scalar, Tree

REPOSITORY = Path(__file__).parents[2]
LEAFLET = REPOSITORY / "content" / "2013-policy-leaflet" / "issue.yaml"
SOURCE = Path(__file__).with_name("leaflet-source.txt")


def the_tree() -> Tree:
    return read(LEAFLET, REPOSITORY)


def the_leaflet() -> Checked[Any]:
    return check(the_tree(), POLICY_LEAFLET, folder=LEAFLET.parent, layouts=["policy-leaflet"])


def texts(node: Node) -> list[str]:
    """Every text of a tree in the order of the file."""
    if isinstance(node, Scalar):
        return [str(node)]
    inner = node.values() if isinstance(node, dict) else node
    return [text for value in inner for text in texts(value)]


def sentences() -> list[str]:
    """The source's lines without their numbers, squares and telephone sign, which the layout draws."""
    lines = (line.strip() for line in SOURCE.read_text(encoding="utf-8").splitlines())
    return [re.sub(r"^([0-9]\. |■ |☎)", "", line) for line in lines if line]


def test_every_sentence_of_the_source_is_in_the_manuscript_verbatim() -> None:
    there = texts(the_tree().root)
    assert len(sentences()) == 65
    assert [sentence for sentence in sentences() if sentence not in there] == []


def test_nothing_is_in_the_manuscript_that_the_source_does_not_say() -> None:
    source = SOURCE.read_text(encoding="utf-8")
    root = the_tree().root
    assert isinstance(root, dict)
    printed = {name: value for name, value in root.items() if name != "printing"}  # the order for the print shop
    assert [text for text in texts(printed) if text not in source] == ["policy-leaflet", "平成25年4月1日"]


def test_sentences_stand_in_the_order_of_the_source_pillar_by_pillar() -> None:
    said = sentences()
    for pillar in the_leaflet().issue.pillars:
        begins = len(said) - 1 - said[::-1].index(pillar.name.plain)
        words = [
            text
            for initiative in pillar.initiatives
            for text in (initiative.name.plain, *(policy.plain for policy in initiative.policies))
        ]
        assert said[begins + 1 : begins + 1 + len(words)] == words


def test_the_leaflet_is_a_policy_leaflet_without_a_finding() -> None:
    checked = the_leaflet()
    issue = checked.issue
    assert checked.findings == ()
    assert KINDS[layout_named(the_tree()) or ""].model is POLICY_LEAFLET
    assert [pillar.name.plain for pillar in issue.pillars] == [
        "地域経済の活性化",
        "安心安全なまちづくり",
        "子どもたちの夢と可能性が育つまちづくり",
        "健康で笑顔あふれるまちづくり",
    ]
    assert (issue.fiscal_year.source, issue.fiscal_year.seireki) == ("平成25年度", "2013年度")
    assert (issue.date.iso, issue.contact.telephone.digits) == ("2013-04-01", "421809")
    assert issue.contact.place.plain == "本庁舎 2階"


def test_every_text_knows_its_field_and_its_line() -> None:
    lines = LEAFLET.read_text(encoding="utf-8").splitlines()
    issue = the_leaflet().issue
    policy = issue.pillars[1].initiatives[2].policies[1]
    assert isinstance(policy, InlineText)
    assert policy.field == "pillars.1.initiatives.2.policies.1"
    assert policy.source in lines[policy.line - 1]
    assert the_tree().lines["pillars.1"] == the_tree().lines["pillars.1.name"]


def test_the_first_line_points_at_the_schema() -> None:
    first = LEAFLET.read_text(encoding="utf-8").splitlines()[0]
    path = first.removeprefix("# yaml-language-server: $schema=")
    assert (LEAFLET.parent / path).resolve() == REPOSITORY / "schemas" / "policy-leaflet.schema.json"


def test_the_schema_in_the_repository_is_the_models_own() -> None:
    committed = REPOSITORY / "schemas" / "policy-leaflet.schema.json"
    made = json.dumps(json_schema(POLICY_LEAFLET), ensure_ascii=False, indent=2) + "\n"
    assert committed.read_text(encoding="utf-8") == made


def test_the_schema_explains_every_field_in_japanese_and_takes_whatever_yaml_makes_of_a_text() -> None:
    schema = json_schema(POLICY_LEAFLET)
    text, marked = schema["definitions"].pop("Words")["oneOf"]
    defined = [part for each in schema["definitions"].values() for part in (each, *each.get("oneOf", ()))]
    groups = [schema, marked, *(each for each in defined if "properties" in each)]
    assert len(groups) > 7
    assert {name for group in groups for name in group["properties"]} >= {
        "title",
        "photo",
        "alt",
        "telephone",
        "policies",
    }
    for group in groups:
        assert group["additionalProperties"] is False
        for field in group["properties"].values():
            assert re.search("[ぁ-ヿ一-龠]", field["title"])
            assert re.search("[ぁ-ヿ一-龠]", field["description"])
    assert text["type"] == schema["properties"]["date"]["type"] == ["string", "number", "boolean"]
    assert (schema["properties"]["pillars"]["minItems"], schema["properties"]["pillars"]["maxItems"]) == (3, 6)
