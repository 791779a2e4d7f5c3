"""Words of a text that are addresses: telephone numbers, mail, the web; and words that only look like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.content.values.inline import InlineText, parse_inline
from koho_pdf.content.values.runs import Kenten, Link, Run, Strong, plain_of
from koho_pdf.layout.address_links import with_links
from koho_pdf.layout.markup import inline


def typed(source: str) -> InlineText:
    return InlineText(source, parse_inline(source))


def links(runs: tuple[Run, ...]) -> Iterator[tuple[str, str]]:
    for run in runs:
        if isinstance(run, Link):
            yield plain_of(run.runs), run.url
        elif isinstance(run, Strong | Kenten):
            yield from links(run.runs)


def found(source: str, area_code: str = "0164") -> list[tuple[str, str]]:
    return list(links(with_links(typed(source), area_code).runs))


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("電話42-1809、42-1810まで", {"42-1809": "tel:+81164421809", "42-1810": "tel:+81164421810"}),
        ("☎42-1809、℡ 42-1810", {"☎42-1809": "tel:+81164421809", "℡ 42-1810": "tel:+81164421810"}),
        ("☎42-1801・42-1802へ", {"☎42-1801": "tel:+81164421801", "42-1802": "tel:+81164421802"}),
        ("電話0164-42-{つなぐ}1809と42{つなぐ}番", {"0164-42-1809": "tel:+81164421809"}),
        ("電話（代表）42-1801", {"42-1801": "tel:+81164421801"}),
        ("TEL：0164-42-1840 FAX 0164-43-8778", {"0164-42-1840": "tel:+81164421840"}),
        ("（0164）42-1809へ", {"（0164）42-1809": "tel:+81164421809"}),
        ("0164(42)1809へ", {"0164(42)1809": "tel:+81164421809"}),
        ("０１６４ー４２ー１８０９", {"０１６４ー４２ー１８０９": "tel:+81164421809"}),
        ("携帯090-1234-5678、0120-444-444", {"090-1234-5678": "tel:+819012345678", "0120-444-444": "tel:+81120444444"}),
        (
            "＋81-164-42-1809と+81 164-42-1810",
            {"＋81-164-42-1809": "tel:+81164421809", "+81 164-42-1810": "tel:+81164421810"},
        ),
        ("**電話42-1809**", {"42-1809": "tel:+81164421809"}),
        ("shisei@e-rumoi.jpへ。", {"shisei@e-rumoi.jp": "mailto:shisei@e-rumoi.jp"}),
        (
            "（https://www.e-rumoi.jp/koho/?page=12）。",
            {"https://www.e-rumoi.jp/koho/?page=12": "https://www.e-rumoi.jp/koho/?page=12"},
        ),
        ("https://www.e-rumoi.jp.", {"https://www.e-rumoi.jp": "https://www.e-rumoi.jp"}),
        ("[市へ](https://e-rumoi.jp/0164-42-1809)", {"市へ": "https://e-rumoi.jp/0164-42-1809"}),
    ],
)
def test_addresses_become_links(text: str, urls: dict[str, str]) -> None:
    assert dict(found(text)) == urls


@pytest.mark.parametrize(
    "text",
    [
        "42-1809",  # nothing says that it is a telephone number
        "2013-2014年度",
        "平成25-2013",
        "予算1,234-5678",
        "〒077-8601",
        "2013-04-01から2014-03-31",
        "03-1234-5678-9",
        "ISBN 978-4-1234-5678",
        "No.0164-42-1809X",
        "条例第12-3456号",
        "電話で申し込む。定員は10-2000人",
        "FAX 0164-43-8778",
        "0164-43-8778（ＦＡＸ）",
        "000-000-0000",
        "a@b",
        "http://",
    ],
)
def test_what_only_looks_like_one_stays_words(text: str) -> None:
    assert found(text) == []


def test_without_an_area_code_a_local_number_leads_nowhere() -> None:
    assert found("電話42-1809", "") == []


@given(st.text(st.sampled_from("0142-ー（）()@.jp電話FAX、:/ hts留萌"), max_size=60))
def test_no_word_is_lost_or_changed(text: str) -> None:
    marked = InlineText(
        text, with_links(InlineText(text, (parse_inline(text) if "((" not in text else ())), "0164").runs
    )
    assert marked.plain == (text if "((" not in text else "")


def test_a_short_address_says_that_it_stays_whole() -> None:
    assert (
        inline(with_links(typed("電話0164-42-1840"), ""))
        == '電話<a class="whole" href="tel:+81164421840">0164-42-1840</a>'
    )
    assert 'class="long"' in inline(with_links(typed("https://www.city.rumoi.hokkaido.jp/koho/"), ""))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("電話42-{つなぐ}1809", '電話<a class="whole" href="tel:+81164421809">42<span class="joined">-1</span>809</a>'),
        ("[市の{つなぐ}頁](/a)へ", '<a href="/a">市<span class="joined">の頁</span></a>へ'),
        (
            "今の港{つなぐ}[市の頁](/a){つなぐ}へと",
            '今の<span class="joined">港<span class="loose"><a href="/a">市の頁</a></span>へ</span>と',
        ),
        (
            "**港[市{つなぐ}の](/a)**",
            '<strong>港</strong><strong><a href="/a"><span class="joined">市の</span></a></strong>',
        ),
        (
            "[{留萌|るもい}{つなぐ}市](/a)",
            '<a href="/a"><span class="joined"><ruby>留萌<rt>るもい</rt></ruby>市</span></a>',
        ),
    ],
)
def test_a_link_that_may_not_break_is_one_link(source: str, html: str) -> None:
    """Two links would have two names for a listener, each with half a word."""
    assert inline(with_links(typed(source.replace("(/a)", "(https://a.jp/)")), "0164")) == html.replace(
        '"/a"', '"https://a.jp/"'
    )


@given(
    st.lists(st.sampled_from(["{つなぐ}", "港", "[市の頁](https://a.jp/)", "**町**と", "42-1809", "電話"]), max_size=9)
)
def test_no_word_is_lost_where_breaks_are_forbidden(parts: list[str]) -> None:
    text = with_links(typed("".join(parts)), "0164")
    html = str(inline(text))
    assert re.sub("<[^>]*>", "", html) == text.plain
    assert html.count("<a ") == len(list(links(text.runs)))
