"""The table of ``koho check``: columns that stand below each other at a terminal, whatever is written in them."""

from __future__ import annotations

import unicodedata

from koho_pdf.cli.fit_table import fit_table
from koho_pdf.composition.document import Placed, SlotUse
from koho_pdf.geometry import Rect
from koho_pdf.plan.fitting import ArticleUse
from koho_pdf.plan.placed_articles import RegionUse

ARTICLES = (ArticleUse("shakai", 21.0, 3, 123), ArticleUse("国保", 28.0, 4, -12), ArticleUse("b", 7.5, 0, None))


def wide(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in line)


def region(line: float, over: float, articles: tuple[ArticleUse, ...] = ARTICLES) -> RegionUse:
    return RegionUse(
        2, "notices", "暮らし", "main", line, 20 if line else 0, 140.0, 63.0 if articles else 0.0, over, articles
    )


def test_columns_stand_below_each_other() -> None:
    told = list(fit_table([region(7.0, 14.0)], ()))
    assert told == [
        "2ページ 暮らし main: 20行のうち9行、2行超過",
        "  記事      行数       文字",
        "  shakai     3行  あと123字",
        "  国保       4行   12字超過",
        "  b       7.5 mm         —",
    ]
    assert len({wide(line) for line in told[1:]}) == 1


def test_a_region_without_a_grid_and_an_empty_one() -> None:
    assert next(fit_table([region(0, 0)], ())) == "2ページ 暮らし main: 140.0 mm のうち 63.0 mm"
    assert list(fit_table([region(7.0, 0, ())], ())) == ["2ページ 暮らし main: 空いています（20行）"]


def test_every_slot_is_told_once_with_its_first_field() -> None:
    def use(left: int) -> SlotUse:
        return SlotUse("名前", 12, 60, "horizontal", 2, 2, left)

    one, alike, other = use(3), use(3), use(-4)
    fields = [("a", 1, one), ("a.b", 1, one), ("c", 1, alike), ("d", 2, other), ("e", 2, None)]
    told = list(fit_table((), [Placed(name, page, Rect(0, 0, 1, 1), slot) for name, page, slot in fields]))
    assert [line.split() for line in told] == [
        ["1ページ:"],
        ["項目", "行数", "文字"],
        ["a（名前）", "2/2行", "あと3字"],
        ["c（名前）", "2/2行", "あと3字"],
        ["2ページ:"],
        ["項目", "行数", "文字"],
        ["d（名前）", "2/2行", "4字超過"],
    ]
