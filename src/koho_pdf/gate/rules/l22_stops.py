"""L22: 。 after words that are no sentence, and sentences without it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose, Role
from koho_pdf.gate.rule import Alarm, Reading, Rule

_LABEL = (
    "日時|日程|期日|期間|期限|とき|時間|開館時間|受付時間|場所|会場|ところ|対象|対象者|定員|人数|費用|料金|参加費|受講料|入場料|持ち物|内容|講師|出演|申込み?|申し込み"
    "|申込先|申込期限|申込方法|締切|締め切り|問い?合わ?せ先?|お問い?合わ?せ|主催|共催|後援|電話|ファクス|メール|募集人数|募集期間|応募資格|賞品|日当|報酬|勤務地|勤務時間|集合|集合場所"
)
_FIELD = late(rf"^[ 　■●○◆◇▼▶・【\[]*(?:{_LABEL})[】\]]?[　 ：:]+(?P<value>[^\n。]*)(?P<stop>。)[ 　]*$", re.MULTILINE)
_ANY_FIELD = late(
    r"^[ 　■●○◆◇▼▶・]*(?:[【\[［〔（(][^】\]］〕）)\n]{1,10}[】\]］〕）)][ 　：:]*|[^、。\n　：:＝はがをにで（）()]{1,9}(?:[　：:＝]+|…+))(?P<value>(?:[^\n。はがを（(]|[（(][^（()）\n]*[)）]){1,40})(?P<stop>。)[ 　]*$",
    re.MULTILINE,
)
"""A line of a label that we do not know and a value."""
_NOUN_ITEM = late(
    r"^[ 　]*(?:[・●○◆◇▼▶①-⑳]|[0-9０-９]{1,2}[.．)）]|[(（][0-9０-９]{1,2}[)）])[ 　]*(?P<value>[^\n。はが、]{2,20}[一-龥ァ-ヶー）)]|[ぁ-んー]{2,4})(?P<stop>。)[ 　]*$",
    re.MULTILINE,
)
"""An item of a list that is a noun."""
_MISSING = late(
    "(?:(?:ました|ません|でした|ください|ましょう)(?=[一-龥「])(?![際折場時方後件旨通者上])|(?<!いただけ)(?<!でき)(?<!おり)(?<!ござい)(?<!ます)ます(?=[一-龥「])(?![目際折場時方後件旨通者上]))"
)
"""A sentence that begins right after another."""
_DOUBLE = late("。[、，]|[、，]。")
_LINE_ENDS, _NO_HEADING, _FIRST_LINE = 14, 10, 19
"""Lines shorter than this may be headings; those that end as headings hardly do, shorter than the second; the first
line of a text, shorter than the third."""
_ASKED = late("ますか|ましょう|ませんか|ください|募集")
_HARDLY = late("(?:ません|ください|下さい|でした|ました|お願いします|ましょう)[ 　]*$")
_SAID_FIELD = late(
    r"^(?!.*[：:])[^、。\n　はがをに]{2,12}　+(?P<value>[^\n。]{4,50}?[はがを][^\n。]{1,30}?(?P<end>です|ます|ません|でした|ました|ください))[ 　]*$",
    re.MULTILINE,
)
"""市民体育館　5月6日（木）は休館日です: a field that says a whole sentence."""
_VERB = late(
    "(?:です|ます|ました|ません|ください|下さい|でした|ましょう|する|した|いる|ある|ない|れる|せる|こと|もの|とおり|ため|可能|不要|必要|無料|か|ね|よ)$|[うくすつぬぶむる]$"
)
_NO_VERB = late("まで$|^[ 　]*(?:無料|有料|不要|必要|可|不可|自由|未定)$")
_NO_STOP = late(
    "(?P<end>(?:です|ます|ました|ません|でした|ましょう|ください|下さい|でしょう))(?P<after>[ 　]*)(?=\n|$)"
)
_ITEM = late("[ 　]*(?:[・■●○◆◇▼▶①-⑳※＊*【〈《「『（(]|[0-9０-９]+[.．)）]|[^。、\n]{1,8}[　：:])")
"""Where an item of a list begins: no sentence among others."""
_NOUN_STOP = late("(?<=[0-9０-９])(?:人|円|名|件|時|分|日|回|枚|部|台|個|室|階|号|歳|組|冊|か所|まで)(?P<stop>。)")
_ENDS_SO = late("(?:^|。)[^。\n]*$")


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for found in _FIELD.finditer(prose.text):
        if not _VERB.search(found["value"]) or _NO_VERB.search(found["value"]):
            yield _extra(prose, found.start("stop"), found["value"][-12:])
    told = {found.start("stop") for found in _FIELD.finditer(prose.text)}
    for found in _ANY_FIELD.finditer(prose.text):
        if (
            found.start("stop") not in told
            and not _VERB.search(found["value"])
            and prose.role in (Role.BODY, Role.FIELD)
        ):
            told.add(found.start("stop"))
            yield _extra(prose, found.start("stop"), found["value"][-12:])
    for found in _NOUN_ITEM.finditer(prose.text):
        if (
            found.start("stop") not in told
            and not _VERB.search(found["value"])
            and prose.role in (Role.BODY, Role.CELL)
        ):
            told.add(found.start("stop"))
            yield _extra(prose, found.start("stop"), found["value"][-12:])
    yield from _of_lists(prose, told)
    for found in _DOUBLE.finditer(prose.text):
        yield Alarm(
            found.start(),
            found.end(),
            f"「{found[0]}」は、句点か読点のどちらかが余分です。",
            hint="片方を消してください。",
        )
    if (
        prose.role in (Role.FIELD, Role.CELL, Role.HEADING)
        and prose.text.endswith("。")
        and prose.text.count("。") == 1
    ):
        value = prose.text[:-1]
        if not _VERB.search(value) and not told:
            yield _extra(prose, len(value), value[-12:])
    if prose.role is not Role.BODY:
        return
    for found in _NOUN_STOP.finditer(prose.text):
        if found.start("stop") not in told and not prose.is_quoted(found.start()):
            before = _ENDS_SO.search(prose.text, 0, found.start())
            words = before[0].lstrip("。") if before else ""
            if not re.search("[はがをに、]", words):
                yield _extra(prose, found.start("stop"), (words + found[0])[-12:-1])
    for found in _MISSING.finditer(prose.text):
        if not prose.is_quoted(found.start()):
            words = prose.text[max(0, found.start() - 6) : found.end() + 4]
            yield Alarm(found.start(), found.end(), f"「{words}」の間に「。」がありません。", found[0] + "。")
    if prose.text.count("。\n") > 1:
        for found in _SAID_FIELD.finditer(prose.text):
            told_ = f"文の終わり「{found['value'][-10:]}」に「。」がありません。"
            yield Alarm(found.start("end"), found.end("end"), told_, found["end"] + "。", certain=True)
    for found in _NO_STOP.finditer(prose.text):
        line = prose.text[prose.text.rfind("\n", 0, found.start()) + 1 : found.end()]
        begun = prose.text[prose.text.rfind("。", 0, found.start()) + 1 : found.end()].rsplit("\n", 1)[-1]
        goes_on = "、" in begun and "。" in prose.text and not _ITEM.match(begun)
        if ("。" in line or goes_on or _is_sentence(prose, found.start(), begun)) and not prose.is_quoted(
            found.end("end")
        ):
            told_ = f"文の終わり「{line[-10:].strip()}」に「。」がありません。"
            yield Alarm(found.start("end"), found.end("end"), told_, found["end"] + "。", certain=True)


def _of_lists(prose: Prose, told: set[int]) -> Iterator[Alarm]:
    """The one item with 。 among items without."""
    lines = list(re.finditer(r"^[ 　]*(?P<mark>[・●○])[^\n]+$", prose.text, re.MULTILINE))
    ended = [found for found in lines if found[0].rstrip().endswith("。")]
    if (
        len(lines) < _ITEMS
        or len(ended) != 1
        or ended[0][0].count("。") > 1
        or len({each["mark"] for each in lines}) > 1
    ):
        return
    at = ended[0].start() + len(ended[0][0].rstrip()) - 1
    if at not in told:
        told.add(at)
        words = prose.text[max(ended[0].start(), at - 10) : at].strip()
        yield Alarm(at, at + 1, f"ほかの項目に「。」がないので、「{words}。」の「。」も要りません。", "")


_ITEMS = 3


def _is_sentence(prose: Prose, at: int, begun: str) -> bool:
    """Whether a line is a sentence among lines that all end with 。, and no heading or item."""
    lines = [line.strip() for line in prose.text.split("\n")]
    number = prose.text.count("\n", 0, at)
    others = [line for other, line in enumerate(lines) if other != number]
    if (
        (not number and (len(others) < 1 or len(begun.strip()) < _FIRST_LINE or _ASKED.search(begun)))
        or len(begun.strip()) < (_NO_HEADING if _HARDLY.search(begun) else _LINE_ENDS)
        or _ITEM.match(begun)
        or not re.search("[はがをにで]", begun)
    ):
        return False
    return sum(line.endswith("。") for line in others) == len(others) or (
        number > 0
        and lines[number - 1].endswith("。")
        and (number + 1 == len(lines) or lines[number + 1].endswith("。") or bool(_ITEM.match(lines[number + 1])))
    )


def _extra(prose: Prose, at: int, words: str) -> Alarm:
    return Alarm(at, at + 1, f"「{words}。」は文ではないので、「。」は要りません。", "", certain=True)


RULE = Rule(
    "L22",
    "l22-stops",
    Severity.WARNING,
    "句点の過不足",
    "項目の値や体言止めに「。」は付けません。文には付けます。",
    wrong=(
        ("定員　16人。", "定員　16人"),
        ("会場：中央公民館。", "会場：中央公民館"),
        ("雪が解けます。水路を見回ります", "雪が解けます。水路を見回ります。"),
        (
            "図書館では、古い雑誌を差し上げます\n袋をお持ちください。",
            "図書館では、古い雑誌を差し上げます。\n袋をお持ちください。",
        ),
        ("費用　無料（材料費500円）。", "費用　無料（材料費500円）"),
        ("【履物】動きやすい靴。", "【履物】動きやすい靴"),
        (
            "窓口を開きます。\n体育館　5月6日は休館日です\n当番医は確認してください。\nごみの収集は通常のとおりです。",
            "窓口を開きます。\n体育館　5月6日は休館日です。\n当番医は確認してください。\nごみの収集は通常のとおりです。",
        ),
        (
            "観覧は無料です。\n会場では飲食できません\n乗り合わせて来てください。",
            "観覧は無料です。\n会場では飲食できません。\n乗り合わせて来てください。",
        ),
        ("・飲み物。\n・動きやすい服装。", "・飲み物\n・動きやすい服装"),
        (
            "市役所の窓口は午後5時15分に閉まります\n土曜日と日曜日は開きません。",
            "市役所の窓口は午後5時15分に閉まります。\n土曜日と日曜日は開きません。",
        ),
        ("改修の補助　費用の5分の4（限度額は120万円）。", "改修の補助　費用の5分の4（限度額は120万円）"),
        ("雪が解けます水路を見回ります。", "雪が解けます。水路を見回ります。"),
        (
            "台風が近づくと、波は高くなります。\n堤防や岩場には近づかないようにしましょう\n早めに移ってください。",
            "台風が近づくと、波は高くなります。\n堤防や岩場には近づかないようにしましょう。\n早めに移ってください。",
        ),
    ),
    silent=(
        "定員は16人です。",
        "Q　3歳なら、何歳児の組に入りますか。",
        "申込み　電話で申し込んでください。",
        "春の火災予防運動が始まります",
        "春です、種をまきます\n畑へ行こう",
        "「行きます」と答えました。",
        "参加したのは30人。今年も盛況でした。",
        "雪が解けます。\n農業を始めます\n種をまきます。",
        "体育館　5月6日は休館日です\n図書館　5月7日は開館します",
        "お越しくださいました際は、窓口へ。市長　これからが大事です。",
    ),
    find=_find,
)
