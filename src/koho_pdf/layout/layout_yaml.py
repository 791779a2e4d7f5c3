"""The model of ``layout.yaml``: its keys, what each is for, which values it takes."""

from __future__ import annotations

from typing import Annotated

from koho_pdf.geometry import Rect
from koho_pdf.layout.digits import STYLES
from koho_pdf.layout.keep_outs import parse_place
from koho_pdf.layout.readings import ASKED
from koho_pdf.layout.region_yaml import TRIM, PageTypeFields
from koho_pdf.layout.slot_yaml import SlotFields
from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.readable import OneOrMore, count, length, one_of, parsed, words
from koho_pdf.manuscript.settings import Settings, key
from koho_pdf.press.colour import NOTATION, ProcessColour, parse_colour
from koho_pdf.press.folds import NAMES, named
from koho_pdf.press.inks import Tones, parse_one, parse_two

_PERCENTAGE = r"\d+(?:\.\d+)?"
_COLOUR = parsed(
    parse_colour, "「90/85/40/40」のように、シアン/マゼンタ/イエロー/ブラックを % で書いてください。", NOTATION
)
_TWO = parsed(
    parse_two, "「60/20」のように、2色目のインキ/ブラックを % で書いてください。", f"{_PERCENTAGE}/{_PERCENTAGE}"
)
_ONE = parsed(parse_one, "「20」のように、ブラックを % で書いてください。", _PERCENTAGE, "number")
_SLOT = "数字で書いてください（大きさは Q、行送りは H）。"
_WHY = "「項目の名前: 載せない理由」の形で、1行に1つずつ書いてください。"

_FOLDED = parsed(named, f"{'・'.join(NAMES)} のどれかを書いてください。", "|".join(NAMES))

Words = Annotated[str, words()]
Colours = dict[str, Annotated[ProcessColour | tuple[ProcessColour, ...], OneOrMore(_COLOUR)]]
InTwo = dict[str, Annotated[Tones | tuple[Tones, ...], OneOrMore(_TWO)]]
InOne = dict[str, Annotated[Tones | tuple[Tones, ...], OneOrMore(_ONE)]]
Reasons = dict[str, Annotated[str, words(_WHY)]]


class KeepOutFields(Group):
    """One of ``keep_outs``."""

    at: Annotated[
        Rect,
        parsed(
            parse_place,
            "「104 0 2 297」のように、仕上りの左から・上から・幅・高さの4つをミリで書いてください。",
            rf"{_PERCENTAGE}([\s,]+{_PERCENTAGE}){{3}}",
        ),
    ] = key("場所", "仕上りの左から、上から、幅、高さ（mm）。折り目の線は、幅か高さを 0 にできます。", "104 0 2 297")
    pages: Annotated[int | tuple[int, ...], OneOrMore(count("ページの番号を整数で書いてください。"))] = key(
        "ページ", "あるページの番号。書かなければ、全部のページ。", [1, 3], default=()
    )
    side: Annotated[str, one_of("left", "right", "both")] = key(
        "左右",
        "left（左ページ）・right（右ページ）・both（両方）。綴じ穴のように、左右で場所の違うものに。",
        "right",
        default="both",
    )
    types: Annotated[str | tuple[str, ...], OneOrMore(words("ページの型の名前を並べてください。"))] = key(
        "ページの型", "台割のある号で、あるページの型。書かなければ、どの型にも。", ["notices"], default=()
    )


class OmitsFields(Group):
    """``omits``."""

    print: Reasons = key("印刷用", "印刷用の版に載せない項目と、その理由。", default={})
    screen: Reasons = key("画面用", "画面用の版に載せない項目と、その理由。", default={})
    web: Reasons = key("ウェブ", "ウェブページに載せない項目と、その理由。", default={})


class LayoutFile(Settings):
    """A whole ``layout.yaml``."""

    called = "layout.yaml（レイアウトの取り決め）"
    owner = "layout.yaml はデザイナーのファイルです。号の原稿のせいではありません。"

    kind: Words = key("原稿の種類", "このレイアウトで組む、原稿の種類。", "policy-leaflet")
    title: Words = key("題名", "レイアウトの題名。人のための説明です。", "市政執行リーフレット（A4・4ページ）")
    trim: Annotated[tuple[float, float], TRIM] = key("仕上り寸法", "仕上りの幅と高さ（mm）。", "210 x 297")
    bleed: Annotated[float, length("塗り足しをミリの数で書いてください。")] = key("塗り足し", "塗り足しの幅（mm）。", 3)
    pages: Annotated[int, count("ページ数を整数で書いてください。何ページでもよければ 0 です。", 0)] = key(
        "ページ数", "ページ数。0 は、文章が要るだけ何ページでも。", 4
    )
    binding: Annotated[str, one_of("left", "right")] = key(
        "綴じる側", "left（左綴じ、横組み）・right（右綴じ、縦組み）。", "left", default="left"
    )
    fold: Annotated[str, _FOLDED] = key(
        "折り方",
        f"1枚の紙を折って作るものの、折り方: {'・'.join(NAMES)}。1面を1ページとして、読む順に作ります。"
        "大きさの違う面（巻き三つ折りの内側など）は、page_types の trim か @page の size で。",
        "巻き三つ折り",
        default="",
    )
    fold_margin: Annotated[float, length("折り目からの余裕をミリの数で書いてください。")] = key(
        "折りからの余裕",
        "文字・表・写真の切らない範囲を、折り目から何 mm 離すか。書かなければ、入稿条件の fold_margin。"
        "入稿条件より小さい値は書けますが、使いません。",
        6,
        default=0.0,
    )
    readings: Annotated[str, one_of(*ASKED)] = key(
        "読み",
        "koho.yaml の読みを、本文の名前にルビで付ける: "
        "first（号の初出だけ）・article（記事ごとの初出）・every（すべて）・none（付けない）。",
        "first",
        default="none",
    )
    digits: Annotated[str, one_of(*STYLES)] = key(
        "数字",
        "本文の数字: as-typed（原稿のとおり）・half（半角）・full（全角）・one-full（1けたの数だけ全角）。",
        "as-typed",
        default="as-typed",
    )
    colours: Colours = key(
        "色",
        "色の名前と、印刷の4色（C/M/Y/K、%）。[ ] の中に並べると、順に使う色の組になります。",
        {"ink": "0/0/0/100"},
    )
    colours_two: InTwo = key(
        "2色の仕事の色",
        "2色の仕事（スミと、もう1色）での色。「60/20」は、2色目 60% とブラック 20%。名前と数は colours と同じに。",
        {"ink": "0/100"},
        default={},
    )
    colours_one: InOne = key(
        "1色の仕事の色",
        "1色の仕事（スミだけ）での色。「20」は、ブラック 20%。名前と数は colours と同じに。",
        {"ink": 100},
        default={},
    )
    palette: Annotated[str | tuple[str, ...], OneOrMore(words("colours にある色の名前を並べてください。"))] = key(
        "市が選べる色",
        "市が koho.yaml の palette で替えてよい色の、colours での名前。「[ ]」の中に並べます。",
        ["navy", "gold"],
        default=(),
    )
    section_colours: Annotated[str | tuple[str, ...], OneOrMore(words("colours にある色の名前を並べてください。"))] = (
        key(
            "章の色",
            "章を見分ける色の、colours での名前（拡大版と、記事ごとのウェブページで使う）。",
            ["navy", "rust"],
            default=(),
        )
    )
    slots: dict[str, SlotFields] = key(
        "枠",
        "文字の入る枠。入りきらない原稿は、縮めずに間違いとして知らせます。",
        {"title": {"size": 32, "line_feed": 42, "chars_per_line": 13, "lines": 1}},
    )
    omits: OmitsFields = key(
        "載せない項目",
        "版ごとに、わざと載せない原稿の項目と、その理由。ほかの項目が載っていなければ、間違いとして知らせます。",
        {"web": {"contact.place": "地図を載せる"}},
        default=OmitsFields(),
    )
    page_types: dict[str, PageTypeFields] = key(
        "ページの型",
        "台割（原稿の pages）で選べるページの型。それぞれ pages/<名前>.html が紙面の枠組みです。",
        {"notices": {"title": "暮らしの情報"}},
        default={},
    )
    keep_outs: dict[str, KeepOutFields] = key(
        "大事なものを置けない所",
        "折り目や穴など。記事の段はここを避け、文字や、写真の切らない範囲（keep）が掛かると、間違いとして知らせます。",
        {"中央の折り目": {"at": "104 0 2 297", "pages": [1, 4]}},
        default={},
    )
