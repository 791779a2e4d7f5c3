"""L41: one person's name in two forms, or in another form than the city's list has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.name_slips import misread, near_surnames
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule

_FORMS = (
    "高髙", "崎﨑嵜埼", "辺邊邉部", "斎齋斉齊", "沢澤", "広廣", "桜櫻", "国國", "島嶋嶌", "浜濱濵", "真眞", "徳德", "恵惠", "吉𠮷",
    "会會", "円圓", "蔵藏", "条條", "瀬瀨", "浅淺", "富冨", "館舘", "桑桒", "竜龍", "渡渉", "栄榮", "実實", "寿壽",
    "来來", "万萬", "礼禮", "豊豐", "関關", "黒黑", "穂穗", "静靜", "郎郞", "青靑", "藤籐", "達逹", "鉄鐵", "峰峯",
    "弥彌", "亀龜", "滝瀧", "戸戶", "曽曾", "兎兔", "槙槇", "凜凛", "尭堯", "遥遙", "薫薰", "検檢", "悦悅", "鴎鷗",
    "緑綠", "頼賴", "芦蘆", "梅楳", "野埜", "船舩", "柳栁", "坂阪", "橋𣘺", "草艸", "美羙", "裕𥙿",
)  # fmt: skip
_SAME = {form: group[0] for group in _FORMS for form in group[1:] if group[0] not in "渡辺坂"} | {
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
_TITLES = "さん|氏|様|君|くん|ちゃん|先生|市長|副市長|町長|議員|[市県府道都町村]議|議長|副議長|教育長|課長|部長|係長|局長|館長|会長|副会長|園長|校長|教頭|教諭|医師|講師|選手|代表|理事長|理事|委員長|委員|隊長|団長|名誉市民|教授|監督|主任|住職|社長|店長|棋士|記者|隊員|団員|消防士|消防司令|看護師|保健師|保育士|栄養士|相談員|指導員|推進員|司書|学芸員|職員|区長|村長|知事|大臣|学長|塾長|船長|師匠|画伯|名人|投手|捕手|主将|部員|夫妻|親子|巡査|技師|獣医師|薬剤師"
_OFFICES = re.compile("(?:副?(?:市長|町長|村長)|教育長|副?議長)")
_KANJI = r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0002ffff々]"
_NAME = re.compile(
    rf"(?P<name>{_KANJI}{{1,4}}(?:[ 　]?{_KANJI}{{1,3}}|[ 　]?(?!さん|くん|ちゃん|さま|(?:から|まで|など|[はがのをにもとで])(?:{_TITLES}))[ぁ-んァ-ヶー]{{1,4}})?)(?:(?:[（(][^（）()]*[)）])?(?:[ 　])?(?={_TITLES})|(?=[（(][ぁ-ん]{{1,6}}[ 　・][ぁ-ん]{{1,6}}[）)]))"
)


def _across(proses: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    names = dict.fromkeys(map(_closed, (*reading.style.persons, *reading.style.known)))
    listed = {_plain(name): name for name in names}
    two = {_plain(name) for name in names if sum(_plain(other) == _plain(name) for other in names) > 1}
    by_plain: dict[str, list[tuple[Prose, int, str]]] = {}
    for prose in proses:
        for found in _NAME.finditer(prose.text):
            name = found["name"]
            by_plain.setdefault(_plain(name), []).append((prose, found.start(), name))
    for plain, places in list(by_plain.items()):  # 優勝　髙田 誠: a whole name without a title
        if 2 <= len(plain) <= 3 and any(sign in group for sign in plain for group in _FORMS):
            whole = re.compile("".join(map(_any_form, plain)) + f"[ 　]{_KANJI}{{1,3}}(?=[ 　（(、。\\n]|$)")
            for prose in proses:
                for found in whole.finditer(prose.text):
                    if not any(prose is each and at <= found.start() < at + len(name) for each, at, name in places):
                        by_plain.setdefault(_plain(found[0]), []).append((prose, found.start(), found[0]))
    for name, places in [(each, list(places)) for each, places in by_plain.items()]:
        for prose, at, said in places:  # 「評　国分さん」: what stands before a space may be no part of the name
            tail = re.split("[ 　]", said)[-1]
            if (
                len(tail) > 1
                and tail != said
                and any(each.startswith(_plain(tail)) and each != name for each in by_plain)
            ):
                by_plain.setdefault(_plain(tail), []).append((prose, at + len(said) - len(tail), tail))
    found_already = set[tuple[int, int]]()
    for prose, alarm in _listed(proses, [*names]):
        found_already.add((id(prose), alarm.begin))
        yield prose, alarm
    yield from _officers(by_plain, [_closed(name) for name in reading.style.known])
    yield from _surnames(by_plain)
    yield from misread(proses, reading.style.persons)
    yield from near_surnames(proses, [*map(_closed, reading.style.persons), *names])
    for plain, places in by_plain.items():
        places = [each for each in places if (id(each[0]), each[1]) not in found_already]
        if plain in two:
            continue
        right = listed.get(plain, "")
        if not right and len(plain) >= 3:
            right = next((name for other, name in listed.items() if _sounds_alike(plain, other)), "")
            for prose, at, name in places if right else ():
                told = f"「{name}」の字が、名簿の「{right}」と違います。"
                hint = "同じ人なら直し、別の人なら koho.yaml の名簿に書いてください。"
                yield prose, Alarm(at, at + len(name), told, right, hint=hint)
            if right:
                continue
            near = [other for other in listed if len(other) == len(plain) >= 4 and _one_differs(plain, other)]
            if len(near) == 1:
                for prose, at, name in places:
                    told = f"「{name}」は、名簿の「{listed[near[0]]}」のことではありませんか。"
                    hint = "同じ人なら直し、別の人なら koho.yaml の名簿に書いてください。"
                    named = any(each.article == prose.article for each, _, _ in by_plain.get(near[0], ()))
                    yield prose, Alarm(at, at + len(name), told, hint=hint, warns=not named)
                continue
            yield from _likely_slips(plain, places, by_plain)
        if right:
            for prose, at, name in places:
                if _closed(name) != _closed(right):
                    yield (
                        prose,
                        Alarm(
                            at,
                            at + len(name),
                            f"「{name}」の字が、名簿の「{right}」と違います。",
                            right,
                            hint="koho.yaml の名簿か、原稿のどちらかを直してください。",
                        ),
                    )
            continue
        related = [
            each
            for key, others in by_plain.items()
            for each in others
            if key == plain or (len(plain) > 1 and (key.startswith(plain) or plain.startswith(key)))
        ]
        yield from _two_forms(plain, places, related)


def _listed(proses: Sequence[Prose], names: Sequence[str]) -> Iterator[tuple[Prose, Alarm]]:
    """Whole names of the list, with or without a title, in another form."""
    right = {_closed(name) for name in names}
    for name in sorted(right):
        if len(name) < 3:
            continue
        forms = "[ 　]?".join(_any_form(sign) for sign in name)
        if forms == "[ 　]?".join(map(re.escape, name)):
            continue
        pattern = re.compile(forms)
        for prose in proses:
            for found in pattern.finditer(prose.text):
                if _closed(found[0]) not in right:
                    told = f"「{found[0]}」の字が、名簿の「{name}」と違います。"
                    hint = "koho.yaml の名簿か、原稿のどちらかを直してください。"
                    yield prose, Alarm(found.start(), found.end(), told, name, hint=hint)


def _any_form(sign: str) -> str:
    group = next((each for each in _FORMS if sign in each), sign)
    return f"[{group}]" if len(group) > 1 else re.escape(sign)


def _likely_slips(
    plain: str, places: Sequence[tuple[Prose, int, str]], by_plain: Mapping[str, Sequence[tuple[Prose, int, str]]]
) -> Iterator[tuple[Prose, Alarm]]:
    """太田美咲 and 大田美咲: most likely one person, but not surely."""
    for other, others in by_plain.items():
        rarer = len(places) < len(others) or (
            len(places) == len(others) and list(by_plain).index(other) < list(by_plain).index(plain)
        )
        if len(plain) >= 4 and rarer and _sounds_alike(plain, other):
            for prose, at, name in places:
                told = f"「{name}」と「{others[0][2]}」は、同じ人ではありませんか。"
                hint = "同じ人なら、本人に確かめて、そろえてください。別の人なら、koho.yaml の名簿に書いてください。"
                yield prose, Alarm(at, at + len(name), told, hint=hint, warns=True)


_SURNAMES = tuple(
    frozenset(group.split())
    for group in (
        "阿部 安部 安倍 阿倍", "伊藤 伊東", "太田 大田", "河合 川合 河井 川井", "菊地 菊池", "小島 児島 古島", "坂井 酒井", "安達 足立", "庄司 庄子 東海林", "永井 長井", "永田 長田",
        "古川 古河", "石川 石河", "小畑 小幡", "中山 仲山", "中田 仲田", "松本 松元", "坂本 坂元 阪本", "山本 山元", "福島 福嶋", "川島 河島", "川野 河野", "川村 河村",
        "清水 志水", "井上 井ノ上", "丸山 円山", "矢野 谷野", "植田 上田", "後藤 五藤", "小野 尾野",
    )
)  # fmt: skip
"""Surnames that sound alike."""


def _surnames(by_plain: Mapping[str, Sequence[tuple[Prose, int, str]]]) -> Iterator[tuple[Prose, Alarm]]:
    """阿部さん, and 安部さん without a given name in the same article."""
    for group in _SURNAMES:
        met = [name for name in by_plain if name in group]
        if len(met) < 2:
            continue
        first, *others = met
        for other in others:
            for prose, at, name in by_plain[other]:
                if all(each.article == prose.article for each, _, _ in by_plain[first]):
                    told = f"「{name}」と「{by_plain[first][0][2]}」は、同じ人ではありませんか。"
                    hint = "同じ人なら、本人に確かめて、そろえてください。"
                    yield prose, Alarm(at, at + len(name), told, hint=hint, warns=True)


def _officers(
    by_plain: Mapping[str, Sequence[tuple[Prose, int, str]]], known: Sequence[str]
) -> Iterator[tuple[Prose, Alarm]]:
    """渡辺市長, where the list of those whom everyone knows has 渡邊和也."""
    for plain, places in by_plain.items():
        whole = [name for name in known if _plain(name).startswith(plain) and len(plain) < len(name)]
        for prose, at, name in places if len(plain) < 4 else ():
            if (
                whole
                and _OFFICES.match(prose.text, at + len(name))
                and not any(each.startswith(name) for each in whole)
            ):
                right = whole[0][: len(name)]
                told = f"「{name}」の字が、名簿の「{whole[0]}」と違います。"
                hint = "koho.yaml の名簿か、原稿のどちらかを直してください。"
                yield prose, Alarm(at, at + len(name), told, right, hint=hint)


def _one_differs(one: str, other: str) -> bool:
    """Whether two names have one surname and given names that differ in one kanji."""
    return one[:2] == other[:2] and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _sounds_alike(one: str, other: str) -> bool:
    """Whether two names differ in one kanji that sounds like the other."""
    if len(one) != len(other) or one == other:
        return False
    differ = [{a, b} for a, b in zip(one, other, strict=True) if a != b]
    return len(differ) == 1 and any(differ[0] <= group for group in _SOUNDS)


def _two_forms(
    plain: str, places: list[tuple[Prose, int, str]], related: list[tuple[Prose, int, str]]
) -> Iterator[tuple[Prose, Alarm]]:
    for prose, at, name in places:
        size = len(_closed(name))
        others = {
            _closed(other)[:size]
            for _, _, other in related
            if _closed(other)[: min(size, len(_closed(other)))] != _closed(name)[: min(size, len(_closed(other)))]
        }
        if not others or _are_others({_closed(name), *others}, related, prose):
            continue
        count = sum(
            _closed(other).startswith(_closed(name)) or _closed(name).startswith(_closed(other))
            for _, _, other in related
        )
        if count * 2 > len(related):
            continue  # the more usual form; where both are told as often, nobody knows which is right
        other = sorted(others)[0]
        yield (
            prose,
            Alarm(
                at,
                at + len(name),
                f"「{name}」と「{other}」の、2通りの字があります。",
                hint="同じ人なら、本人に確かめて、そろえてください。別の人なら、koho.yaml の名簿に書いてください。",
            ),
        )


def _are_others(forms: set[str], related: Sequence[tuple[Prose, int, str]], prose: Prose) -> bool:
    """Whether each of these forms is the surname of somebody else whom the article names in full: 齋藤 実, 斎藤 隆."""
    full = [_closed(name) for each, _, name in related if each.article == prose.article]
    given = [{_plain(name)[len(form) :] for name in full if name.startswith(form) and name != form} for form in forms]
    return all(given) and sum(map(len, given)) == len(set().union(*given))


def _closed(name: str) -> str:
    return re.sub("[ 　]", "", name)


def _plain(name: str) -> str:
    return "".join(_SAME.get(sign, sign) for sign in _closed(name))


RULE = Rule(
    "L41",
    "l41-two-forms",
    Severity.ERROR,
    "名前の字が2通りある",
    "名前の字を間違えられた人は、忘れません。",
    wrong=(
        ("髙﨑さんが優勝しました。準優勝は山田さんでした。高崎さんの話です。", ""),
        ("渡邊会長が話しました。渡邉会長の次に…", ""),
        ("斎藤さんと、講師の齋藤さん", ""),
        ("作　高橋一郎", "作　髙橋一郎"),
        ("高橋一郎市長が話しました。", "髙橋一郎市長が話しました。"),
        ("髙橋一朗市長が話しました。", "髙橋一郎市長が話しました。"),
        ("齋藤 実さんと斎藤 実さん", ""),
        ("齋藤 実さんが優勝しました。斎藤さんは漁業です。", ""),
        ("高橋市長が話しました。", "髙橋市長が話しました。"),
        ("國分 真理（こくぶん まり）\n国分さんの絵は、海の色が豊かです。", ""),
        ("新人の龍野 翔太（たつの しょうた）隊員です。竜野隊員は19歳です。", ""),
        ("優勝　髙田 誠\n高田さんは初めての優勝です。髙田さんは会社員です。", ""),
        ("阿部さんが話しました。安部さんは、漁師です。", ""),
        ("太田美咲さんの作品です。大田美咲さんは高校生です。", ""),
    ),
    silent=(
        "髙﨑さんが優勝しました。髙﨑さんの話です。",
        "高橋さんと山崎さん、渡邉恵さん、渡邉さんは講師です。",
        "齋藤 実さんと斎藤 隆さん。齋藤さんは漁業、斎藤さんは農業です。",
        "髙橋一郎市長、髙橋市長",
    ),
    across=_across,
    style={"known": frozenset({"髙橋一郎"})},
)
