"""L41: one person's name in two forms, or in another form than the city's list has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.name_forms import FORMS, SURNAMES, any_form, closed, one_differs, plain_form, sounds_alike
from koho_pdf.gate.name_slips import misread, near_surnames
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule

_TITLES = "さん|氏|様|君|くん|ちゃん|先生|市長|副市長|町長|議員|[市県府道都町村]議|議長|副議長|教育長|課長|部長|係長|局長|館長|会長|副会長|園長|校長|教頭|教諭|医師|講師|選手|代表|理事長|理事|委員長|委員|隊長|団長|名誉市民|教授|監督|主任|住職|社長|店長|棋士|記者|隊員|団員|消防士|消防司令|看護師|保健師|保育士|栄養士|相談員|指導員|推進員|司書|学芸員|職員|区長|村長|知事|大臣|学長|塾長|船長|師匠|画伯|名人|投手|捕手|主将|部員|夫妻|親子|巡査|技師|獣医師|薬剤師"
_OFFICES = late("(?:副?(?:市長|町長|村長)|教育長|副?議長)")
_KANJI = r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0002ffff々]"
_NAME = late(
    rf"(?P<name>{_KANJI}{{1,4}}(?:[ 　]?{_KANJI}{{1,3}}|[ 　]?(?!さん|くん|ちゃん|さま|(?:から|まで|など|[はがのをにもとで])(?:{_TITLES}))[ぁ-んァ-ヶー]{{1,4}})?)(?:(?:[（(][^（）()]*[)）])?(?:[ 　])?(?={_TITLES})|(?=[（(][ぁ-ん]{{1,6}}[ 　・][ぁ-ん]{{1,6}}[）)]))"
)

_SPACED = late(rf"(?=({_KANJI}{{2,3}})[ 　])")
"""A surname, or the end of one, with a space after it."""
_FORMS_APART = "渡渉辺邊邉部坂阪"
"""Kanji that have no usual form (``plain_form``)."""


def _across(proses: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    names = dict.fromkeys(map(closed, (*reading.style.persons, *sorted(reading.style.known))))
    all_words = "\n".join(prose.text for prose in proses)
    listed = {plain_form(name): name for name in names}
    two = {plain_form(name) for name in names if sum(plain_form(other) == plain_form(name) for other in names) > 1}
    by_plain: dict[str, list[tuple[Prose, int, str]]] = {}
    for prose in proses:
        for found in _NAME.finditer(prose.text):
            name = found["name"]
            by_plain.setdefault(plain_form(name), []).append((prose, found.start(), name))
    spaced = {plain_form(found[1]) for found in _SPACED.finditer(all_words)}
    spaced |= {name[1:] for name in spaced}
    for plain, places in list(by_plain.items()):  # 優勝　髙田 誠: a whole name without a title
        if 2 <= len(plain) <= 3 and any(sign in group for sign in plain for group in FORMS):
            if plain not in spaced and not any(sign in _FORMS_APART for sign in plain):
                continue
            surname = "".join(map(any_form, plain)) + "[ 　]"
            if not re.search(surname, all_words):
                continue
            whole = re.compile(f"{surname}{_KANJI}{{1,3}}(?=[ 　（(、。\\n]|$)")
            for prose in proses:
                for found in whole.finditer(prose.text):
                    if not any(prose is each and at <= found.start() < at + len(name) for each, at, name in places):
                        by_plain.setdefault(plain_form(found[0]), []).append((prose, found.start(), found[0]))
    for name, places in [(each, list(places)) for each, places in by_plain.items()]:
        for prose, at, said in places:  # 「評　国分さん」: what stands before a space may be no part of the name
            tail = re.split("[ 　]", said)[-1]
            if len(tail) < 2 or tail == said:
                continue
            end = plain_form(tail)
            if any(each.startswith(end) and each != name for each in by_plain):
                by_plain.setdefault(end, []).append((prose, at + len(said) - len(tail), tail))
    everyone = [each for places in by_plain.values() for each in places]
    found_already = set[tuple[int, int]]()
    for prose, alarm in _listed(proses, [*names]):
        found_already.add((id(prose), alarm.begin))
        yield prose, alarm
    yield from _officers(by_plain, [closed(name) for name in sorted(reading.style.known)])
    yield from _surnames(by_plain)
    yield from misread(proses, reading.style.persons)
    yield from near_surnames(proses, [*map(closed, reading.style.persons), *names])
    begun: dict[str, list[tuple[str, list[tuple[Prose, int, str]]]]] = {}
    for plain, places in by_plain.items():
        begun.setdefault(plain[:1], []).append((plain, places))
    for plain, places in by_plain.items():
        places = [each for each in places if (id(each[0]), each[1]) not in found_already]
        if plain in two:
            continue
        right = listed.get(plain, "")
        if not right and len(plain) >= 3:
            right = next((name for other, name in listed.items() if sounds_alike(plain, other)), "")
            for prose, at, name in places if right else ():
                told = f"「{name}」の字が、名簿の「{right}」と違います。"
                hint = "同じ人なら直し、別の人なら koho.yaml の名簿に書いてください。"
                yield prose, Alarm(at, at + len(name), told, right, hint=hint)
            if right:
                continue
            near = [other for other in listed if len(other) == len(plain) >= 4 and one_differs(plain, other)]
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
                if closed(name) != closed(right):
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
            for key, others in begun.get(plain[:1], ())
            for each in others
            if key == plain or (len(plain) > 1 and (key.startswith(plain) or plain.startswith(key)))
        ]
        yield from _two_forms(plain, places, related, everyone, [*names, *map(closed, reading.style.persons)])


def _listed(proses: Sequence[Prose], names: Sequence[str]) -> Iterator[tuple[Prose, Alarm]]:
    """Whole names of the list, with or without a title, in another form."""
    right = {closed(name) for name in names}
    all_words = "\n".join(prose.text for prose in proses)
    for name in sorted(right):
        if len(name) < 3:
            continue
        forms = "[ 　]?".join(any_form(sign) for sign in name)
        if forms == "[ 　]?".join(map(re.escape, name)):
            continue
        pattern = re.compile(forms)
        for prose in proses if pattern.search(all_words) else ():
            for found in pattern.finditer(prose.text):
                if closed(found[0]) not in right:
                    told = f"「{found[0]}」の字が、名簿の「{name}」と違います。"
                    hint = "koho.yaml の名簿か、原稿のどちらかを直してください。"
                    yield prose, Alarm(found.start(), found.end(), told, name, hint=hint)


def _likely_slips(
    plain: str, places: Sequence[tuple[Prose, int, str]], by_plain: Mapping[str, Sequence[tuple[Prose, int, str]]]
) -> Iterator[tuple[Prose, Alarm]]:
    """太田美咲 and 大田美咲: most likely one person, but not surely."""
    for other, others in by_plain.items():
        if len(plain) < 4 or len(other) != len(plain) or not sounds_alike(plain, other):
            continue
        order = list(by_plain)
        if len(places) < len(others) or (len(places) == len(others) and order.index(other) < order.index(plain)):
            for prose, at, name in places:
                told = f"「{name}」と「{others[0][2]}」は、同じ人ではありませんか。"
                hint = "同じ人なら、本人に確かめて、そろえてください。別の人なら、koho.yaml の名簿に書いてください。"
                yield prose, Alarm(at, at + len(name), told, hint=hint, warns=True)


def _surnames(by_plain: Mapping[str, Sequence[tuple[Prose, int, str]]]) -> Iterator[tuple[Prose, Alarm]]:
    """阿部さん, and 安部さん without a given name in the same article."""
    for group in SURNAMES:
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
        whole = [name for name in known if plain_form(name).startswith(plain) and len(plain) < len(name)]
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


def _two_forms(
    plain: str,
    places: list[tuple[Prose, int, str]],
    every: list[tuple[Prose, int, str]],
    everyone: Sequence[tuple[Prose, int, str]],
    listed: Sequence[str],
) -> Iterator[tuple[Prose, Alarm]]:
    for prose, at, name in places:
        size = len(closed(name))
        full = {closed(said) for each, _, said in everyone if each.article == prose.article}
        related, whole = every, bool(re.search("[ 　]", name))
        if whole or _is_explained(closed(name), full):  # 濱田さん is 濱田 二郎, so nothing is said of 浜田 一
            related = [
                each
                for each in every
                if (whole and plain_form(each[2]) == plain)
                or not (re.search("[ 　]", each[2]) or _is_explained(closed(each[2]), full))
            ]
        others = {
            closed(other)[:size]
            for _, _, other in related
            if closed(other)[: min(size, len(closed(other)))] != closed(name)[: min(size, len(closed(other)))]
        }
        if not others or _are_others({closed(name), *others}, related, prose):
            continue
        of_list = [form for form in {closed(name), *others} if any(each.startswith(form) for each in listed)]
        if of_list == [closed(name)]:
            continue  # the city's list has this form alone
        count = sum(
            closed(other).startswith(closed(name)) or closed(name).startswith(closed(other)) for _, _, other in related
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


def _is_explained(surname: str, full: set[str]) -> bool:
    """Whether a surname is that of somebody whom the article names in full, written in the same way."""
    return any(each.startswith(surname) and each != surname for each in full)


def _are_others(forms: set[str], related: Sequence[tuple[Prose, int, str]], prose: Prose) -> bool:
    """Whether each of these forms is the surname of somebody else whom the article names in full: 齋藤 実, 斎藤 隆."""
    full = [closed(name) for each, _, name in related if each.article == prose.article]
    given = [
        {plain_form(name)[len(form) :] for name in full if name.startswith(form) and name != form} for form in forms
    ]
    return all(given) and sum(map(len, given)) == len(set().union(*given))


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
        "浜田 一さん（北町）と濱田 二郎さん（南町）。濱田さんは最年長です。",
        "高橋さんと山崎さん、渡邉恵さん、渡邉さんは講師です。",
        "齋藤 実さんと斎藤 隆さん。齋藤さんは漁業、斎藤さんは農業です。",
        "髙橋一郎市長、髙橋市長",
    ),
    across=_across,
    style={"known": frozenset({"髙橋一郎"})},
)
