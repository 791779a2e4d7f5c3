"""Whom to ask, and how: contacts by one word and written out, addresses, persons, amounts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kinds.conftest import City, Kinds

from koho_pdf.collation.owed import owed
from koho_pdf.content.departments import departments_of
from koho_pdf.content.public import public, public_manuscript
from koho_pdf.content.schema import json_schema
from koho_pdf.content.values.addresses import CodeAddress, Mail, WebAddress
from koho_pdf.content.values.amount import Amount
from koho_pdf.content.values.person import Person
from koho_pdf.content.values.runs import Link, readings_of
from koho_pdf.content.values.telephone import Telephone
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.refusal import Refusal

KOHO = """municipality: 留萌市
departments:
  税務課:
    section: 市民税係
    telephone:
      - 0164-42-1805 内線 123
      - 0164-42-1806（直通）
    fax: 0164-43-8778
    mail: zeimu@city.example.jp
    address: 〒077-8601 {幸町|さいわいちょう}1-11
    url: https://www.city.example.jp/zeimu/
    hours: 平日 午前8時30分から午後5時15分まで
    place: 本庁舎 2階
  広報:
    department: 政策調整課
    telephone: 42-1809
  支所: 42-1800
"""
WHOLE = [
    "税務課　市民税係",
    "☎0164-42-1805 内線 123",
    "☎0164-42-1806（直通）",
    "ファクス 0164-43-8778",
    "zeimu@city.example.jp",
    "〒077-8601 幸町1-11",
    "https://www.city.example.jp/zeimu/",
    "平日 午前8時30分から午後5時15分まで",
    "本庁舎 2階",
]


@pytest.fixture
def city(kind: Kinds, tmp_path: Path) -> City:
    (tmp_path / "koho.yaml").write_text(KOHO)
    departments, found = departments_of(read(tmp_path / "koho.yaml", tmp_path))
    assert found == ()
    return kind(
        "ask: {type: contact, title: 問合せ, role: field}",
        "more: {type: contact, title: 申込み, optional: true}",
        departments=departments,
    )


def test_one_word_brings_all_of_a_department(city: City) -> None:
    issue = city.issue("ask: 税務課\n")
    (article,) = articles_of(issue)
    assert article.paragraphs == ("問合せ：" + "、".join(WHOLE),)
    assert issue.ask.address.field == "ask.address"
    assert issue.ask.address.line == 4, "a mistake of a department is told where it is named"
    again = city.again(issue)
    assert (
        again.ask.data()
        == issue.ask.data()
        == {
            "department": "税務課",
            "section": "市民税係",
            "telephone": [
                {"type": "telephone", "text": "0164-42-1805 内線 123", "extension": "123"},
                {"type": "telephone", "text": "0164-42-1806（直通）"},
            ],
            "fax": "0164-43-8778",
            "mail": "zeimu@city.example.jp",
            "address": "〒077-8601 幸町1-11",
            "url": "https://www.city.example.jp/zeimu/",
            "hours": "平日 午前8時30分から午後5時15分まで",
            "place": "本庁舎 2階",
        }
    )
    assert [city.issue(f"ask: {name}\n").ask.name.plain for name in ("広報", "支所")] == ["政策調整課", "支所"]


def test_written_out_it_is_what_is_written(city: City) -> None:
    issue = city.issue("ask:\n  department: 税務課\n  telephone: ４２－１８０５（内線１２３・１２４）\nmore: 広報\n")
    (article,) = articles_of(issue)
    assert article.paragraphs == ("問合せ：税務課、☎42-1805（内線123・124）", "政策調整課", "☎42-1809")
    assert city.again(issue).ask.data() == issue.ask.data()
    said = [(each.field, each.ways) for each in owed(issue, "print") if each.field.startswith("ask")]
    assert said == [("ask.department", ("税務課",)), ("ask.telephone.0", ("42-1805（内線123・124）",))]


def test_for_print_alone(city: City) -> None:
    issue = city.issue("ask: 広報\nmore:\n  department: 秘密の課\n  media: [print]\n")
    assert public(issue).more is None
    assert "秘密" not in public_manuscript(issue)
    assert [each.code for each in city.told("ask:\n  department: 課\n  media: [print]\n")] == ["print-only-not-here"]


WRONG = {
    "a name nobody has": ("ask: 税務化\n", "unknown-department", 4, "ask"),
    "nothing": ("ask:\n", "empty-text", 4, "ask"),
    "a list": ("ask:\n  - 税務課\n", "not-a-group", 4, "ask"),
    "no department": ("ask:\n  telephone: 42-1805\n", "missing-field", 4, "ask.department"),
    "a name it has not": ("ask:\n  department: 課\n  phone: 42-1805\n", "unknown-field", 6, "ask.phone"),
    "a number of six": (
        "ask:\n  department: 課\n  telephone: 421-805-1\n  place: 2階\n  fax: 1\n",
        "telephone-not",
        8,
        "ask.fax",
    ),
    "one of several": (
        "ask:\n  department: 課\n  telephone:\n    - 42-1805\n    - 42\n",
        "telephone-not",
        8,
        "ask.telephone.1",
    ),
    "wide mail": ("ask:\n  department: 課\n  mail: ａ＠city.example.jp\n", "mail-not-understood", 6, "ask.mail"),
    "a link with a space": ("ask:\n  department: 課\n  url: https://a.example.jp /x\n", "link-address", 6, "ask.url"),
    "a mark": ("ask:\n  department: '**課'\n", "mark-not-closed", 5, "ask.department"),
    "lines": ("ask:\n  department: |\n    課\n    係\n", "text-over-lines", 5, "ask.department"),
}


@pytest.mark.parametrize(("text", "code", "line", "field"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_told_at_its_place(city: City, text: str, code: str, line: int, field: str) -> None:
    (found,) = city.told(text)
    assert (found.where.line, found.where.field) == (line, field)
    assert found.code.startswith(code)
    assert found.hint


def test_the_nearest_department_is_named(city: City) -> None:
    (found,) = city.told("ask: 税務化\n")
    assert "「税務課」のことではありませんか" in found.hint
    assert "department: " in found.hint


def test_what_is_wrong_in_koho_yaml_is_told_there(tmp_path: Path) -> None:
    file = tmp_path / "koho.yaml"
    file.write_text("departments:\n  税務課:\n    telephone: 42\n    tel: 1\n  総務課: 42-1801\n  支所:\n    - a\n")
    made, found = departments_of(read(file, tmp_path))
    assert set(made) == {"総務課", "支所"}
    assert [(each.code, each.where.line, each.where.field) for each in found] == [
        ("telephone-not-understood", 3, "departments.税務課.telephone"),
        ("unknown-field", 4, "departments.税務課.tel"),
    ]
    file.write_text("departments:\n  - 税務課\n")
    assert [each.code for each in departments_of(read(file, tmp_path))[1]] == ["desk-broken"]


def test_an_editor_is_offered_both_ways(city: City) -> None:
    schema = json_schema(city.kind.model)
    assert schema["properties"]["ask"]["allOf"] == [{"$ref": "#/definitions/Department"}]
    word, group = schema["definitions"]["Department"]["oneOf"]
    assert word["type"] == "string"
    assert group["required"] == ["department"]
    assert group["properties"]["telephone"]["title"] == "電話"
    assert "media" not in group["properties"]
    assert "media" in schema["properties"]["more"]["oneOf"][1]["properties"]


NUMBERS = {
    "0164-42-1805 内線 123": ("0164-42-1805 内線 123", "tel:+81164421805;ext=123", "0164-42-1805"),
    "４２－１８０５（内線１２３）": ("42-1805（内線123）", "tel:+81164421805;ext=123", "42-1805"),
    "(0164)42-1805内線：12": ("(0164)42-1805内線：12", "tel:+81164421805;ext=12", "0164-42-1805"),
    "0164-42-1805（代表）": ("0164-42-1805（代表）", "tel:+81164421805", "0164-42-1805"),
    "0164-42-1805 内線 12・13": ("0164-42-1805 内線 12・13", "tel:+81164421805", "0164-42-1805"),
}


@pytest.mark.parametrize(("text", "told"), NUMBERS.items(), ids=NUMBERS)
def test_extensions(text: str, told: tuple[str, str, str]) -> None:
    number = Telephone.parse(text)
    assert (number.printed, number.uri("0164"), number.hyphened) == told
    assert Telephone.parse(number.printed).printed == number.printed


GOOD = ["koho@city.example.jp", "a.b+c@x-y.example.co.jp", "o'neil@example.com"]
BAD = ["koho", "koho@city", "a@@b.jp", "a b@c.jp", ".@a.jp", "a..b@c.jp", "a@b.jp。", "<a@b.jp>", "a@b.jp\nbcc:x@y.jp"]


def test_addresses_of_mail() -> None:
    assert [Mail.parse(each).uri() for each in GOOD[:2]] == [
        "mailto:koho@city.example.jp",
        "mailto:a.b+c@x-y.example.co.jp",
    ]
    for each in BAD:
        with pytest.raises(Refusal):
            Mail.parse(each)


WEB = {
    "https://www.city.example.jp/": "https://www.city.example.jp/",
    "www.city.example.jp": "https://www.city.example.jp",
    "http://example.jp:8080/a?b=1&c#d": "http://example.jp:8080/a?b=1&c#d",
    "https://example.jp/広報": "https://example.jp/%E5%BA%83%E5%A0%B1",
}
NO_WEB = [
    "javascript:alert(1)",
    "ftp://a.jp",
    "https://",
    "https://a",
    "https://a.jp/x y",
    "https://a.jp。",
    "https://a.jp.",
    "../a",
    "https://-a.jp",
    "ｈｔｔｐｓ：／／ａ．ｊｐ",
]


def test_addresses_of_the_web() -> None:
    assert {each: WebAddress.parse(each).uri() for each in WEB} == WEB
    for each in NO_WEB:
        with pytest.raises(Refusal):
            WebAddress.parse(each)
    with pytest.raises(Refusal) as refusal:
        WebAddress.parse("ｈｔｔｐｓ：／／ａ．ｅｘ．ｊｐ")
    assert "「https://a.ex.jp」" in refusal.value.findings[0].hint


def test_a_code_is_no_word_on_paper(kind: Kinds) -> None:
    city = kind("more: {type: code}", "see: {type: link}")
    issue = city.issue("more: https://example.jp/a\nsee: www.example.jp/b/\n")
    assert isinstance(issue.more, CodeAddress)
    assert [(each.field, each.ways) for each in owed(issue, "print")][1:] == [
        ("see", ("www.example.jp/b/", "www.example.jp/b"))
    ]
    (article,) = articles_of(issue)
    (first, second) = article.blocks
    assert first.words.said == "二次元コード　https://example.jp/a"  # type: ignore[union-attr]
    assert second.text.runs == (Link(second.text.runs[0].runs, "https://www.example.jp/b/"),)  # type: ignore[union-attr]
    assert city.again(issue).more == issue.more


PEOPLE: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "東海林 美雪（しょうじ みゆき）": ("東海林 美雪", "しょうじ みゆき", ("しょうじ", "みゆき")),
    "髙﨑　守(タカサキ マモル)": ("髙﨑　守", "タカサキ マモル", ("タカサキ", "マモル")),
    "留萌太郎（るもい たろう）": ("留萌太郎", "るもい たろう", ("るもい たろう",)),
    "John Smith": ("John Smith", "", ()),
    "山田 花子（実行委員長）": ("山田 花子（実行委員長）", "", ()),
}


@pytest.mark.parametrize(("text", "told"), PEOPLE.items(), ids=PEOPLE)
def test_names_and_their_readings(text: str, told: tuple[str, str, tuple[str, ...]]) -> None:
    person = Person.parse(text)
    assert (person.name, person.reading, readings_of(person.text.runs)) == told
    assert person.text.plain == person.name
    assert Person.parse(person.source) == person


@pytest.mark.parametrize(
    "text",
    ["東海林美雪(しょうじみゆき", "留萌 太郎（るもい たろう）、 東海林 美雪（しょうじ みゆき）", "山田（やまだ）様"],
)
def test_what_is_no_one_name(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        Person.parse(text)
    assert [each.code for each in refused.value.findings] == ["name-not-understood"]


def test_a_person_as_a_group(kind: Kinds) -> None:
    city = kind("who: {type: person}")
    issue = city.issue("who:\n  name: 東海林 美雪\n  reading: しょうじ みゆき\n")
    assert city.again(issue).who.reading == issue.who.reading == "しょうじ みゆき"
    assert [each.code for each in city.told("who: {name: 東海林, reading: 東海林}\n")] == ["reading-not-kana"]
    assert [each.code for each in city.told("who: {name: 東海林, age: 3}\n")] == ["not-text"]


AMOUNTS = {
    "1,200円": (1200, "円"),
    "１２，０００円": (12000, "円"),
    "1億2,345万円": (123450000, "円"),
    "△3,400千円": (-3400000, "円"),
    "▲5%": (-5, "%"),
    "12.5％": (12.5, "%"),
    "3百万円": (3000000, "円"),
    "1万2千円": (12000, "円"),
    "212億3,400万円": (21234000000, "円"),
    "3千4百万円": (34000000, "円"),
    "3,400百万円": (3400000000, "円"),
    "1,200円（税込）": (1200, "円"),
    "無料": (0, "円"),
    "100": (100, ""),
}


@pytest.mark.parametrize(("text", "told"), AMOUNTS.items(), ids=AMOUNTS)
def test_amounts(text: str, told: tuple[Any, str]) -> None:
    amount = Amount.parse(text)
    data = amount.data()
    assert (data["value"], data["unit"]) == told
    assert amount.plain == text
    assert Amount.parse(amount.source) == amount
    assert ("マイナス" in amount.said) == text.startswith(("△", "▲"))


@pytest.mark.parametrize(
    "text",
    ["12,00円", "1,2345円", "円", "約", "百円玉を3枚", "1円2円", ",100円", "1.円", "1万2千円くらい", "300円から"],
)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(Refusal):
        Amount.parse(text)


PARSERS: list[Callable[[str], Any]] = [Mail.parse, WebAddress.parse, Person.parse, Amount.parse, Telephone.parse]


@given(st.text(alphabet="0123456789-()（）内線:.@/aあ漢 　△,億万千円・", min_size=1, max_size=30).filter(str.strip))
def test_whatever_is_read_reads_the_same_again(text: str) -> None:
    for parse in PARSERS:
        try:
            value = parse(text)
        except Refusal as refusal:
            assert all(each.hint for each in refusal.findings)
            continue
        assert parse(value.source).source == value.source
