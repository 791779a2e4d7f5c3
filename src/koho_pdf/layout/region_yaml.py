"""The model of ``page_types`` in ``layout.yaml``: page types and their regions."""

from __future__ import annotations

import re
from typing import Annotated

from koho_pdf.geometry import Rect
from koho_pdf.layout.keep_outs import parse_place
from koho_pdf.layout.slot_yaml import CONDENSE, FEED, TRACKING, Values
from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.readable import OneOrMore, between, count, length, one_of, parsed, size, words, yes_or_no
from koho_pdf.manuscript.settings import key
from koho_pdf.press.profile_yaml import INKS

_PERCENTAGE = r"\d+(?:\.\d+)?"
_SLOT = "数字で書いてください（大きさは Q、行送りは H）。"
_FOLD = "折りの場所を、仕上りの左からのミリの数で書いてください。"
_ACROSS = "折りの場所を、仕上りの上からのミリの数で書いてください。"
Words = Annotated[str, words()]


def _trim(text: str) -> tuple[float, float]:
    width, _, height = text.partition("x")
    side = size("")
    return side.value(width), side.value(height)


TRIM = parsed(_trim, "「210 x 297」のようにミリで書いてください。", rf"{_PERCENTAGE}\s*x\s*{_PERCENTAGE}")


_PICTURE = "写真の高さを、15 ミリ以上の数で書いてください。"
_GAP = "記事の間をミリの数で書いてください。"
_MARGIN = "余白をミリの数で書いてください。"


class FitFields(Group):
    """``fit`` of a region."""

    feed: Annotated[Values, FEED] = key(
        "行送り",
        "使ってよい行送り（H）。いちばん広いのは、領域の line_feed。CSS は var(--line-feed) を使うこと。",
        [27, 28],
        default=(),
    )
    picture: Annotated[Values, OneOrMore(between(15, 1000, _PICTURE))] = key(
        "写真の高さ",
        "使ってよい写真の高さ（mm）。ふだんは、いちばん高いもの。CSS は var(--picture-height) を使うこと。",
        [35, 50],
        default=(),
    )
    gap: Annotated[Values, OneOrMore(length(_GAP))] = key(
        "記事の間", "使ってよい記事の間（mm）。いちばん広いのは、領域の gap。", [0, 7], default=()
    )
    tracking: Annotated[Values, TRACKING] = key(
        "字間", "字間を詰めるときの字送り（%）。97 なら、全角の字と字の間を3%詰めます。", 97, default=()
    )
    condense: Annotated[Values, CONDENSE] = key("長体", "字の幅（%）。95 なら長体、縦組みでは平体。", 95, default=())


def _goes_on(text: str) -> str:
    if not text.strip() or set("{}") & set(re.sub(r"\{(page|title)\}", "", text)):
        raise ValueError(text)
    return text


_GOES_ON = parsed(
    _goes_on, "「→ {page}ページへ続く」のように書いてください。使えるのは {page} と {title} です。", ".*[^ ].*"
)


class OverflowFields(Group):
    """``overflow`` of a region."""

    to: Words = key(
        "続く先",
        "next（この後のページにある、同じ名前の領域。段の幅が同じものを先に）か、同じページの型の領域の名前。",
        "next",
    )
    says: Annotated[str, _GOES_ON] = key(
        "続くという言葉",
        "文章が切れる所に入れる言葉。{page} は続きのページ、{title} は記事の題名。to が next なら、"
        "書かなくても「→ {page}ページへ続く」。none なら、入れません（見開きの右へ続くときなど）。",
        "→ {page}ページへ続く",
        default="",
    )
    continued: Annotated[str, _GOES_ON] = key(
        "続きだという言葉",
        "続きの初めに入れる言葉。{page} は元のページ、{title} は記事の題名。書かなければ、入れません。",
        "{page}ページから続く",
        default="",
    )


class RegionFields(Group):
    """One of ``regions``."""

    at: Annotated[
        Rect,
        parsed(
            parse_place,
            "「15 30 180 250」のように、仕上りの左から・上から・幅・高さの4つをミリで書いてください。",
            rf"{_PERCENTAGE}([\s,]+{_PERCENTAGE}){{3}}",
        ),
    ] = key("場所", "仕上りの左から、上から、幅、高さ（mm）。", "15 30 180 250")
    columns: Annotated[int, count("段の数を整数で書いてください。")] = key(
        "段数", "いくつの段に分けるか。", 4, default=1
    )
    gutter: Annotated[float, length("段の間をミリの数で書いてください。")] = key(
        "段の間", "段と段の間（mm）。", 5, default=0.0
    )
    flow: Annotated[str, one_of("whole", "columns")] = key(
        "流し方", "whole（記事は段をまたがない）・columns（文章が段から段へ流れる）。", "whole", default="whole"
    )
    gap: Annotated[float, length("記事の間をミリの数で書いてください。")] = key(
        "記事の間", "記事と記事の間（mm）。", 7, default=0.0
    )
    line_feed: Annotated[float, length(_SLOT)] = key(
        "行送り", "領域の行のグリッド（H）。記事は、この行数の単位で場所を取ります。", 28, default=0.0
    )
    level: Annotated[str, one_of("true", "false")] = key(
        "段をそろえる", "true なら、どの段も同じくらいの高さで終わらせます。", "true", default="false"
    )
    direction: Annotated[str, one_of("horizontal", "vertical")] = key(
        "組み方", "horizontal（横組み）・vertical（縦組み）。", "vertical", default="horizontal"
    )
    folds: Annotated[str, one_of("clear", "ignore")] = key(
        "折り目",
        "clear なら、段と行が、このページの folds と folds_across から fold_margin だけ離れて並びます。"
        "書かなければ（ignore）、並び方は変わりません。",
        "clear",
        default="ignore",
    )
    kinds: Annotated[str | tuple[str, ...], OneOrMore(words("記事の型の名前を並べてください。"))] = key(
        "記事の型", "置ける記事の型。書かなければ、どの型でも。", ["notice"], default=()
    )
    mark: Words = key(
        "印",
        "この領域のそばに、ページのひな形が印刷する言葉。型の mark と同じなら、その型の記事を置けます。",
        "広告",
        default="",
    )
    overflow: OverflowFields | None = key(
        "入りきらない文章の続き",
        "flow: columns の領域に入りきらない文章を、どこへ続けるか。書かなければ、入りきらないと間違いになります。",
        {"to": "next"},
        default=None,
    )
    fit: FitFields = key(
        "詰め方",
        "記事が入りきらないとき、どこまで詰めてよいか。書いた順に試し、はじめて入ったものにします。",
        {"feed": [27, 28], "gap": [0, 7], "tracking": 97, "condense": 95},
        default=FitFields(),
    )


class MarginsFields(Group):
    """``margins`` of a page type."""

    gutter: Annotated[float, length(_MARGIN)] = key("のど", "綴じる側の余白（mm）。左ページの右、右ページの左。", 18)
    fore_edge: Annotated[float, length(_MARGIN)] = key("小口", "開く側の余白（mm）。左ページの左、右ページの右。", 14)
    mirrored: Annotated[bool, yes_or_no()] = key(
        "左右で裏返す",
        "yes なら、領域の並びも左右のページで裏返します。at の最初の数は、版面の のど側から。"
        "no なら、並びはそのままで、版面だけが動きます。at の最初の数は、版面の左から。",
        "yes",
        default=False,
    )


class PageTypeFields(Group):
    """One of ``page_types``."""

    title: Words = key("題名", "ページの型の題名。人のための説明です。", "暮らしの情報")
    trim: Annotated[tuple[float, float] | None, TRIM] = key(
        "仕上り寸法",
        "このページの仕上りの幅と高さ（mm）。折り込みのページなどに。書かなければ、ほかのページと同じ。",
        "297 x 297",
        default=None,
    )
    margins: MarginsFields | None = key(
        "余白",
        "のど（綴じる側）と小口（開く側）の余白。書けば、左右のページで自動的に入れ替わり、"
        "regions の at の最初の数は、版面（余白の内側）から測ります。書かなければ、どのページも仕上りの左から。",
        {"gutter": 18, "fore_edge": 14},
        default=None,
    )
    folds: Annotated[float | tuple[float, ...], OneOrMore(size(_FOLD))] = key(
        "折り",
        "縦の折り目の場所を、仕上りの左から（mm）。折りトンボが付きます。"
        "裏のページの型には、左右を入れ替えた場所を書きます。",
        [97, 197],
        default=(),
    )
    folds_across: Annotated[float | tuple[float, ...], OneOrMore(size(_ACROSS))] = key(
        "横の折り",
        "横の折り目の場所を、仕上りの上から（mm）。裏のページの型にも、同じ場所を書きます。",
        [148.5],
        default=(),
    )
    folds_crossed: Annotated[bool, yes_or_no()] = key(
        "折り目をまたぐ",
        "yes なら、このページの folds と folds_across に文字や表が掛かってもよい（封筒に入れるための折りなど）。",
        "yes",
        default=False,
    )
    inks: Annotated[str | tuple[str, ...], OneOrMore(one_of(*INKS))] = key(
        "インキ",
        "このページを刷ってよいインキ: process4（4色）・kc（スミ+シアン）・k（スミ1色）・spot（スミ+特色）。"
        "書かなければ、どれでも。",
        ["process4", "kc"],
        default=(),
    )
    regions: dict[str, RegionFields] = key(
        "領域", "記事の入る領域。", {"main": {"at": "15 30 180 250", "columns": 4, "gutter": 5}}, default={}
    )
