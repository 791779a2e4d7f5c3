"""Characters that keyboards, Word and Excel put in place of the intended ones: warnings about texts that print as
typed.

Nothing here changes a text. Each warning says what will be printed, and offers the form that was probably meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches

from koho_pdf.findings import Finding, Where, warning

_POINTS = ("改行", "つなぐ")
"""The words of marks that are only braces."""

_Meant = Callable[[re.Match[str]], str]

_MARKS: tuple[tuple[str, re.Pattern[str], _Meant], ...] = (
    (
        "ルビ",
        re.compile(r"(?<!\\)[{｛]([^{}｛｝|｜]{1,30})[|｜]([^{}｛｝]{1,60})[}｝]"),
        lambda found: f"{{{found[1]}|{found[2].replace('｜', '|')}}}",
    ),
    ("太字", re.compile(r"(?<!\\)[*＊]{2}([^*＊]{1,200})[*＊]{2}"), lambda found: f"**{found[1]}**"),
    (
        "割注",
        re.compile(r"(?<!\\)[(（]{2}([^()（）]{1,100})[)）]{2}"),
        lambda found: f"(({found[1]}))",
    ),
    (
        "傍点",
        re.compile(r"(?<![\\≪〈])(?:≪≪|〈〈)([^≪≫〈〉]{1,60})(?:≫≫|〉〉)(?![≫〉])"),
        lambda found: f"《《{found[1]}》》",
    ),
    (
        "リンク",
        re.compile(
            r"(?<!\\)[\[［]([^\[\]［］]{1,100})[\]］][(（]((?:https?|ｈｔｔｐｓ?|mailto|tel)[:：][^()（）\s]{1,300})[)）]"
        ),
        lambda found: f"[{found[1]}]({unicodedata.normalize('NFKC', found[2])})",
    ),
    *(
        (
            f"「{word}」の印",
            re.compile(rf"(?<!\\)(?:｛\s*{word}\s*[}}｝]|{{\s*{word}\s*｝)"),
            lambda found: "{" + found[0][1:-1].strip() + "}",
        )
        for word in _POINTS
    ),
)
"""Each mark's name, its look in either width (傍点: also in similar brackets), and its correct form."""

_WIDE = re.compile("[｛｝｜＊（）［］：ｈ≪〈]")

_BRACED = re.compile(r"(?<![\\{])\{[ \u3000]*(?=[^{}]*[ぁ-ヿ一-鿿])([^{}|｜]{1,12}?)[ \u3000]*\}(?!\})")

_TAG = re.compile(
    r"</?(?i:br|strong|em|font|span|div|ruby|rt|rp|sup|sub|img|h[1-6]|table|tr|td|ul|ol|li)(?:[\s/][^<>]{0,80})?>"
    r"|<[biupas](?:\s[^<>]{0,80})?>|</[biupasBIUPAS]>|&(?:nbsp|amp|lt|gt|quot|#[0-9]{1,6}|#x[0-9a-fA-F]{1,5});"
)
_QUOTED = re.compile("([‘’＇“”„＂])(.*?)([‘’＇“”＂])")
_HALF_KANA = re.compile("[\uff65-\uff9f]*[\uff66-\uff9d][\uff65-\uff9f]*")
_ADDRESSES = re.compile(r"(?:https?://|tel:|(?<![\w.+-])[\w.+-]{1,64}@)[!-~]+", re.IGNORECASE | re.ASCII)
_WIDE_ADDRESS = re.compile(
    r"[Ａ-Ｚａ-ｚ０-９．＿＋-－]{1,64}＠(?:[Ａ-Ｚａ-ｚ０-９－-]{1,63}[．.]){1,8}[Ａ-Ｚａ-ｚ]{2,}"
    r"|(?:ｈｔｔｐｓ?[：:][／/]{2}|ｗｗｗ[．.])[Ａ-Ｚａ-ｚ０-９．－＿／？＝＆％＃：～!-~]+"
)
_HALF_NUMBER = re.compile(r"(?<![A-Za-z0-9.])[0-9](?:[0-9.,:/-]*[0-9])?(?![0-9A-Za-z])|(?<![A-Za-z0-9.])[0-9.,]{2,}")
_WIDE_NUMBER = re.compile(r"(?<![Ａ-Ｚａ-ｚ０-９])[０-９](?:[０-９．，：－]*[０-９])?")
_NO_VALUE = re.compile(
    r"#(REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA)|#{3,}|-?[0-9](\.[0-9]+)?E[+-][0-9]{2,3}"
)  # Excel writes into a CSV what it shows
_WAVES = "～〜"
_NO_DESCRIPTION = re.compile(
    r"(写真|画像|図|絵|図版|イラスト|カット|挿絵|photo|image|picture|img|fig|dsc|pict)[\s_ー-]*[0-9]*(です)?。?"
    r"|[!-~]+\.(jpe?g|png|tiff?|heic)",
    re.IGNORECASE,
)


def lookalikes(text: str, *, marks: bool) -> Iterator[Finding]:
    """The warnings about one text; ``marks`` if it may hold marks, because full-width characters only look like marks.

    Codes: wide-space-at-start, wide-mark, mark-not-known, html-tag, curly-quotes, half-width-kana, wide-address,
    digits-of-two-widths; each at most once for a text.
    """
    if text.startswith("　"):
        hint = "空白を消してください。段落の頭を下げるかどうかは、レイアウトが決めます。"
        yield warning("wide-space-at-start", "文章が全角の空白で始まっていて、そのまま印刷されます。", hint=hint)
    if marks and (found := _wide_mark(text)):
        yield found
    if marks and (found := _unknown_mark(text)):
        yield found
    if tag := _TAG.search(text):
        yield _html(tag[0])
    if found := _curly_quotes(text):
        yield found
    if kana := _HALF_KANA.search(text):
        yield warning(
            "half-width-kana",
            f"半角のかな「{kana[0][:20]}」があります。",
            hint=f"全角で「{unicodedata.normalize('NFKC', kana[0][:20])}」と書いてください。",
        )
    if address := _WIDE_ADDRESS.search(text):
        yield warning(
            "wide-address",
            f"アドレス「{_cut(address[0])}」が全角なので、画面で押せるリンクになりません。",
            hint=f"半角で「{_cut(unicodedata.normalize('NFKC', address[0]))}」と書いてください。",
        )
    if found := _digits(text):
        yield found


def spreadsheet_trouble(cell: str) -> Finding | None:
    """The warning about a cell that a spreadsheet shows when it has no value, or no room for one."""
    if not _NO_VALUE.fullmatch(cell.strip()):
        return None
    return warning(
        "cell-without-value",
        f"セルが「{_cut(cell.strip())}」になっていて、そのまま印刷されます。",
        hint="Excel で式と列の幅と表示形式を直し、正しい値が見えるようにしてから、CSV に保存し直してください。",
    )


def two_waves(texts: Sequence[tuple[str, Where]]) -> Finding | None:
    """A warning if one issue has both ～ (U+FF5E) and 〜 (U+301C), at the first of the rarer one."""
    counts = {wave: sum(text.count(wave) for text, _ in texts) for wave in _WAVES}
    if not all(counts.values()):
        return None
    rare, usual = sorted(_WAVES, key=lambda wave: counts[wave])
    return warning(
        "two-waves",
        f"2種類の波線が混ざっています（「～」U+FF5E が{counts['～']}つ、「〜」U+301C が{counts['〜']}つ）。",
        next(where for text, where in texts if rare in text),
        hint=f"見た目は似ていますが、別の文字です。号の中では「{usual}」（U+{ord(usual):04X}）にそろえてください。",
    )


def says_nothing(description: str) -> Finding | None:
    """The warning about a picture's description (``alt``) that only says that there is a picture."""
    if not _NO_DESCRIPTION.fullmatch(unicodedata.normalize("NFKC", description).strip()):
        return None
    return warning(
        "description-says-nothing",
        f"写真の説明が「{description[:20]}」だけでは、何が写っているか伝わりません。",
        hint="「夕日の港に並ぶ漁船」のように、写っているものを書いてください。目の見えない方に読み上げられます。",
    )


def _wide_mark(text: str) -> Finding | None:
    if not _WIDE.search(text):
        return None
    for name, pattern, meant in _MARKS:
        for match in pattern.finditer(text):
            if (half := meant(match)) != match[0]:
                how = "《 と 》を2つずつ使って" if name == "傍点" else "記号を半角にして"
                return warning(
                    "wide-mark",
                    f"「{_cut(match[0])}」は{name}にならず、記号ごとそのまま印刷されます。",
                    hint=f"{name}にするなら、{how}「{_cut(half)}」と書いてください。",
                )
    return None


def _unknown_mark(text: str) -> Finding | None:
    """The warning about braces around a word that is not a mark: a slip of the hand, or ruby without its reading."""
    braced = next((each for each in _BRACED.finditer(text) if each[1] not in _POINTS), None)
    if not braced:
        return None
    near = get_close_matches(re.sub(r"\s", "", braced[1]), _POINTS, 1)
    hint = (
        f"「{{{near[0]}}}」のことではありませんか。"
        if near
        else "ルビなら「{留萌|るもい}」のように、| と読みを書き足してください。"
    )
    return warning(
        "mark-not-known",
        f"「{_cut(braced[0])}」という印はないので、そのまま印刷されます。",
        hint=f"{hint}記号を印刷するなら、前に \\ を付けてください。",
    )


def _html(tag: str) -> Finding:
    return warning(
        "html-tag",
        f"「{_cut(tag)}」は HTML の書き方です。ここでは、そのまま印刷されます。",
        hint="消してください。太字は **文字**、ルビは {漢字|かんじ} と書きます。² や & は、その文字を書きます。",
    )


def _curly_quotes(text: str) -> Finding | None:
    """Quotation marks around a text that Word made of ' and \"; inside a text they are the editor's own."""
    found = _QUOTED.match(text)
    if not found:
        return None
    if found.end() == len(text):
        hint = f"文章全体を囲むなら、半角の ' にしてください: '{_cut(found[2])}'"
    else:
        hint = f"引用なら「{_cut(found[2])}」と書いてください。"
    told = f"文章の頭の {found[1]} は、半角の ' ではないので、そのまま印刷されます。"
    return warning("curly-quotes", told, hint=hint)


def _digits(text: str) -> Finding | None:
    """Digits of both widths in one text. A number of one digit full-width and longer ones half-width is a style."""
    if not _WIDE_NUMBER.search(text):
        return None
    plain = _ADDRESSES.sub(" ", text)
    half, wide = _HALF_NUMBER.findall(plain), _WIDE_NUMBER.findall(plain)
    if not half or not wide or (min(map(len, half)) > 1 and max(map(len, wide)) == 1):
        return None
    return warning(
        "digits-of-two-widths",
        f"全角の数字「{wide[0][:10]}」と半角の数字「{half[0][:10]}」が、1つの文章に混ざっています。",
        hint="どちらかにそろえてください。",
    )


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
