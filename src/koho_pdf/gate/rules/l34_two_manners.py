"""L34: です・ます and である in one article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import RUNNING, Alarm, Reading, Rule

_POLITE = late("(?:です|ます|ました|ません|でした|でしょう|ましょう|ください|ませんでした|ですか|ますか)[。！？]?$")
_PLAIN = late(
    "(?:である|であった|だ|だった|のだ|する|した|している|していた|された|される|られる|られた|れた|った|いる|いた|ない|なかった|なった|なる|ある|あった|いく|きた|だろう|であろう|よう|べきだ|べきである|れる|せる|える|ける|[うぐすぬぶむる]|(?<![0-9０-９一二三四五六七八九幾])つ|(?<![しな])く|(?<!ま)(?<!で)した|[えけせてねべめれげじちきぎしみりびい][た]|[んい]だ|(?:し|な|た|高|低|深|浅|長|短|近|遠|多|良|よ|悪|強|弱|早|速|遅|広|狭|暑|寒|白|赤|青|重|軽|古|若|安|大き|小さ)い)[。！？]$"
)
_SPEAKS = late("(?:問|答|質問|答弁|Q|A|Ｑ|Ａ|議員|市長|教育長|部長|課長)[0-9０-９]?[ 　：:．.]")
"""How a line begins that is what somebody said."""
_ASKS = late("議会|一般質問|答弁|質疑|質問|短歌|俳句|川柳|投稿|作文|感想文")


def _across(proses: Sequence[Prose], _: Reading) -> Iterator[tuple[Prose, Alarm]]:
    by_article: dict[str, list[Prose]] = {}
    for prose in proses:
        by_article.setdefault(prose.article, []).append(prose)
    for article in by_article.values():
        polite, plain = [], []
        for prose in article:
            if _ASKS.search(prose.text):
                continue
            for begin, end in prose.sentences:
                sentence = prose.text[begin:end].strip("\n 　")
                line = prose.text[prose.text.rfind("\n", 0, begin) + 1 :].lstrip("■・ 　")
                if _SPEAKS.match(line):
                    continue
                if not sentence.endswith(("。", "！", "？")) or sentence[0] in "「『（(・■●○◆":
                    continue
                if _POLITE.search(sentence):
                    polite.append((prose, begin, end))
                elif _PLAIN.search(sentence):
                    plain.append((prose, begin, end))
        if not polite or not plain:
            continue
        rare, usual = (plain, "です・ます") if len(polite) >= len(plain) else (polite, "である")
        for prose, begin, end in rare:
            tail = prose.text[begin:end].strip("\n 　")[-8:]
            at = begin + prose.text[begin:end].rindex(tail)
            told = f"「{tail}」だけ、{usual}の文になっていません。"
            yield prose, Alarm(at, at + len(tail), told, hint=f"1つの記事では、{usual}にそろえてください。")


RULE = Rule(
    "L34",
    "l34-two-manners",
    Severity.WARNING,
    "です・ますと、である",
    "1つの記事で混ざると、別の人の文章をつないだように見えます。",
    wrong=(
        ("雪が解ける季節である。足元に気を付けます。", ""),
        ("図書館は9時に開く。展示室は10時に開きます。会議室は13時に開きます。", ""),
        ("春の火災予防運動を行います。火の元の確認が大切だ。家族で話し合いましょう。", ""),
    ),
    silent=(
        "雪が解ける季節です。足元に気を付けます。",
        "雪が解ける季節である。足元に気を付ける。",
        "「春である。」と詠みました。",
        "対象　市内に住む方",
    ),
    across=_across,
    roles=RUNNING,
)
