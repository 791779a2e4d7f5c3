"""The model of ``press/<name>.yaml``: its keys, what each is for, which values it takes."""

from __future__ import annotations

from typing import Annotated

from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.readable import (
    OneOrMore,
    count,
    length,
    matching,
    one_of,
    one_of_numbers,
    parsed,
    size,
    words,
    yes_or_no,
)
from koho_pdf.manuscript.settings import Settings, key
from koho_pdf.press.colour import NOTATION, ProcessColour, parse_colour

STANDARDS = ("PDF/X-4", "PDF/X-1a:2003", "plain")
INKS = ("process4", "kc", "k", "spot")
MARKS = ("corner", "centre", "fold", "wedge", "register")
SHEETS = ("single", "spreads", "fold", "saddle-stitch")
PRINTING = ("sheet", "newspaper", "digital")
SUMI_NOSE = ("data", "rip", "off")

_COLOUR = parsed(
    parse_colour, "「40/40/40/100」のように、シアン/マゼンタ/イエロー/ブラックを % で書いてください。", NOTATION
)
_MM = length("長さをミリの数で書いてください。")
_PERCENT = "インキの量を % の数で書いてください。"
_PPI = size("解像度を ppi の数で書いてください。")
_FILE_NAME = matching(
    r"([A-Za-z0-9_.\-]|\{issue\}|\{press\})+",
    "半角の英数字と _ - . だけで書いてください。{issue} は号、{press} は入稿条件の名前になります。",
)

Words = Annotated[str, words()]
Ppi = Annotated[float, _PPI]


class OutputConditionFields(Group):
    """``output_condition``."""

    identifier: Words = key("登録名", "出力条件の登録名。", "FOGRA39", "JC200103")
    name: Words = key("名前", "出力条件の名前。人のための説明です。", "Japan Color 2001 Coated")
    registry: Words = key(
        "登録簿", "出力条件が登録されているところ。登録のない条件なら none。", "http://www.color.org", "none"
    )
    profile: Words = key(
        "プロファイル",
        "写真の色分解と画面の色に使う ICC プロファイル。press フォルダーから見た場所。",
        "profiles/JapanColor2001Coated.icc",
    )
    sha256: Words = key("検査値", "プロファイルの検査値（SHA-256）。書かなければ確かめません。", default="")
    embedded: Annotated[bool, yes_or_no()] = key(
        "埋め込み",
        "プロファイルを PDF に埋め込むか。no は、登録簿にある条件を名前だけで示すとき（PDF/X-1a のみ）。",
        "yes",
        default=True,
    )


class SpotFields(Group):
    """``spot``."""

    way: Annotated[str, one_of("separation", "standin")] = key(
        "版の作り方",
        "separation（特色の版を作る）・standin（C版かM版で代える。印刷所がその版に特色を付ける）。",
        "separation",
        alias="as",
    )
    name: Words = key("特色の名前", "特色の名前。1つの仕事で1つの書き方だけ。", "DIC 156s")
    colour: Annotated[ProcessColour, _COLOUR] = key(
        "近い色", "画面と校正で見せる、4色での近い色（C/M/Y/K、%）。", "0/76/85/0"
    )
    plate: Annotated[str, one_of("Cyan", "Magenta")] = key(
        "代わりの版", "standin で使う版: Cyan・Magenta。", "Cyan", default="Cyan"
    )


class ResolutionFields(Group):
    """``ppi``."""

    refuse: Ppi = key("間違いにする解像度", "写真がこれ以下なら間違い。", 149)
    warn: Ppi = key("注意にする解像度", "写真がこれ以下なら注意。", 224)
    most: Ppi = key("いちばん高い解像度", "写真のこれを超える分は減らす。", 400)
    refuse_bitmap: Ppi = key("間違いにする解像度（2値）", "白黒2値の図がこれ以下なら間違い。", 549)
    warn_bitmap: Ppi = key("注意にする解像度（2値）", "白黒2値の図がこれ以下なら注意。", 799)
    most_bitmap: Ppi = key("いちばん高い解像度（2値）", "白黒2値の図のこれを超える分は減らす。", 2400)


class ProfileFile(Settings):
    """A whole ``press/<name>.yaml``."""

    called = "入稿条件（press のファイル）"
    owner = "印刷所の入稿条件のファイルです。印刷所から聞いたとおりに書きます。"

    title: Words = key("題名", "入稿条件の題名。人のための説明です。", "オフセット4色（コート紙）")
    standard: Annotated[str, one_of(*STANDARDS)] = key(
        "規格", "PDF の規格: PDF/X-4・PDF/X-1a:2003・plain（規格の名を付けず、ページの箱だけを正しく作る）。", "PDF/X-4"
    )
    output_condition: OutputConditionFields = key("出力条件", "何の上に、どう刷るか。")
    inks: Annotated[str, one_of(*INKS)] = key(
        "インキ",
        "process4（4色）・kc（スミ+シアン）・k（スミ1色）・spot（スミ+特色。spot の項目も書く）。",
        "process4",
    )
    page_inks: Annotated[str | tuple[str, ...], OneOrMore(one_of(*INKS))] = key(
        "ページのインキ",
        "inks のほかに、ページごとに選べるインキ: kc（スミ+シアン）・k（スミ1色）。台割の inks で選びます。",
        ["kc", "k"],
        default=(),
    )
    pages_per_side: Annotated[int, count("1つの面に並ぶページ数を、1か偶数で書いてください。")] = key(
        "1つの面のページ数",
        "印刷所の面付けで、紙の1つの面に並ぶページの数（16ページ折なら 8）。"
        "ページごとにインキを変える仕事で、面ごとに確かめます。",
        8,
        default=0,
    )
    spot: SpotFields | None = key("特色", "inks: spot の仕事の、特色。", default=None)
    bleed: Annotated[float, _MM] = key("塗り足し", "塗り足しの幅（mm）。", 3)
    total_ink: Annotated[float, size(_PERCENT)] = key("総インキ量", "総インキ量の上限（%）。", 300)
    least_dot: Annotated[float, length(_PERCENT)] = key(
        "最小の網点", "刷れる最小の網点（%）。これより薄い色は、紙の白にする。0 はすべて刷る。", 0, default=0.0
    )
    ppi: ResolutionFields = key("解像度", "写真と図の解像度（実寸で1インチに何画素か）。")
    sumi_nose: Annotated[str, one_of(*SUMI_NOSE)] = key(
        "スミノセ",
        "墨の文字と細い線のオーバープリント: data（データに書く）・rip（印刷所が行う。書かない）・off（しない）。",
        "data",
        default="data",
    )
    rich_black: Annotated[ProcessColour, _COLOUR] = key(
        "リッチブラック",
        "広い黒の面に使う色（C/M/Y/K、%）。文字には使いません。",
        "40/40/40/100",
        default=ProcessColour(40, 40, 40, 100),
    )
    marks: Annotated[str | tuple[str, ...], OneOrMore(one_of(*MARKS))] = key(
        "トンボ",
        "corner（角）・centre（センター）・fold（折り）・wedge（濃度の目安）・register（見当）を、[ ] の中に並べる。",
        ["corner", "centre"],
        default=(),
    )
    slug: Annotated[bool, yes_or_no()] = key(
        "欄外の書き込み",
        "トンボの外に、号・ページ・日付・入稿条件・インキ名を1行で書くか。yes・no。",
        "no",
        default=False,
    )
    safe_margin: Annotated[float, _MM] = key(
        "文字の余裕", "文字を置いてよいのは、仕上りから何 mm 内側か。", 3, default=3.0
    )
    fold_margin: Annotated[float, _MM] = key(
        "折りからの余裕",
        "文字を置いてよいのは、折り目から何 mm 離れた所か。折り機は 1 mm ほどずれます。",
        3,
        default=3.0,
    )
    sheets: Annotated[str, one_of(*SHEETS)] = key(
        "面付け",
        "single（単ページ、順に）・spreads（見開き）・fold（二つ折り）・saddle-stitch（中綴じ）。",
        "single",
        default="single",
    )
    creep: Annotated[float, _MM] = key(
        "紙の厚さ", "紙の厚さ（mm）。中綴じで、内側の紙ほどページをのどへ寄せる。", 0.1, default=0.0
    )
    page_multiple: Annotated[int, one_of_numbers(1, 2, 4)] = key(
        "ページ数の倍数", "ページ数は何の倍数か（1・2・4）。", 4, default=1
    )
    file_name: Annotated[str, _FILE_NAME] = key(
        "ファイルの名前",
        "送るファイルの名前。半角英数字と _ - . だけ。{issue} は号、{press} は入稿条件の名前になります。",
        "{issue}_{press}",
        default="{issue}_{press}",
    )
    paper: Words = key("用紙", "刷る紙。", "コート紙・マットコート紙")
    printing: Annotated[str, one_of(*PRINTING)] = key(
        "刷り方",
        "検査の基準が変わる。sheet（枚葉・商業オフセット）・newspaper（新聞輪転）・digital（複合機・オンデマンド）。",
        "sheet",
        default="sheet",
    )
