"""A chart: a table whose numbers a layout draws; what is no number, or does not add up, is told at its cell."""

from __future__ import annotations

import pickle
import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.kinds.conftest import City, Kinds
from tests.kinds.quiz import REPOSITORY

from koho_pdf.content.values.charts import Chart, shares_of
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout.templates import render

INCOME = [("地方交付税", "58.4"), ("国・道支出金", "24.6億円"), ("市税", "２３.９"), ("その他", '"1,035.1"')]


def chart(*rows: tuple[str, str], note: str = "") -> str:
    told = "".join(f"    - [{name}, {figure}]\n" for name, figure in (("区分", "額"), *rows))
    return "chart:\n  caption: 歳入\n" + (f"  note: {note}\n" if note else "") + f"  rows:\n{told}"


@pytest.fixture
def city(kind: Kinds) -> City:
    return kind("chart: {type: chart, form: bars, unit: 億円}")


@pytest.fixture
def shares(kind: Kinds) -> City:
    return kind("chart: {type: chart, form: shares}")


def test_its_numbers_are_values_and_editions_have_its_table(city: City) -> None:
    issue = city.issue(chart(*INCOME, ("合計", '"1,142.0億円"')))
    assert [each.value for each in issue.chart.bars] == [Decimal(each) for each in ("58.4", "24.6", "23.9", "1035.1")]
    assert (issue.chart.form, issue.chart.unit, issue.chart.total.plain) == ("bars", "億円", "1,142.0億円")
    assert issue.chart.bars[3].part == 1
    (article,) = articles_of(issue)
    assert list(article.tables[0].sentences())[1] == "区分 地方交付税、額 58.4。"


def test_below_zero_is_drawn_by_its_size(city: City) -> None:
    bars = city.issue(chart(("転入", "20"), ("差", "△40"), ("転出", "-10"))).chart.bars
    assert [(each.value, each.part) for each in bars] == [(20, 0.5), (-40, 1), (-10, 0.25)]


@pytest.mark.parametrize("figure", ["約58", "12億3千万円", '""', "5.8.4", '"1,23"', "皆増", "1e3", "24%", "9" * 400])
def test_what_is_no_number_is_told_at_its_cell(city: City, figure: str) -> None:
    (told,) = city.told(chart(("市税", "10"), ("交付税", figure)))
    assert told.code == "chart-not-a-number"
    assert (told.where.line, told.where.field) == (9, "chart.rows.2.1")
    assert "交付税" in told.message


def test_a_file_is_told_by_its_own_line(city: City) -> None:
    (city.folder / "a.csv").write_text("区分,額\n市税,10\n交付税,なし\n", encoding="utf-8")
    (told,) = city.told("chart: {caption: 歳入, file: a.csv}\n")
    assert (told.code, str(told.where.file).rpartition("/")[2], told.where.line) == ("chart-not-a-number", "a.csv", 3)


@pytest.mark.parametrize("name", ["合計", "計", "総計", "合 計"])
def test_a_total_that_is_not_the_sum_is_told_with_both_numbers(city: City, name: str) -> None:
    (told,) = city.told(chart(("市税", "10.5"), ("交付税", "20"), (name, "31")))
    assert told.code == "chart-sum"
    assert "「31」" in told.message
    assert "30.5" in told.message


def test_rounded_figures_may_miss_the_total_by_what_rounding_does(city: City) -> None:
    near = (("市税", "10.3"), ("交付税", "20.3"), ("合計", "30.7"))
    assert city.issue(chart(*near, note="四捨五入しています")).chart.total.plain == "30.7"
    far = (*near[:2], ("合計", "30.8"))
    assert [each.code for each in city.told(chart(*far, note="四捨五入しています"))] == ["chart-sum"]


def test_shares_make_a_hundred(shares: City) -> None:
    bars = shares.issue(chart(("甲", "1"), ("乙", "1"), ("丙", "1"), ("合計", "3"))).chart.bars
    assert [each.share for each in bars] == [34, 33, 33]
    assert shares_of([Decimal(each) for each in ("58.4", "24.6", "23.9", "11.2", "7.8", "5.6", "10.5")]) == (
        41, 17, 17, 8, 6, 4, 7,
    )  # fmt: skip
    assert shares_of([Decimal(-1), Decimal(2)]) == (0, 0)


def test_shares_of_nothing_or_of_less_are_told(shares: City) -> None:
    assert [each.code for each in shares.told(chart(("甲", "0"), ("乙", "0")))] == ["chart-without-figures"]
    assert [each.code for each in shares.told(chart(("甲", "5"), ("乙", "△1")))] == ["chart-not-a-number"]


def test_one_column_is_told(city: City) -> None:
    (told,) = city.told("chart:\n  caption: 歳入\n  rows:\n    - [区分]\n    - [市税]\n")
    assert told.code == "chart-without-figures"


def test_in_columns_a_year_called_a_total_is_a_column(kind: Kinds) -> None:
    issue = kind("chart: {type: chart, form: columns}").issue(chart(("7", "158"), ("8", "186"), ("計", "1")))
    assert len(issue.chart.bars) == 3


@pytest.mark.parametrize(
    ("figures", "lines"),
    [
        (("42", "38", "186"), ["0", "50", "100", "150", "200"]),
        (("3", "△2"), ["-2", "0", "2", "4"]),
        (("0.5", "0.42"), ["0", "0.2", "0.4", "0.6"]),
        (("0", "0"), ["0", "0.5"]),
        (("17860", "8540"), ["0", "5000", "10000", "15000", "20000"]),
    ],
)
def test_the_lines_behind_columns_are_round(kind: Kinds, figures: tuple[str, ...], lines: list[str]) -> None:
    rows = chart(*((str(at), figure) for at, figure in enumerate(figures)))
    issue = kind("chart: {type: chart, form: columns}").issue(rows)
    assert list(issue.chart.scale) == [Decimal(each) for each in lines]


MACROS = """\
{% from "chart.html" import bars, shares, columns %}
{{ bars(chart, "tone3", "tone0") }}{{ shares(chart, ["tone0", "tone1", "tone2", "tone3"], alone=true) }}\
{{ columns(chart, "sea", "red") }}
"""


def drawn(folder: Path, given: Chart) -> ElementTree.Element:
    (folder / "page.html").write_text(MACROS, encoding="utf-8")
    page = render((folder, REPOSITORY / "layouts" / "_shared"), "page.html", folder, {"chart": given})
    return ElementTree.fromstring(f"<div>{page}</div>")


def test_macros_draw_its_values(city: City) -> None:
    rows = (("市税", "50"), ("交付税", "25"), ("寄附金", "△10"), ("その他", "5"), ("合計", "70"))
    page = drawn(city.folder, city.issue(chart(*rows)).chart)
    widths = [
        re.findall(r"[ ;]width: ([0-9.]+)mm", each.attrib["style"]) for each in page.findall(".//td/span[@class='bar']")
    ]
    assert widths == [["36.00"], ["18.00"], ["7.20"], ["3.60"]]
    figures = ["".join(each.itertext()) for each in page.findall(".//table//b")]
    assert figures == ["50", "25", "△10", "5", "70"]
    columns = page.findall(".//li/span[@class='bar']")
    bottoms = [float(re.findall("bottom: ([0-9.]+)mm", each.attrib["style"])[0]) for each in columns]
    assert bottoms[0] == bottoms[1] > bottoms[2]  # below zero it hangs from the line
    assert "var(--red)" in columns[-1].attrib["style"]
    assert "var(--sea)" in columns[0].attrib["style"]


def test_shares_by_themselves_are_said(shares: City) -> None:
    page = drawn(shares.folder, shares.issue(chart(("甲", "60"), ("乙", "37"), ("丙", "3"))).chart)
    (bar,) = page.findall(".//div[@class='chart-shares']")
    assert bar.get("aria-label") == "歳入。甲60％、乙37％、丙3％。"
    assert ["".join(each.itertext()) for each in bar] == ["60%", "37%", ""]  # no room in the last


def test_charts_in_a_list(kind: Kinds) -> None:
    city = kind("charts: {type: list, least: 0, of: {type: chart, form: shares}}")
    (only,) = city.issue("charts:\n  - {caption: 甲, rows: [[名, 数], [ア, 3], [イ, 1]]}\n").charts
    assert [each.share for each in only.bars] == [75, 25]
    again = pickle.loads(pickle.dumps(only))  # as builds that share their work do
    assert (again.form, again.bars) == ("shares", only.bars)


def test_an_optional_chart_is_left_out(kind: Kinds) -> None:
    assert kind("chart: {type: chart, form: columns, optional: true}").issue("").chart is None
