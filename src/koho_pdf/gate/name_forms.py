"""Names in other forms: kanji that are one in two forms, that sound alike, and surnames that do."""

from __future__ import annotations

import re

FORMS = (
    "高髙", "崎﨑嵜埼", "辺邊邉部", "斎齋斉齊", "沢澤", "広廣", "桜櫻", "国國", "島嶋嶌", "浜濱濵", "真眞", "徳德", "恵惠", "吉𠮷",
    "会會", "円圓", "蔵藏", "条條", "瀬瀨", "浅淺", "富冨", "館舘", "桑桒", "竜龍", "渡渉", "栄榮", "実實", "寿壽",
    "来來", "万萬", "礼禮", "豊豐", "関關", "黒黑", "穂穗", "静靜", "郎郞", "青靑", "藤籐", "達逹", "鉄鐵", "峰峯",
    "弥彌", "亀龜", "滝瀧", "戸戶", "曽曾", "兎兔", "槙槇", "凜凛", "尭堯", "遥遙", "薫薰", "検檢", "悦悅", "鴎鷗",
    "緑綠", "頼賴", "芦蘆", "梅楳", "野埜", "船舩", "柳栁", "坂阪", "橋𣘺", "草艸", "美羙", "裕𥙿",
)  # fmt: skip
_SAME = {form: group[0] for group in FORMS for form in group[1:] if group[0] not in "渡辺坂"} | {
    "邊": "辺",
    "邉": "辺",
}
_SOUNDS = tuple(
    map(
        frozenset,
        ("郎朗", "太大多汰", "花華", "次治二司", "一市", "弘博浩宏広寛裕洋紘", "隆孝貴高崇敬尚岳", "明昭章彰晃秋晶", "正雅昌政将真", "幸行之雪由紀征",
        "健賢憲謙建剣", "美実未海三弥", "香加佳花夏歌果華", "介助輔佑祐", "夫雄男生央", "哉也弥矢", "真慎信伸新進", "智知友朋", "敏俊利年寿", "義良吉芳善美好嘉佳",
        "彦比", "淳純順潤", "樹希貴紀喜輝季", "直尚", "勝克", "清潔淳", "誠真", "茂繁", "進晋", "豊裕", "英栄", "和知一", "千知", "由有友優", "里理莉梨", "子紫",
        "恵江絵枝", "代世", "紀規則典憲徳範法", "洋陽", "秀英", "翔祥章昭", "剛豪郷", "剛毅強", "航渉亘渡", "結唯由", "衣依", "緒央桜", "律立", "奈菜那名", "真麻万茉",
        "沙紗早佐", "斗人登都", "優祐裕勇悠雄佑", "恵圭敬啓慶", "航晃康孝浩幸", "春晴陽", "光満充", "稔実", "守衛護", "徹哲", "聡聰智", "浩功宏弘孝幸康"),
    )
)  # fmt: skip
"""Kanji of given names that sound alike."""

SURNAMES = tuple(
    frozenset(group.split())
    for group in (
        "阿部 安部 安倍 阿倍", "伊藤 伊東", "太田 大田", "河合 川合 河井 川井", "菊地 菊池", "小島 児島 古島", "坂井 酒井", "安達 足立", "庄司 庄子 東海林", "永井 長井", "永田 長田",
        "古川 古河", "石川 石河", "小畑 小幡", "中山 仲山", "中田 仲田", "松本 松元", "坂本 坂元 阪本", "山本 山元", "福島 福嶋", "川島 河島", "川野 河野", "川村 河村",
        "清水 志水", "井上 井ノ上", "丸山 円山", "矢野 谷野", "植田 上田", "後藤 五藤", "小野 尾野",
    )
)  # fmt: skip
"""Surnames that sound alike."""


def any_form(sign: str) -> str:
    """A pattern of a kanji in any of its forms."""
    group = next((each for each in FORMS if sign in each), sign)
    return f"[{group}]" if len(group) > 1 else re.escape(sign)


def one_differs(one: str, other: str) -> bool:
    """Whether two names have one surname and given names that differ in one kanji."""
    return one[:2] == other[:2] and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def sounds_alike(one: str, other: str) -> bool:
    """Whether two names differ in one kanji that sounds like the other."""
    if len(one) != len(other) or one == other:
        return False
    differ = [{a, b} for a, b in zip(one, other, strict=True) if a != b]
    return len(differ) == 1 and any(differ[0] <= group for group in _SOUNDS)


def closed(name: str) -> str:
    """A name without the space between its two parts."""
    return name.replace(" ", "").replace("　", "")


def plain_form(name: str) -> str:
    """A name with each kanji in its usual form, by which two forms of it are one."""
    return "".join(_SAME.get(sign, sign) for sign in closed(name))
