"""The text gate on a whole issue: cells of tables, やさしい日本語, and what two articles say of the same thing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.kinds.monthly import ARTICLES, ISSUE, make

from koho_pdf.editions.proofread import Proofread, proofread
from koho_pdf.findings import Finding
from koho_pdf.workspace.workspace import open_workspace

Read = Callable[..., Proofread]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(articles: dict[str, str], *, tables: str = "", city: str = "", issue: str = ISSUE) -> Proofread:
        folder = make(tmp_path, issue, {**ARTICLES, **articles})
        if tables:
            (folder / "tables" / "catch.csv").write_text(tables, encoding="utf-8")
        if city:
            with (tmp_path / "koho.yaml").open("a", encoding="utf-8") as file:
                file.write(city)
        return proofread(folder, open_workspace(tmp_path))

    return read


def of(read: Proofread, code: str) -> list[Finding]:
    return [each for each in read.findings if each.code == code]


def test_a_finding_in_a_table_has_its_file_line_and_column(read: Read, tmp_path: Path) -> None:
    table = '日,催し\n"3月10日(水)",試験\n3月22日(月・休),"発表会、4月31日まで"\n'
    (found,) = of(read({}, tables=table), "l02-no-such-day")
    where = found.where
    assert where.file == "content/r09-03/tables/catch.csv" and (where.line, where.length) == (3, len("4月31日"))
    line = table.split("\n")[2]
    assert line[(where.column or 0) - 1 :].startswith("4月31日")


def test_a_finding_in_rows_of_the_manuscript_too(read: Read, tmp_path: Path) -> None:
    rows = 'table:\n  caption: 催し\n  rows:\n    - [日, 催し]\n    - [3月10日(水), "**発表会**、4月31日まで"]\n'
    nishin = ARTICLES["nishin"].replace("table: {file: tables/catch.csv, caption: 水揚げ}\n", rows)
    (found,) = of(read({"nishin": nishin}), "l02-no-such-day")
    where = found.where
    text = (tmp_path / (where.file or "")).read_text(encoding="utf-8").split("\n")[(where.line or 0) - 1]
    assert where.file == "content/r09-03/articles/nishin.yaml"
    assert text[(where.column or 0) - 1 :].startswith("4月31日")


PLAIN = """\
plain: |
  {市役所|しやくしょ}に {来|き}てください。

  令和9年4月1日に {書類|しょるい}を{持参|じさん}してください。
"""


def test_plain_japanese_has_rules_of_its_own(read: Read, tmp_path: Path) -> None:
    found = read({"shakai": ARTICLES["shakai"] + PLAIN})
    assert [each.suggestion for each in of(found, "p04-plain-days")] == ["2027年"]
    assert [each.message[1:3] for each in of(found, "p02-easy-words")] == ["書類", "持参"]
    (bare,) = of(found, "p05-plain-readings")
    text = (tmp_path / (bare.where.file or "")).read_text(encoding="utf-8").split("\n")[(bare.where.line or 0) - 1]
    assert text[(bare.where.column or 0) - 1 :].startswith("令和9年")
    apart = [each for each in found.readable if "やさしい日本語" in each.article]
    assert [(each.article, each.sentences) for each in apart] == [("shakai（やさしい日本語）", 2)]
