"""L44: addresses of the web and of mail that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.word_lists import pairs

_NFKC = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3002: "."}
_SIGNS = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９.．/／_＿?？=＝&＆#＃~～%％+＋@＠:：－-"
_LOCAL = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９.．_＿+＋－-"
_WIDE = late(
    rf"(?:[hHｈＨ][tTｔＴ][tTｔＴ][pPｐＰ][sSｓＳ]?[:：][/／]{{2}}|[wWｗＷ]{{3}}[.．])[{_SIGNS}]+|(?<![{_LOCAL}])[{_LOCAL}]+[@＠][A-Za-z0-9Ａ-Ｚａ-ｚ０-９_－-]+[.．][{_SIGNS}]+"
)
_IS_WIDE = late("[！-～]")
_STOP = late(r"https?://[!-~]+?(?:\.{2,}|[.,;:])(?=[\s。、）」]|$)|https?://[!-~]*(?:\.。|。[a-z]{2,})[!-~]*", re.ASCII)
_SPACE = late(
    r"https?[ 　]+:[!-~]*|https?:[ 　]+//[!-~]*|https?://[ 　]+[!-~]+|https?://[\w.-]+[ 　]+[./][\w./-]*|https?://[\w./-]*[./][ 　]+(?![\w.+-]*@)[a-z][\w./-]*|(?<![\w.+-])[\w.+-]+[ 　]+@[\w-]+\.[\w.-]+|(?<![\w.+-])[\w.+-]+@[\w.-]+[ 　]+\.?(?:jp|com|net|org)(?![\w.-])|(?<![\w.+-])[\w.+-]+@[ 　]+[\w-]+\.[\w.-]+",
    re.ASCII,
)
_SCHEME = late(
    r"(?<![a-zA-Z])(?!https?:|ftp:|file:|line:|tel:)[a-z]{2,7}://[!-~]+|(?<![a-z])(?:htp|htttp|hhttp|ttp|htt|httpp|http;|https;)s?:?//[!-~]+|(?<![a-z])https?(?::/(?!/)|;//|//)[!-~]+|https?:\\\\[!-~]+",
    re.ASCII,
)
_HOST = late(r"https?://(?P<host>[^/\s\x80-\U0010ffff?#<>()\"]*)", re.ASCII)
_GOOD_HOST = late(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::[0-9]{1,5})?|localhost(?::[0-9]+)?", re.IGNORECASE
)
_FULL_STOP = late(r"(?:https?://|www\.)[!-~]+。|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+。", re.ASCII)
_WWW = late(r"(?<![a-z0-9./@-])www(?P<host>[.,][^/\s\x80-\U0010ffff?#()]*)", re.ASCII)
_CUT = late(
    r"https?://[!-~]+\.(?:h|ht|htm|p|pd|ph|as|asp|aspx|j|c|co|l|lg|n|ne|g|go) (?:[a-z]{1,4}(?![a-z0-9.@:/-])|[a-z0-9-]*\.[a-z]{2,}[!-~]*)"
    r"|https?://[!-~]+/\n[a-z0-9][\w-]*(?:/|\.html?|\.pdf)[!-~]*|https?://[!-~]+[ 　](?:[a-z0-9][a-z0-9_-]*/[!-~]*|[a-z0-9_-]+\.(?:html?|pdf|php|aspx?|jp)(?![a-z]))",
    re.ASCII,
)
_FILE = late(
    r"https?://[!-~]*\.(?:htm1|hmtl|htlm|thml|htmk|htmll|pfd|pdff|jpng)(?![\w])|https?://[!-~]+[,;](?:html?|pdf|php|aspx?)(?![\w])",
    re.ASCII,
)
_NO_LOCAL = late(r"(?<![\w.+@-])@[\w-]+(?:\.[\w-]+)*\.(?:jp|com|net|org)(?![\w-])", re.ASCII)
_ODD = late(r"https?://[!-~]*(?:\\|&amp;|(?<!:)//)[!-~]*", re.ASCII)
_NEARLY_WWW = late(
    r"(?<![\w./@-])(?:ww|wwww+)\.[\w-]+(?:\.[\w-]+)*\.(?:jp|com|net|org)(?![\w])|(?<![\w./@-])www[\w-]+(?:\.[\w-]+)*\.(?:lg|co|or|ne|ac|go|ed|gr)\.jp(?![\w])",
    re.ASCII,
)
_NO_SLASHES = late(r"(?<![a-z])https?:(?![/ 　;])[!-~]+", re.ASCII)
_NO_AT = late(
    r"(?:メールアドレス|メール|Eメール|E-mail|e-mail|Mail|mail)\s?[:：　 は]\s?(?P<mail>[a-z][\w-]*(?:\.[\w-]+)*\.(?:jp|com|net|org))(?![\w/@-])",
    re.ASCII,
)
_ENDS = frozenset(pairs("address_ends"))
"""The ends of addresses that a city names; another one is most likely a slip."""
_SLIPS = frozenset(word for word, right in pairs("address_slips").items() if right)
_MAIL = late(r"(?<![\w.+-])[\w.+-]+@(?P<host>[\w.,-]*)", re.ASCII)
_GOOD_MAIL = late(
    r"[A-Za-z0-9_+-](?:[\w.+-]*[\w+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}", re.ASCII
)

_LETTERS = late("[A-Za-zＡ-Ｚａ-ｚ]{2}|[@＠]")
"""What is in every address."""


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    if not _LETTERS.search(prose.text):
        return
    told: list[tuple[int, int]] = []
    known = {each.rpartition("@")[2] for mails in reading.style.mails.values() for each in mails}
    for alarm in (*_all(prose.text), *_nearly(prose.text, known)):
        if not any(begin < alarm.end and alarm.begin < end for begin, end in told):
            told.append((alarm.begin, alarm.end))
            yield alarm


def _all(text: str) -> Iterator[Alarm]:
    for found in _WIDE.finditer(text):
        if not _IS_WIDE.search(found[0]):
            continue
        right = found[0].translate(_NFKC)
        yield Alarm(
            found.start(), found.end(), f"アドレス「{found[0]}」が全角なので、開けません。", right, certain=True
        )
    for found in _SPACE.finditer(text):
        right = re.sub("[ 　]", "", found[0])
        yield Alarm(found.start(), found.end(), f"アドレス「{found[0]}」の途中に空白が入っています。", right)
    for found in _CUT.finditer(text):
        right = re.sub("[ 　\n]", "", found[0])
        yield Alarm(found.start(), found.end(), f"アドレス「{found[0]}」の途中に空白が入っています。", right)
    for found in (*_ODD.finditer(text), *_NO_SLASHES.finditer(text), *_NEARLY_WWW.finditer(text)):
        yield Alarm(
            found.start(), found.end(), f"アドレス「{found[0]}」の記号が違います。", hint="打ち直してください。"
        )
    for found in _SCHEME.finditer(text):
        yield Alarm(found.start(), found.end(), f"アドレス「{found[0]}」の始めが「https://」になっていません。")
    for found in _STOP.finditer(text):
        yield Alarm(
            found.start(), found.end(), f"アドレス「{found[0]}」に余分な句読点が付いています。", hint="消してください。"
        )
    for found in _FULL_STOP.finditer(text):
        told = f"アドレス「{found[0]}」の後ろに、続けて「。」があります。アドレスの一部として打ち込まれます。"
        hint = "文を「…をご覧ください。」のように終えるか、「。」を消してください。"
        yield Alarm(found.start(), found.end(), told, hint=hint)
    for found in _HOST.finditer(text):
        host = found["host"].lower()
        if not _GOOD_HOST.fullmatch(host) or re.match("(?:ww|wwww+)\\.|www(?!\\.)[a-z0-9]*\\.[a-z]+$", host):
            yield Alarm(found.start(), found.end(), f"アドレス「{found[0]}」は、つながる形をしていません。")
        else:
            yield from _end_of(found, host)
    for found in _WWW.finditer(text):
        host = f"www{found['host']}".rstrip(".")
        if not _GOOD_HOST.fullmatch(host):
            yield Alarm(found.start(), found.end(), f"アドレス「{found[0]}」は、つながる形をしていません。")
        else:
            yield from _end_of(found, host)
    for found in _NO_AT.finditer(text):
        told = f"メールアドレス「{found['mail']}」に「@」がありません。"
        yield Alarm(found.start("mail"), found.end("mail"), told)
    for found in _FILE.finditer(text):
        yield Alarm(found.start(), found.end(), f"アドレス「{found[0]}」の終わりのつづりが違います。")
    for found in _NO_LOCAL.finditer(text):
        yield Alarm(found.start(), found.end(), f"メールアドレス「{found[0]}」の「@」の前がありません。")
    for found in _MAIL.finditer(text):
        if not _GOOD_MAIL.fullmatch(found[0].rstrip(".,")) or found[0] != found[0].rstrip(".,"):
            yield Alarm(found.start(), found.end(), f"メールアドレス「{found[0]}」は、届く形をしていません。")
        else:
            yield from _end_of(found, found["host"])


def _end_of(found: re.Match[str], host: str) -> Iterator[Alarm]:
    """An address that ends as hardly any does."""
    host = host.partition(":")[0].lower()
    end = host.rpartition(".")[2]
    if end not in _ENDS and host != "localhost":
        told = f"アドレス「{found[0]}」の終わりの「.{end}」は、見慣れません。"
        hint = "打ち間違いでないか、開いて確かめてください。"
        yield Alarm(found.start(), found.end(), told, hint=hint, warns=end not in _SLIPS)


def _nearly(text: str, known: set[str]) -> Iterator[Alarm]:
    """A host that is one of the city's but for a letter."""
    for found in (*_HOST.finditer(text), *_WWW.finditer(text), *_MAIL.finditer(text)) if known else ():
        host = found["host"].lower().lstrip(".").removeprefix("www.").rstrip(".,")
        own = next((each for each in sorted(known) if host not in known and _one_slip(host, each.lower())), "")
        if own:
            told = f"アドレス「{found[0]}」は、koho.yaml の「{own}」と1字違います。"
            yield Alarm(found.start(), found.end(), told, hint="打ち間違いでないか、確かめてください。")


def _one_slip(host: str, own: str) -> bool:
    """Whether a host is another with one letter changed, left out, put in, or two exchanged."""
    if abs(len(host) - len(own)) > 1 or len(own) < 8:
        return False
    first = next((at for at, (a, b) in enumerate(zip(host, own, strict=False)) if a != b), min(len(host), len(own)))
    one, other = host[first:], own[first:]
    swapped = len(one) > 1 and one[:2] == other[1::-1] and one[2:] == other[2:]
    return one != other and (one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped)


RULE = Rule(
    "L44",
    "l44-addresses",
    Severity.ERROR,
    "アドレスが壊れている",
    "打ち込んでも、二次元コードにしても、どこにもつながりません。",
    wrong=(
        ("詳しくはｈｔｔｐｓ：／／www.example.jpをご覧ください。", "詳しくはhttps://www.example.jpをご覧ください。"),
        ("https://www.example.jp/。html", ""),
        ("https://www. example.jp/", "https://www.example.jp/"),
        ("koho @example.jpへ", "koho@example.jpへ"),
        ("http:/www.example.jp/", ""),
        ("koho@example,jp", ""),
        ("koho@examplejp", ""),
        ("https://www.example.jp/koho/index.htm l", ""),
        ("www,example.jp、http:www.example.jp", ""),
        ("https://www.example.jo/koho/", ""),
        ("https://www.example.jp/gomi/。", ""),
        ("メール：koho.city.example.jp", ""),
        ("koho@city.example.jpp、www.city.example.jpl/koho", ""),
        ("https://www.city.hamru.lg.jp/、koho@city.hamaur.lg.jp", ""),
        ("https://www.example.jp/koho/index,html", ""),
        ("https://wwww.example.jp/、@city.example.jpへ", ""),
        ("https://www.example.jp/\nkoho/", "https://www.example.jp/koho/"),
    ),
    silent=(
        "https://www.example.jp/koho/を開く",
        "www.example.jp",
        "koho@example.jp",
        "（https://www.example.jp/）。",
        "留萌市公式LINE @rumoi",
        "https://www.example.jp/a?b=c&d=e#fです。次の文",
        "https://www.example.jp/ 0164-42-1805",
        "メール：koho@example.jp、＜https://www.example.jp＞、<https://www.example.jp>",
        "https://www.example.jp/ koho@city.example.jp",
        "https://www.city.hamaru.lg.jp/、koho@city.hamaru.lg.jp、https://www.library.hamaru.lg.jp/",
        "https://www.city.example.lg.jp/、http://example.com:8080/x",
    ),
    find=_find,
    style={"mails": {"総務課": frozenset({"soumu@city.hamaru.lg.jp"})}},
)
