"""Answers of departments: the small file that a department's page gives, read with suspicion and kept with its round.

An answer says for which words it holds (``version``): nobody's answer is taken for another version's. ``answer_in``
tells whether a file is one; ``taken_in`` keeps it. These two are what ``koho intake`` needs.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Where, error
from koho_pdf.legible import of_text
from koho_pdf.platform.folders import write_file
from koho_pdf.rounds.anchors import Anchor
from koho_pdf.rounds.round import ANSWERS, Round, folder_of, rounds_of

KIND = "koho-answer"
SCHEMA = 1
AS_IT_IS, TO_MEND = "as-it-is", "to-mend"
WORDS = {AS_IT_IS: "このままでよい", TO_MEND: "直すところがあります"}
MOST_BYTES = 1_000_000
_QUOTED = re.compile(r"^(?:[>＞][ \t]?)+")  # at the beginning of a line alone: a comment may hold such signs
_CURLY = str.maketrans("“”„", '"' * 3)
_MOST_COMMENTS, _MOST_WORDS, _MOST_NAME = 500, 4000, 60


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote, and on which words."""

    anchor: Anchor
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a department to a round of an issue; ``version`` is that of ``Round.version``."""

    issue: str
    round: int
    department: str
    version: str
    name: str
    answer: str
    comments: tuple[Comment, ...] = ()

    @property
    def id(self) -> str:
        """Its name among others: from its content, so that the same file twice is one answer."""
        return hashlib.sha256(as_bytes(self)).hexdigest()[:12]


def answer_in(content: bytes, file: str = "") -> Answer | None:
    """The answer in a file; None if the file is something else. Raises ManuscriptError (``answer-broken``) for one that
    says it is an answer and cannot be read as one. ``file`` is its name, for the finding."""
    if not is_answer(content):
        return None
    try:
        told = _read(_text_of(content))
        if told["kind"] != KIND:
            return None
        return _answer(told)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        hint = "返事のファイルを、もう1度送ってもらってください。メールに貼られた文字なら、{ から } までを保存します。"
        raise ManuscriptError(error("answer-broken", "返事のファイルが読めません。", Where(file), hint)) from fault


def is_answer(content: bytes) -> bool:
    """Whether a file says that it is an answer, or a mail with one in it."""
    return len(content) <= MOST_BYTES and KIND in _text_of(content)


def _text_of(content: bytes) -> str:
    """The text of a file that was saved as UTF-8, or by Windows as "Unicode"."""
    codec = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return content.decode(codec, "replace")


def _read(text: str) -> Any:
    """The answer in a text, which a mail may have quoted (> …), broken into short lines or given curly quotes. A line
    end that somebody typed is written \\n in it, so all others may go. Raises ValueError."""
    lines = [_QUOTED.sub("", line) for line in text.splitlines()]
    whole = "".join(lines)
    whole = whole[whole.find("{") : whole.rfind("}") + 1]
    if "\ufffd" in whole:
        raise ValueError("not UTF-8")
    try:
        return json.loads(whole)
    except ValueError:
        return json.loads(whole.translate(_CURLY))


def _answer(told: dict[str, Any]) -> Answer:
    if told["schema"] != SCHEMA or told["answer"] not in WORDS:
        raise ValueError(told["schema"])
    comments = told["comments"]
    if not isinstance(comments, list) or len(comments) > _MOST_COMMENTS:
        raise ValueError("comments")
    return Answer(
        issue=_text(told["issue"], _MOST_NAME * 2),
        round=int(told["round"]),
        department=_text(told["department"], _MOST_NAME),
        version=_text(told["version"], 64),
        name=_text(told["name"], _MOST_NAME),
        answer=str(told["answer"]),
        comments=tuple(map(_comment, comments)),
    )


def _comment(told: dict[str, Any]) -> Comment:
    begin, end = int(told["begin"]), int(told["end"])
    if not 0 <= begin <= end <= 1_000_000:
        raise ValueError(begin, end)
    anchor = Anchor(_text(told["field"], 200), begin, end, _text(told["quote"], _MOST_WORDS))
    return Comment(anchor, _text(told["words"], _MOST_WORDS))


def _text(value: object, most: int) -> str:
    """A text without signs that nobody sees; what is too long makes the file unreadable. Raises ValueError."""
    if not isinstance(value, str) or len(value) > most:
        raise ValueError(value)
    return "\n".join(of_text(line) for line in value.replace("\r\n", "\n").split("\n"))


def as_bytes(answer: Answer) -> bytes:
    """The file of an answer."""
    told = {"kind": KIND, "schema": SCHEMA, **asdict(answer)}
    told["comments"] = [{**asdict(each.anchor), "words": each.words} for each in answer.comments]
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def taken_in(content: bytes, folder: Path, root: Path, file: str = "") -> Answer:
    """Keep the answer in a file with its round of the issue in ``folder``. The same answer twice is kept once.

    Raises ManuscriptError: ``answer-broken``; ``answer-elsewhere`` for another issue's, for a round or a department
    that there is not; ``answer-other-version`` if it holds for other words than its round has.
    """
    answer = answer_in(content, file)
    if answer is None:
        told = "返事のファイルではありません。"
        hint = "確認のお願いのページで返事のボタンを押すとできるファイルを渡してください。"
        raise ManuscriptError(error("answer-broken", told, Where(file), hint))
    made = next((each for each in rounds_of(folder, root) if each.number == answer.round), None)
    said = f"「{answer.issue}」の{answer.round}回目の校正への、{answer.department}の返事です。"
    if answer.issue != folder.name:
        hint = "どの号の返事かを確かめて、その号の名前で取り込んでください。"
        raise ManuscriptError(error("answer-elsewhere", f"この号への返事ではありません。{said}", Where(file), hint))
    if made is None or answer.department not in made.departments:
        what = "その回の校正は、まだ出していません" if made is None else f"{made.name}に、その課の記事はありません"
        hint = "校正を出した号のフォルダー（rounds）が、このパソコンにあるものと同じかを確かめてください。"
        raise ManuscriptError(error("answer-elsewhere", f"{said}{what}。", Where(file), hint))
    if answer.version != made.version(answer.department):
        said = f"{answer.department}の{answer.name}さんの返事は、{made.name}の別の版の言葉を見て書かれています。"
        hint = "出しなおす前のファイルへの返事です。いまの確認のお願いを送って、もう1度見てもらってください。"
        raise ManuscriptError(error("answer-other-version", said, Where(file), hint))
    write_file(as_bytes(answer), folder_of(folder, made.number) / ANSWERS / f"{answer.id}.json")
    return answer


def answers_of(made: Round, folder: Path) -> tuple[Answer, ...]:
    """The answers that came to a round, by department and name. Raises ManuscriptError (``answer-broken``)."""
    held = folder_of(folder, made.number) / ANSWERS
    paths = sorted(held.glob("*.json")) if held.is_dir() else []
    found = (answer_in(each.read_bytes(), each.name) for each in paths)
    order = {name: number for number, name in enumerate(made.departments)}
    return tuple(
        sorted((each for each in found if each), key=lambda each: (order.get(each.department, 99), each.name, each.id))
    )


def state_of(department: str, answers: Sequence[Answer]) -> str:
    """まだ, 直しあり or 確認."""
    own = [each for each in answers if each.department == department]
    if not own:
        return "まだ"
    return "直しあり" if any(each.answer == TO_MEND for each in own) else "確認"
