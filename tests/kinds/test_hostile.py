"""Any text in a field of any type gives findings with a hint, or a value that can be written back;
never a traceback.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kinds.conftest import City, Kinds

from koho_pdf.collation.owed import owed, readings_of
from koho_pdf.content.outline import outline
from koho_pdf.content.public import public_manuscript
from koho_pdf.errors import ManuscriptError
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.kinds.types import TYPES as ALL

TYPES = [name for name in ALL if name != "articles"]  # which asks for kinds of its own (test_articles_in_files.py)
MORE = {
    "list": ", of: text",
    "group": ", name: Group, fields: {a: {type: text, optional: true}}",
    "choice": ", of: [a, b]",
    "number": ", least: 0, most: 9",
    "chart": ", form: shares, unit: 円",
}
LINES = [
    "x",
    "''",
    "",
    "[]",
    "{}",
    "[a, b]",
    "[[a], {b: c}]",
    "{a: 1}",
    "{text: x, media: [print]}",
    "{text: [x], media: [print]}",
    "{text: {text: x}}",
    "{media: [print]}",
    "|\n    一\n\n    二",
    "|\n    一",
    "|",
    ">\n    一\n    二",
    "\n    - |\n      一\n      二",
    "\n    department: |\n      一\n      二",
    "{department: 課, telephone: [[42-1809]]}",
    "{department: 課, media: [web]}",
    "{department: {text: 課, media: [print]}}",
    "{name: x, reading: [y]}",
    "{name: [x]}",
    "{file: [a], alt: {b: c}}",
    "{file: a.png, alt: x, focus: [[1], 2], keep: [{}]}",
    "4月1日(木)",
    "[4月1日(木), [x]]",
    "'" + "9" * 2500 + "'",
    "0164-42-1809（内線" + "1" * 50 + "）",
    "1,000,000,000,000,000,000,000,000,000兆円",
    "https://" + "a." * 300 + "jp",
    "令和999年4月1日",
    "'{留|る'",
    "12:30",
    "true",
    "{caption: x, rows: [[a], [b]]}",
    "{caption: x, rows: [[a, b], [合計, 0], [c, 円]]}",
    "{caption: x, rows: [[a, b], [合計, 約9], [c, '１，０００円']]}",
]


@pytest.fixture
def every(kind: Kinds) -> City:
    return kind(*(f"f_{name}: {{type: {name}, optional: true{MORE.get(name, '')}}}" for name in TYPES))


@pytest.mark.parametrize("line", LINES, ids=[each[:30] for each in LINES])
def test_a_line_in_every_field(every: City, line: str) -> None:
    for name in TYPES:
        look_at(every, f"f_{name}: {line}\n")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(alphabet="4月1日(木)09:～-円△[]{}|>'\"&*#!%@,： 　あ\n-", max_size=30), st.sampled_from(sorted(TYPES)))
def test_any_text_in_any_field(every: City, text: str, name: str) -> None:
    look_at(every, f"f_{name}: {text}\n")


def look_at(city: City, text: str) -> None:
    try:
        issue = city.issue(text)
    except ManuscriptError as refusal:
        assert refusal.findings
        assert all(each.hint and each.message and each.where.line for each in refusal.findings)
        return
    tuple(articles_of(issue)), outline(issue), owed(issue, "print"), readings_of(issue)
    again = city.again(issue)
    assert public_manuscript(again) == public_manuscript(issue)
