"""L32: heavy and doubled honorifics."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import PLAIN, WORDS, Alarm, Reading, Rule
from koho_pdf.gate.spelling import Spelling, spelled


def _doubled(verb: str, right: str) -> Iterator[Spelling]:
    """お帰りになられる, …られた, …られて, …られます: the verb without られ."""
    for doubled, single in (
        ("られ(?=ま)", "り"),
        ("られる", "る"),
        ("られた", "った"),
        ("られて", "って"),
        ("られ(?=な)", "ら"),
    ):
        yield Spelling(verb + doubled, right + single)


_SPELLINGS = (
    *_doubled("おっしゃ", "おっしゃ"),
    *_doubled("いらっしゃ", "いらっしゃ"),
    *_doubled("(?P<verb>ご覧|お見え|おいで|お越し|お出まし|ご[一-龥]{2})にな", r"\g<verb>にな"),
    *_doubled("お召し上がりにな", "召し上が"),
    *_doubled("お(?P<verb>[一-龥ぁ-ん]{1,5}?)にな", r"お\g<verb>にな"),
    Spelling("ご(?P<noun>[一-龥]{2})なされ(?=[るたてま])", r"\g<noun>され"),
    Spelling("ご(?P<noun>[一-龥]{2})なさって(?:ください|下さい)", r"ご\g<noun>ください"),
    Spelling("ご(?P<noun>[一-龥]{2})(?:して|し)(?:いただ|頂)(?P<e>き|け|い|く|か)", r"ご\g<noun>いただ\g<e>"),
    Spelling(
        "(?P<verb>拝見|拝読|拝聴|拝借|頂戴|伺わ|お伺いさ)(?:さ?せて(?:いただ|頂)[いきくけ])(?P<e>て|た|ます|まし|る)?",
        r"",
    ),
    Spelling(
        "ご?(?P<noun>協力|理解|注意|参加|来場|利用|確認|連絡|了承|検討|回答|記入|応募|出席|支援|相談|配慮|容赦|留意|遠慮)(?:を|の(?:程|ほど)(?:を)?(?:、)?|賜りますよう)?(?:よろしく|宜しく|何卒よろしく)?お願い(?:申し?上げます|申しあげます)",
        r"ご\g<noun>ください",
    ),
    Spelling("(?:賜りますよう|賜り(?:たく|ますよう)?)(?:、)?(?:よろしく)?お願い(?:申し?上げます|いたします)", ""),
    Spelling(
        "(?:お|ご)(?P<verb>[一-龥ぁ-ん]{1,5})(?:くださ|下さ)いますよう(?:、)?(?:よろしく)?お願い(?:申し?上げます|いたします|します)",
        r"お\g<verb>ください",
    ),
    Spelling(
        "(?:いただ|頂)(?:きますよう|きたく|けますよう|けるよう)、?(?:よろしく|何卒|何とぞ)?お願い(?:申し?上げます|申しあげます|いたします|します)",
        "",
    ),
    Spelling("賜り(?:たく|ますよう|、|$)|(?:了承|来場|参加|教示|協力|理解|出席|高配)賜", ""),
    Spelling("申し上げさせて|頂戴いたしたく|拝聴させて|拝見いたしたく|お伺いいたしたく", ""),
    Spelling("(?:いただけ|頂け)ますと幸い", "てください"),
    Spelling(
        "(?:ご案内|お待ち|お知らせ|お断り|ご報告|ご連絡|ご説明|お詫び|ご紹介|ご通知|お礼|御礼|感謝)(?:を)?申し?上げ(?=ます|て)",
        "",
    ),
    Spelling("お願い申しあげ", "お願い"),
    Spelling("(?:して|させて)いただく(?:運び|次第|所存)|次第でございます|所存です", ""),
    Spelling("お伺いいたし", "伺い"),
    Spelling(
        "お(?P<verb>受け|届け|送り|渡し|預かり|待ち|答え|伝え|知らせ|見せ|配り|呼び|選び)させて(?:いただ|頂)き(?=ます|まし|たい)",
        r"お\g<verb>し",
    ),
    Spelling("ご拝(?P<v>見|読|聴)", r"拝\g<v>"),
    Spelling("させていただいております", "しています", "[一-龥ァ-ヶーと]"),
    Spelling("頂戴(?:いた)?し", "受け"),
    Spelling("させて(?:いただ|頂)き(?=ます|たい|まし)", "し", "[一-龥ァ-ヶーと]", unless="休業|欠席|辞退|遠慮|使わ"),
    Spelling("ご(?P<noun>[一-龥]{2})され(?P<e>る|た|て|ま)", r"\g<noun>され\g<e>"),
    Spelling("お客様各位|市民各位様|各位殿|各位様", "各位"),
    Spelling("(?:市長|課長|部長|先生|会長|教授|議員)(?:様|殿)", ""),
    Spelling("皆様方|皆さま方|皆さん方", "皆さん"),
    Spelling("におかれまして(?:は|も)", "は"),
    Spelling("平素(?:より|は|から)|格別の(?:ご|お)|ご(?:清栄|健勝|清祥|盛栄)", ""),
    Spelling("でございます", "です"),
    Spelling("存じ(?:上げ)?ます", "思います"),
    Spelling("ご高覧|ご笑覧|ご査収|ご高配|ご厚情", ""),
)
_CONDOLENCE = late("ご冥福|お悔やみ|哀悼|弔|ご逝去|お見舞い|訃報")


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    if not _CONDOLENCE.search(prose.text):
        for alarm in spelled(prose, reading, _SPELLINGS, "「{wrong}」は敬語が重すぎます。", certain=False):
            hint = (
                f"「{alarm.right}」のように、簡潔に書いてください。"
                if alarm.right
                else "「ご協力ください」「拝見する」のように、簡潔に書いてください。"
            )
            yield Alarm(alarm.begin, alarm.end, alarm.told, "", hint=hint)


RULE = Rule(
    "L32",
    "l32-honorifics",
    Severity.WARNING,
    "重い敬語・二重敬語",
    "敬語が重なると、肝心の用件が読み取れません。",
    wrong=(
        ("ご協力お願い申し上げます。", ""),
        ("市長がおっしゃられました。", ""),
        ("拝見させていただきました。", ""),
        ("ご参加くださいますようお願い申し上げます。", ""),
        ("先生がお帰りになられました。", ""),
        ("ご利用になられない方", ""),
        ("本日は休館とさせていただきます。", ""),
        ("ご出席なされる方", ""),
    ),
    silent=(
        "ご協力ください。",
        "ご冥福をお祈り申し上げます。",
        "お話しになりました。",
        "よろしくお願いします。",
        "お願いいたします。",
    ),
    find=_find,
    roles=WORDS - PLAIN,
)
