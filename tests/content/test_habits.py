"""Typing habits of offices are told with the form that was probably meant; usual forms are not told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.kinds import brochure
from tests.kinds.brochure import MANUSCRIPT
from tests.manuscript.conftest import LAYOUTS, Told

from koho_pdf.content.check import check
from koho_pdf.content.lookalikes import lookalikes, says_nothing, spreadsheet_trouble
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding, Severity
from koho_pdf.manuscript.reader import read

MEANT = {
    "wide bar": ("{糠｜ぬか}にしん", "wide-mark", "{糠|ぬか}"),
    "wide braces": ("港の｛糠｜ぬか｝にしん", "wide-mark", "{糠|ぬか}"),
    "wide bars of mono ruby": ("{政策｜せい｜さく}", "wide-mark", "{政策|せい|さく}"),
    "wide stars": ("給食費を＊＊全額無償＊＊にします", "wide-mark", "**全額無償**"),
    "one wide star": ("*＊全額＊*", "wide-mark", "**全額**"),
    "wide break": ("留萌ならでは｛改行｝を", "wide-mark", "{改行}"),
    "half a wide joint": ("留萌{つなぐ｝ならでは", "wide-mark", "{つなぐ}"),
    "wide note": ("港（（三年前に完成））では", "wide-mark", "((三年前に完成))"),
    "brackets like those of kenten": ("今年の≪≪重点≫≫です", "wide-mark", "《《重点》》"),
    "angles like those of kenten": ("今年の〈〈重点〉〉です", "wide-mark", "《《重点》》"),
    "slip in a mark": ("小児{つなく}科", "mark-not-known", "「{つなぐ}」"),
    "space within a mark": ("小児{改 行}科", "mark-not-known", "「{改行}」"),
    "ruby without a reading": ("{留萌}市の", "mark-not-known", "{留萌|るもい}"),
    "wide link": ("［市の案内］（https://www.example.jp/）", "wide-mark", "[市の案内](https://www.example.jp/)"),
    "half a wide link": ("[市の案内]（https://www.example.jp/）", "wide-mark", "[市の案内](https://www.example.jp/)"),
    "bold tag": ("給食費を<b>全額</b>無償に", "html-tag", "**文字**"),
    "line break": ("市民会館<br />大ホール", "html-tag", "消してください"),
    "superscript": ("3.2km<sup>2</sup>", "html-tag", "²"),
    "entity": ("R&amp;D", "html-tag", "&"),
    "curly single quotes around": ("‘{糠|ぬか}にしん’", "curly-quotes", "'{糠|ぬか}にしん'"),
    "curly double quotes around": ("“津波避難タワー”", "curly-quotes", "'津波避難タワー'"),
    "curly quotes first": ("“津波避難タワー”を建てます", "curly-quotes", "「津波避難タワー」"),
    "half-width kana": ("ﾂﾅﾐ避難ﾀﾜｰ", "half-width-kana", "ツナミ"),
    "voiced half-width kana": ("ﾊﾟﾄｶｰ", "half-width-kana", "パトカー"),
    "wide mail address": ("メールはｋｉｋａｋｕ＠ｅ－ｒｕｍｏｉ．ｊｐへ", "wide-address", "「kikaku@e-rumoi.jp」"),
    "wide web address": (
        "ｈｔｔｐｓ：／／ｗｗｗ．ｅ－ｒｕｍｏｉ．ｊｐ／をご覧",
        "wide-address",
        "「https://www.e-rumoi.jp/」",
    ),
    "wide web address, bare": ("検索はｗｗｗ．ｅｘａｍｐｌｅ．ｊｐ", "wide-address", "「www.example.jp」"),
    "both widths": ("２か所と3か所", "digits-of-two-widths", "そろえて"),
    "wide number of two digits": ("12日から１５日まで", "digits-of-two-widths", "そろえて"),
    "paragraph indented by hand": ("　市民の皆さん", "wide-space-at-start", "レイアウト"),
}

USUAL = [
    "{糠|ぬか}にしんや**全額無償**、((三年前))、[案内](https://www.example.jp/1)",
    "｛案｝と｜と＊印、（（株）留萌）、［注］（別紙）",
    r"\{糠｜ぬか\}",
    "<A>会場と<B>会場、a<b、R&D、＜お知らせ＞、＜＜重要＞＞",
    "市長は“港”と言い、It’s a port.",
    "カタカナとﾟでない半角 ABC",
    "２か所と12か所、３階の0164-42-1809へ",  # a number of one digit full-width, longer ones half-width: a style
    "ＳＮＳは＠ｒｕｍｏｉ、１個＠５０円、Ａ．Ｂ．Ｃ、ＷＷＷとＨＴＴＰ、１：５０",
    "A4で３枚、CO2を３割、https://www.example.jp/5 を１回、koho5@example.jp の８人",
    "3か所と5か所、第1回",
    "市民の　皆さん",
    r"留萌{ 改行 }ならでは{つなぐ}を、\{案}も",
    r"≪お知らせ≫と〈港〉と《《重点》》と\≪≪案≫≫",
]


@pytest.mark.parametrize(("text", "code", "offered"), MEANT.values(), ids=MEANT)
def test_what_was_meant_is_offered(text: str, code: str, offered: str) -> None:
    found = list(lookalikes(text, marks=True))
    assert [each.code for each in found] == [code]
    assert found[0].severity is Severity.WARNING
    assert offered in found[0].hint


@pytest.mark.parametrize("text", USUAL)
def test_usual_texts_are_left_alone(text: str) -> None:
    assert list(lookalikes(text, marks=True)) == []


@pytest.mark.parametrize("cell", ["#REF!", "#DIV/0!", "#N/A", "########", " #VALUE! ", "1.2E+10", "4E-05"])
def test_a_cell_that_a_spreadsheet_could_not_show_is_told(cell: str) -> None:
    found = spreadsheet_trouble(cell)
    assert found
    assert cell.strip() in found.message


@pytest.mark.parametrize(
    "cell", ["#留萌", "＃7119", "#7119", "##", "2E", "E+05", "1,200", "", "N/A", "5E号室", "#REF!のある表"]
)
def test_a_usual_cell_is_left_alone(cell: str) -> None:
    assert spreadsheet_trouble(cell) is None


def test_a_text_without_marks_has_none_to_look_like() -> None:
    assert list(lookalikes("＊＊全額＊＊", marks=False)) == []


@pytest.mark.parametrize("text", ["写真", "画像1", "写真２", "図です。", "IMG_1234.jpg", "ＩＭＧ＿０１", "photo 3"])
def test_a_description_that_says_nothing_is_told(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["夕日の港", "図書館", "写真を見る市長", "絵本を読む子ども", "IMGホール"])
def test_a_description_that_says_something_is_not(text: str) -> None:
    assert says_nothing(text) is None


def codes(found: tuple[Finding, ...]) -> list[tuple[str, str | None, int | None]]:
    return [(each.code, each.where.field, each.where.line) for each in found]


def test_each_is_told_with_its_field_and_line_and_stops_nothing(told: Told) -> None:
    changed = MANUSCRIPT.replace("lead: 留萌", "lead: ＊＊留萌＊＊")
    line = changed.splitlines().index(next(each for each in changed.splitlines() if each.startswith("lead:"))) + 1
    found = told(changed)
    assert codes(found) == [("wide-mark", "lead", line)]
    assert found[0].severity is Severity.WARNING


def test_they_are_told_beside_mistakes(told: Told) -> None:
    found = told(MANUSCRIPT.replace("lead: 留萌", "lead: ﾂﾅﾐ").replace("42-1809", "でんわ"))
    assert {each.code for each in found} == {"half-width-kana", "telephone-not-understood"}


def test_a_text_for_print_alone_is_looked_at_too(told: Told) -> None:
    changed = MANUSCRIPT.replace("lead: 留萌", "lead:\n  media: [print]\n  text: ﾂﾅﾐ")
    assert [(each.code, each.where.field) for each in told(changed)] == [("half-width-kana", "lead.text")]


def test_the_cells_of_a_table_are_told_with_the_file_they_stand_in(told: Told, folder: Path) -> None:
    (folder / "tables").mkdir()
    (folder / "tables" / "t.csv").write_text("事業,予算\n＊＊港＊＊,1\u200b円\n祭り,#REF!\n", encoding="utf-8")
    table = "        table:\n          file: tables/t.csv\n          caption: 予算\n"
    changed = MANUSCRIPT.replace("        points:\n", table + "        points:\n", 1)
    (folder / "issue.yaml").write_text(changed, encoding="utf-8")
    found = check(
        read(folder / "issue.yaml", folder.parents[1]), brochure.model(), folder=folder, layouts=LAYOUTS
    ).findings
    assert [(each.code, each.where.file, each.where.line) for each in found] == [
        ("wide-mark", "content/issue/tables/t.csv", 2),
        ("invisible-character", "content/issue/tables/t.csv", 2),
        ("cell-without-value", "content/issue/tables/t.csv", 3),
    ]


def test_two_waves_in_one_issue_are_told_once_at_the_rarer(told: Told) -> None:
    mixed = MANUSCRIPT.replace("lead: 留萌", "lead: 10時～12時、13時～15時の留萌").replace("theme: ", "theme: 1〜2の")
    assert [(each.code, each.where.field) for each in told(mixed)] == [("two-waves", "theme")]
    assert told(mixed.replace("〜", "～")) == ()


@pytest.mark.parametrize(
    ("year", "date", "differs"),
    [
        ("令和9年度", "令和9年4月1日", False),
        ("令和9年度", "令和10年3月31日", False),
        ("令和9年度", "令和9年3月20日", False),  # made before the year begins
        ("令和9年度", "令和8年12月1日", True),
        ("令和9年度", "令和10年4月1日", True),
        ("2027年度", "平成25年4月1日", True),
    ],
)
def test_a_fiscal_year_that_is_not_the_dates_is_told(told: Told, year: str, date: str, differs: bool) -> None:
    changed = MANUSCRIPT.replace("year: 令和9年度", f"year: {year}").replace("令和9年4月1日", date)
    assert [(each.code, each.where.field) for each in told(changed)] == [("fiscal-year-differs", "year")] * differs


def test_many_of_a_kind_are_told_ten_times_and_make_no_error(told: Told) -> None:
    items = "".join(f"          - ｱｲｳ{number}\n" for number in range(300))
    found = told(MANUSCRIPT.replace("        points:\n", "        points:\n" + items, 1))
    assert [each.code for each in found] == ["half-width-kana"] * 10


def test_errors_are_told_before_warnings_where_there_are_too_many(folder: Path) -> None:
    text = "".join(f"k{number}: か\u3099\n" for number in range(150))
    with pytest.raises(ManuscriptError) as refused:
        (folder / "issue.yaml").write_text(text, encoding="utf-8")
        check(read(folder / "issue.yaml", folder), brochure.model(), folder=folder, layouts=LAYOUTS)
    told_codes = [each.code for each in refused.value.findings]
    assert "decomposed-character" not in told_codes
    assert (len(told_codes), told_codes[-1]) == (101, "more-mistakes")
