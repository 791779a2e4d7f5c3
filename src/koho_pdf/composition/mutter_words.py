"""What the engine logs in English, in words for a designer.

The engine writes to programmers. What a line quotes (a family, a rule, an address) is kept, so that it can be looked
for in the files.
"""

from __future__ import annotations

import re

NOT_ON_PAPER = {
    **dict.fromkeys(
        ("text-shadow",), "文字に影は付けられません。影が要るときは、同じ言葉を重ねずに、絵（SVG）に描いてください"
    ),
    **dict.fromkeys(
        ("filter", "backdrop-filter"), "ぼかしや色の加工はできません。写真を先に画像のソフトで加工してください"
    ),
    **dict.fromkeys(
        ("mix-blend-mode", "background-blend-mode"),
        "色の重ね合わせ（乗算など）はできません。重なった色を layout.yaml の colours に作ってください",
    ),
    **dict.fromkeys(
        ("mask", "mask-image", "clip-path", "shape-outside"),
        "マスク（形での切り抜き）はできません。絵（SVG）の中で切り抜くか、写真を先に切り抜いてください",
    ),
    **dict.fromkeys(("perspective", "transform-style", "backface-visibility"), "立体の見せ方はできません"),
}
"""Properties that browsers have and print does not, and what a designer does instead."""

_SVG_ONLY = re.compile(
    r"fill|fill-.+|stroke|stroke-.+|stop-.+|clip-rule|clip-path|mask|mask-type|marker|marker-.+|text-anchor"
    r"|dominant-baseline|alignment-baseline|color-interpolation.*|color-rendering|shape-rendering|image-rendering"
    r"|text-rendering|vector-effect|paint-order|enable-background|isolation|flood-.+|lighting-color|solid-.+"
    r"|-inkscape-.+|writing-mode|font-variant-.+|filter|mix-blend-mode"
)
_NOTHING = ("none", "normal", "auto", "")

_WHY = (
    (r"unknown property", "そのような名前の指定はありません"),
    (r"property not supported yet", "この指定は、まだ使えません"),
    (r"descriptor not supported", "@font-face などの中では使えない名前です"),
    (r"no value", "「:」の後ろに値がありません"),
    (r"invalid value", "「:」の後ろの値が読めません"),
    (r"Expected 1 to \S+ (?:tokens|token components),? got (\d+)", "値が{0}個あり、多すぎます"),
    (r"Expected .*\"/\".*", "「/」の書き方が読めません"),
    (r"got multiple (\S+) values in an? (\S+) shorthand", "{1} の中に、{0} の値が2つあります"),
    (
        r"System fonts are not supported",
        "パソコンの書体の名前は使えません。書体（font-family）と大きさを書いてください",
    ),
    (r"Relative URI reference without a base URI: (.*)", "場所 {0} が読めません"),
    (r"Invalid counter name: (.*)", "{0} は、番号（counter）の名前に使えません"),
    (r"prefix on this attribute is not supported, use '(.*)' instead", "頭の -weasy- は要りません。「{0}」と書きます"),
    (
        r"prefixes on unstable attributes are deprecated, use '(.*)' instead",
        "頭の -weasy- は要りません。「{0}」と書きます",
    ),
    (r"[Mm]issing .*", "必要な値がありません"),
)
_LINES = (
    (
        r"Font-face '(?P<css>.*)' cannot be loaded",
        "@font-face の書体「{css}」は読めません。",
        "@font-face は書きません。書体は koho.yaml の faces か、fonts の書体（koho fonts）から選んでください。",
    ),
    (
        r"Missing (?P<css>\S+) descriptor in '(?P<rule>@[\w-]+)' rule.*",
        "{rule} に「{css}」がありません。",
        "@font-face は書きません。書体は koho.yaml の faces か、fonts の書体（koho fonts）から選んでください。",
    ),
    (r"Parse error at .*", 'CSS に、読めないところがあります（余った「}}」や、閉じていない「(」「"」など）。', ""),
    (r"Unknown (?:empty )?(?:@page )?rule (?P<css>.*) at .*", "CSS の「{css}」は、使えない書き方です。", ""),
    (r"Empty @page rule (?P<css>.*) at .*", "CSS の「{css}」に中身がありません。", ""),
    (r"Invalid media type '(?P<css>.*?)'.*", "CSS の「@media {css}」は読めません。", ""),
    (r"Unsupported @page selector '(?P<css>.*?)'.*", "CSS の「@page {css}」は使えません。", ""),
    (r"Invalid (?:[\w -]+) '(?P<css>.*?)'.*", "CSS の「{css}」は読めません。", ""),
    (
        r"'?@import rule '(?P<css>.*?)' not at the beginning.*",
        "CSS の「@import {css}」は、はじめに書かないと働きません。",
        "",
    ),
    (
        r"Failed to load stylesheet at (?P<css>\S+) ?:.*",
        "CSS のファイル {css} を読めません。",
        "CSS は layout.css に書いてください（ほかのファイルを @import や link で読みません）。",
    ),
    (
        r"Invalid math function at [\d:]+: (?P<css>.*)",
        "CSS の計算「{css}」は、計算できません。",
        "単位をそろえてください。",
    ),
    (
        r"Failed to apply CSS rule in SVG rule: .*",
        "絵（SVG）の <style> に、どの部品のことか読めないところがあります。",
        "描画ソフトの書き出しで、CSS を「プレゼンテーション属性」にしてください。",
    ),
    (r"Subgrids are unsupported", "CSS の「subgrid」は使えません。", "grid-template で列と行を書いてください。"),
    (
        r"\"auto-fit\" and \"auto-fill\" are unsupported.*",
        "CSS の「auto-fit」「auto-fill」は使えません。",
        "列の数を書いてください。",
    ),
    (r"Baseline alignment is not supported for grid layout", "CSS の grid では、baseline にそろえられません。", ""),
    (r"Inline grids are not supported", "CSS の「inline-grid」は使えません。", "display: grid にしてください。"),
    (
        r"This row has more columns than the table, ignored (?P<css>\d+) cells",
        "表のある行が、ほかの行より長くて、{css}個のセルが入りません。",
        "colspan を確かめ、どの行も同じ数のセルにしてください。",
    ),
)
_OTHERWISE = "レイアウトの HTML と CSS のうち、最後に変えたところを確かめてください。"


def why(said: str, name: str) -> tuple[str, str]:
    """Why a declaration of this property is ignored, and what to do."""
    if name in NOT_ON_PAPER:
        told, _, instead = NOT_ON_PAPER[name].partition("。")
        return f"印刷では、{told}", f"{instead or 'この行を消してください'}。"
    for pattern, words in _WHY:
        if found := re.fullmatch(pattern, said):
            return words.format(*found.groups()), "綴りを確かめるか、別の書き方にしてください。"
    return "この書き方は読めません", "綴りを確かめるか、別の書き方にしてください。"


def drawn_in_svg(name: str, value: str) -> bool:
    """Whether a declaration in ``style=""`` within an SVG is one that its drawing follows, or that changes nothing."""
    if name in ("filter", "mix-blend-mode"):
        return value.strip() in _NOTHING
    return _SVG_ONLY.fullmatch(name) is not None


def line_in_words(said: str) -> tuple[str, str, str]:
    """What the engine logs of anything else: the finding, what to look for in the files, and what to do."""
    for pattern, words, hint in _LINES:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            parts = found.groupdict()
            css = " ".join((parts.get("css") or "").split())
            return words.format(**{**parts, "css": css[:40]}), css, hint or _OTHERWISE
    return f"組版エンジンに読めない書き方があります（エンジンの言葉: {said[:120]}）。", "", _OTHERWISE
