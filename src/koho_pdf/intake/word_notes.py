"""What a Word file says beside its text, as findings: tracked changes, comments, hidden words."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from koho_pdf.findings import Finding, Where, note, warning
from koho_pdf.intake.office_parts import local
from koho_pdf.intake.word_runs import Beside
from koho_pdf.intake.words_of_findings import MOST_SHOWN


def notes(beside: Beside, comments: Element | None, file: str) -> Iterator[Finding]:
    """A finding for each sort, with the words."""
    where = Where(file=file)
    for words in _portions(beside.deleted):
        yield warning(
            "received-tracked",
            f"変更履歴で消された言葉「{words}」は、取り込みませんでした。",
            where,
            "履歴の残ったファイルです。消してよいかを担当課に確かめてください。",
        )
    for words in _portions(beside.added):
        yield warning(
            "received-tracked",
            f"変更履歴で加えられた言葉「{words}」を、取り込みました。",
            where,
            "まだ承認されていない変更です。このまま載せてよいかを担当課に確かめてください。",
        )
    for words in _portions(beside.hidden):
        yield warning(
            "received-hidden",
            f"隠し文字「{words}」は、取り込みませんでした。",
            where,
            "Word では見えない文字です。要る言葉なら、記事に書き足してください。",
        )
    for name in dict.fromkeys(beside.signs):
        yield warning(
            "received-character",
            f"書体「{name}」の記号は文字になりません。「〓」を入れました。",
            where,
            "元のファイルで形を確かめ、ふつうの記号に打ち直してください。",
        )
    for words in _portions(beside.struck):
        told = f"取り消し線の引かれた言葉「{words}」を、線のない文字として取り込みました。"
        yield warning("received-shape", told, where, "消した言葉なら、記事から消してください。担当課に確かめます。")
    for words in _portions(beside.raised):
        told = f"上付きか下付きの文字「{words}」を、ふつうの大きさで取り込みました。"
        yield warning("received-shape", told, where, "m2 を ㎡ に直すように、意味の変わらない形に書き直してください。")
    for words in _portions(beside.formulas):
        told = f"数式「{words}」を、字だけで取り込みました。分数や根号の形はありません。"
        yield warning("received-shape", told, where, "元のファイルを見て、言葉に書き直すか、絵にして入れてください。")
    for words in _portions(beside.drawn):
        told = f"グラフか図（SmartArt）の言葉「{words}」を、本文に入れました。形は入っていません。"
        yield warning(
            "received-shape", told, where, "絵（JPEG・PNG）でももらい、要らない言葉を本文から消してください。"
        )
    for name in dict.fromkeys(beside.embedded):
        told = f"中に、ほかのファイル（{name}）が埋め込まれています。開いていません。"
        yield warning("received-embedded", told, where, "要るものなら、担当課にそのファイルをもらってください。")
    if beside.underlined:
        yield note("received-look", "下線と文字の色は、取り込みませんでした。", where)
    yield from _comments(comments, where)


def _portions(words: list[str]) -> Iterator[str]:
    """The words one after another, in portions that a finding can quote."""
    whole = " ".join(" ".join(each.split()) for each in words if each.strip())
    for at in range(0, len(whole), MOST_SHOWN):
        yield whole[at : at + MOST_SHOWN]


def _comments(tree: Element | None, where: Where) -> Iterator[Finding]:
    for each in tree if tree is not None else ():
        if local(each.tag) != "comment":
            continue
        author = next((value for key, value in each.items() if local(key) == "author"), "")
        words = " ".join(" ".join(one.text or "" for one in each.iter() if local(one.tag) == "t").split())
        for at in range(0, len(words) or 1, MOST_SHOWN):
            yield warning(
                "received-comment",
                f"コメントがあります（{author or '名前なし'}）: 「{words[at : at + MOST_SHOWN]}」",
                where,
                "コメントは記事に入りません。読んで、要ることを記事に書いてください。",
            )
