"""Mistakes that only the YAML parser can find, explained to somebody who has never heard of YAML.

After ``lines`` has checked every line, nearly all remaining mistakes are wrong indentation. Only this module matches
the parser's English messages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from koho_pdf.findings import Finding, Where, error


@dataclass(frozen=True, slots=True)
class YamlFailure:
    """Where the parser stopped: its message, the line it reached, and the line on which the current element began.
    Lines count from 1. ``reached`` is 0 when the parser named no place.
    """

    context: str
    problem: str
    began: int
    reached: int


def is_indentation(failure: YamlFailure) -> bool:
    """Whether the parser stopped because a line is indented too little or too much."""
    return "flow" not in failure.context and any(
        words in failure.problem
        for words in ("mapping values are not allowed", "did not find expected key", "expected '-' indicator", "block")
    )


def words_for(failure: YamlFailure, line_count: int, file: str) -> Finding:
    """The finding for a parser's failure, at the place where the trouble begins."""
    if "flow" in failure.context:
        return error(
            "bracket-not-closed",
            "この行で始まった [ か { の中が、YAML として読めません。",
            Where(file=file, line=failure.began),
            hint="同じ行で ] か } で閉じてください。文章なら、文章全体を ' で囲みます。",
        )
    line = min(max(failure.reached, 1), line_count)
    where = Where(file=file, line=line)
    if is_indentation(failure):
        return replace(wrong_indentation(line), where=where)
    return error(
        "yaml-syntax",
        f"{line}行目が YAML として読めません。",
        where,
        hint="行の頭の空白、「名前: 」の空白、文章を囲む ' を確かめてください。",
    )


def over_lines() -> Finding:
    """The finding for a text over several lines where only one line may stand."""
    return error(
        "text-over-lines",
        "1つの文章が2行以上に分かれているか、改行が入っています。",
        hint="1行につなげてください。YAML は行の切れ目を空白に変えるので、文章に余分な空白が入ってしまいます。"
        "段落を書ける項目（本文など）なら「名前: |」と書き、次の行から字下げして書きます。",
    )


def number_cut(before: str, after: str) -> Finding:
    """The finding for a number that its own comma may have cut in two values of a list."""
    tail, head = before[-12:], after[:12]
    return error(
        "number-cut",
        f"「{tail},{head}」が、一つの数か二つの値か分かりません。",
        hint=f"一つの数なら '{tail},{head}' のように ' で囲みます。"
        f"二つの値なら「{tail}, {head}」のように「,」の後ろに空白を入れます。",
    )


def wrong_indentation(line: int) -> Finding:
    """The finding for a line that is indented too little or too much."""
    return error(
        "wrong-indentation",
        f"{line}行目の字下げが、前の行と合っていません。",
        hint="同じ一覧や同じまとまりの行は、行の頭の半角の空白を同じ数にそろえてください（1段につき2つ）。",
    )
