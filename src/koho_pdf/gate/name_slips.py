"""Names of persons that are one sign off: another reading than the list's, and a surname of three kanji like one that the
same article names in full."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm

_KANJI = r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0002ffff々]"
_READING = late(r"[ 　]?(?:さん|氏)?[ 　]?[（(](?P<kana>[ぁ-んァ-ヶー][ぁ-んァ-ヶー 　・]{2,16})[)）]")
_WHOLE = late(rf"(?<!{_KANJI})(?P<surname>{_KANJI}{{3}})[ 　]{_KANJI}{{1,3}}")
_SHORT = late(rf"(?<!{_KANJI})(?P<surname>{_KANJI}{{3}})(?=さん|氏|くん|ちゃん)")
_HIRAGANA = {code: chr(code - 0x60) for code in range(0x30A1, 0x30F7)}


def misread(proses: Sequence[Prose], persons: Mapping[str, str]) -> Iterator[tuple[Prose, Alarm]]:
    """𠮷田 実（よしだ まこと）, where the list has よしだ みのる."""
    for name, right in persons.items():
        if len(name) < 3 or not right:
            continue
        pattern = re.compile("[ 　]?".join(map(re.escape, name)))
        for prose in proses:
            for found in pattern.finditer(prose.text):
                read = _READING.match(prose.text, found.end())
                if read and _plain(read["kana"]) != _plain(right):
                    told = f"「{found[0]}」の読み「{read['kana']}」が、名簿の「{right}」と違います。"
                    hint = "本人に確かめて、原稿か koho.yaml の名簿を直してください。"
                    yield prose, Alarm(found.start(), read.end(), told, hint=hint)


def near_surnames(proses: Sequence[Prose], known: Sequence[str]) -> Iterator[tuple[Prose, Alarm]]:
    """矢木沼さん, in an article that has 八木沼 凜 and nobody of the other name."""
    whole: dict[str, set[str]] = {}
    for prose in proses:
        for found in _WHOLE.finditer(prose.text):
            whole.setdefault(prose.article, set()).add(found["surname"])
    for prose in proses:
        here = whole.get(prose.article, set())
        for found in _SHORT.finditer(prose.text) if here else ():
            said = found["surname"]
            if said in here or any(each.startswith(said) for each in known):
                continue
            near = [each for each in here if sum(a != b for a, b in zip(each, said, strict=True)) == 1]
            if len(near) == 1:
                told = f"「{said}」は、「{near[0]}」の打ち間違いではありませんか。"
                hint = "同じ人なら直し、別の人なら koho.yaml の名簿に書いてください。"
                yield prose, Alarm(found.start(), found.end(), told, near[0], hint=hint)


def _plain(kana: str) -> str:
    return re.sub("[ 　・]", "", kana).translate(_HIRAGANA)
