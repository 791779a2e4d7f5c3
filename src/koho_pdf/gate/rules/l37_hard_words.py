"""L37: words with kanji outside 常用漢字表 and without their reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.joyo import JOYO
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule
from koho_pdf.gate.tokens import tokens_of

_EASIER = {
    "罹災": "被災", "逼迫": "ひっ迫", "斡旋": "あっせん", "補填": "補塡・補う", "填補": "補う", "充填": "詰める", "装填": "詰める", "蔓延": "まん延・広がる", "嵩上げ": "かさ上げ", "遡及": "さかのぼる",
    "齟齬": "食い違い", "瑕疵": "欠陥・きず", "忖度": "推し量ること", "牽引": "けん引・引く", "牽制": "けん制", "隘路": "支障", "斟酌": "考慮", "狼煙": "のろし", "誤謬": "誤り",
    "逡巡": "ためらい", "拿捕": "だ捕", "嗜好": "好み", "嗜む": "たしなむ", "涵養": "養うこと", "招聘": "招く", "膨脹": "膨張", "囲繞": "囲むこと", "囁く": "ささやく", "塵芥": "ごみ", "屎尿": "し尿",
    "厨芥": "生ごみ", "糞尿": "ふん尿", "糞": "ふん", "漏洩": "漏えい・漏れ", "洩れ": "漏れ", "改竄": "改ざん", "剥離": "剝離・はがれる", "叱責": "叱る", "軋轢": "あつれき・不和", "終焉": "終わり", "急遽": "急に", "萎縮": "縮むこと", "咄嗟": "とっさ",
    "謄写": "写し", "贅沢": "ぜいたく", "梗塞": "詰まること", "癌": "がん", "疼痛": "痛み", "腫瘍": "できもの", "痙攣": "けいれん", "嘔吐": "吐くこと", "眩暈": "めまい", "火傷": "やけど", "怪我": "けが", "煙草": "たばこ", "蝋燭": "ろうそく", "硝子": "ガラス", "儲け": "もうけ", "揉め": "もめ", "貰": "もら", "呉れ": "くれ", "撒": "ま", "溜": "ためる",
    "雑巾": "雑巾", "梱包": "こん包・荷造り", "安堵": "安心", "払拭": "拭い去る", "毀損": "壊す", "捏造": "ねつ造・でっち上げ", "杜撰": "ずさん", "埋没": "埋まる", "邁進": "まい進・努める", "暫定": "暫定", "勿論": "もちろん", "何卒": "どうぞ", "流石": "さすが", "挨拶": "挨拶", "辻褄": "つじつま", "慰藉": "慰謝", "均霑": "行き渡らせる", "阻碍": "阻害", "障碍": "障害", "繋": "つな", "繋が": "つなが", "揃": "そろ", "揃え": "そろえ", "噂": "うわさ", "嘘": "うそ", "躾": "しつけ", "叶": "かな", "喧嘩": "けんか", "綺麗": "きれい", "奇麗": "きれい", "賑わい": "にぎわい", "賑やか": "にぎやか", "濡れ": "ぬれ", "覗": "のぞ", "拭え": "拭え", "溢れ": "あふれ", "溢水": "水があふれること", "氾濫": "氾濫", "堰堤": "せき", "浚渫": "しゅんせつ", "暗渠": "暗きょ", "橋梁": "橋りょう・橋", "法面": "のり面", "攪拌": "かくはん・かき混ぜる", "撹拌": "かくはん・かき混ぜる", "攪乱": "かく乱", "矮小": "小さい", "脆弱": "もろい・弱い", "曖昧": "曖昧", "旺盛": "旺盛", "哨戒": "見張り", "狭隘": "狭い", "狭窄": "狭くなること", "稀": "まれ", "奢侈": "ぜいたく", "反古": "ほご", "反故": "ほご", "杜絶": "途絶", "抛棄": "放棄", "抽籤": "抽選", "当籤": "当選", "附近": "付近", "聯合": "連合", "臆測": "憶測", "日蝕": "日食", "沮喪": "阻喪", "智能": "知能", "叡智": "英知", "廻す": "回す", "廻り": "回り", "巡廻": "巡回", "車輛": "車両", "編輯": "編集", "蒐集": "収集", "掘鑿": "掘削", "洗滌": "洗浄", "破毀": "破棄", "輿論": "世論", "歪曲": "ゆがめること", "詮索": "探ること", "歪み": "ゆがみ", "辿る": "たどる", "辿り": "たどり", "尤も": "もっとも", "挫折": "挫折", "憂鬱": "憂鬱", "戮力": "協力",
}  # fmt: skip
_PLAIN = {word: right for word, right in _EASIER.items() if any(sign not in JOYO and "一" <= sign <= "龥" for sign in word) or word in ("火傷", "怪我", "煙草", "何卒", "流石", "硝子", "反古", "反故", "法面", "奇麗", "附近")}
_HARD = re.compile("|".join(sorted(_PLAIN, key=lambda word: (-len(word), word))))
_READING = re.compile(r"[ぁ-んァ-ヶ一-龥]{0,3}[（(][ぁ-んァ-ヶー・ 　]+[)）]")
_KANJI = re.compile("[㐀-䶿一-鿿豈-﫿\U00020000-\U0002ffff]")
_FREE = frozenset("々〆〇")


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    known = set("".join((*reading.style.persons, *reading.style.words.values(), *reading.style.allowed)))
    told: list[tuple[int, int]] = []
    names = [(token.begin, token.end) for token in tokens_of(prose) if token.is_name]
    for found in _HARD.finditer(prose.text):
        if prose.is_quoted(found.start()) or _READING.match(prose.text, found.end()) or found[0] in reading.style.allowed:
            continue
        if any(begin <= found.start() < end for begin, end in names):
            continue
        told.append(found.span())
        hint = f"「{_PLAIN[found[0]]}」と言い換えるか、読みを付けてください。"
        yield Alarm(found.start(), found.end(), f"「{found[0]}」は、常用漢字表にない字か読みの言葉です。", hint=hint)
    for token in tokens_of(prose):  # without the tokeniser names cannot be told from words
        hard = [sign for sign in token.surface if _KANJI.match(sign) and sign not in JOYO and sign not in known and sign not in _FREE]
        if not hard or token.is_name or prose.is_quoted(token.begin) or _READING.match(prose.text, token.end) or "（" in token.surface:
            continue
        if any(begin < token.end and token.begin < end for begin, end in told) or _named(prose.text, token.begin, token.end):
            continue
        told.append((token.begin, token.end))
        hint = "やさしい言葉に言い換えるか、平仮名で書くか、読みを付けてください。"
        yield Alarm(token.begin, token.end, f"「{token.surface}」の「{'・'.join(hard)}」は、常用漢字表にありません。", hint=hint)


_NAME = re.compile("(?:さん|氏|様|市|町|村|区|郡|県|府|駅|港|川|岳|山|湖|橋|寺|神社|小学校|中学校|高校|公園|丁目|地区|通)")


def _named(text: str, begin: int, end: int) -> bool:
    """Whether a word seems to be the name of a person or a place."""
    return bool(_NAME.match(text, end)) or bool(re.search("(?:さん|氏|[市町村])$", text[begin:end]))


RULE = Rule(
    "L37",
    "l37-hard-words",
    Severity.WARNING,
    "常用漢字でない言葉",
    "読めない字があると、そこで読むのをやめる人がいます。",
    wrong=(("罹災証明書を出します。", ""), ("財政が逼迫しています。", ""), ("仕事を斡旋します。", ""), ("赤字を補填します。", ""), ("感染の蔓延を防ぎます。", "")),
    silent=("被災した方", "補塡します。", "罹災（りさい）証明書", "留萌市、髙橋さん、深川市", "「逼迫」という言葉"),
    find=_find,
    roles=WORDS,
)
