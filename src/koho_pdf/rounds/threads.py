"""What departments wrote on proofs, as findings with their names, at the place where their words stand now."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.errors import UsageError
from koho_pdf.findings import Finding, Where, error, note, warning
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.own_files import ROUNDS
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.platform.folders import write_file
from koho_pdf.rounds.anchors import Found, State, found_again
from koho_pdf.rounds.answers import AS_IT_IS, Answer, Comment, answers_of
from koho_pdf.rounds.pulling import texts_now
from koho_pdf.rounds.round import Proofed, Round, rounds_of, version_of
from koho_pdf.workspace.workspace import Workspace

MISSING, TO_BE_MENDED, AGREED = "まだ", "直しあり", "確認"
CHANGED_SINCE = f"{AGREED}（そのあとで言葉が変わりました）"
_SETTLED, _LET_STAND = "settled.json", "let-stand.json"


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment of an answer to a round: its ``id``, where its words stand now, and who settled it (empty: it is
    open)."""

    id: str
    round: Round
    answer: Answer
    comment: Comment
    found: Found
    settled: str


@dataclass(frozen=True, slots=True)
class Came:
    """What came from a department to the last round: まだ, 直しあり, 確認, or that of words that changed since."""

    department: str
    state: str
    names: tuple[str, ...]


def threads_of(folder: Path, workspace: Workspace) -> tuple[tuple[Thread, ...], tuple[Came, ...], Tree | None]:
    """Every comment on every round of an issue, the answers to its last round, and the manuscript. Raises KohoError."""
    rounds = rounds_of(folder, workspace.root)
    if not rounds:
        return (), (), None
    now, tree = texts_now(folder, workspace)
    texts = {passage.field: passage.words for article in now for passage in article.passages}
    settled = _settled(folder)
    threads: list[Thread] = []
    for made in rounds:
        old = {passage.field: passage.words for article in made.articles for passage in article.passages}
        for answer in answers_of(made, folder):
            for number, comment in enumerate(answer.comments, 1):
                id_ = f"{answer.id[:6]}-{number}"
                found = found_again(comment.anchor, old.get(comment.anchor.field, ""), texts)
                threads.append(Thread(id_, made, answer, comment, found, settled.get(id_, "")))
    return tuple(threads), _came(rounds, folder, now), tree


def _came(rounds: Sequence[Round], folder: Path, now: Sequence[Proofed]) -> tuple[Came, ...]:
    """The answers to the last round; of a department without one, its agreement to an earlier round if its words are
    those that it agreed to."""
    found: list[Came] = []
    *earlier, made = rounds
    answers = answers_of(made, folder)
    for department in made.departments:
        own = [each for each in answers if each.department == department]
        version = version_of(each for each in now if each.department == department)
        same = version == made.version(department)
        state, names = MISSING, _names(own)
        if not own and (kept := _agreed_before(department, version, earlier, folder)):
            state, names = kept
        if own:
            agreed = all(each.answer == AS_IT_IS for each in own)
            state = TO_BE_MENDED if not agreed else AGREED if same else CHANGED_SINCE
        found.append(Came(department, state, names))
    return tuple(found)


def _agreed_before(
    department: str, version: str, earlier: Sequence[Round], folder: Path
) -> tuple[str, tuple[str, ...]] | None:
    """The agreement of a department to the last earlier round that it answered, if its words are still the same."""
    for made in reversed(earlier):
        own = [each for each in answers_of(made, folder) if each.department == department]
        if own:
            holds = version == made.version(department) and all(each.answer == AS_IT_IS for each in own)
            return (f"{AGREED}（{made.name}から言葉はそのままです）", _names(own)) if holds else None
    return None


def _names(answers: Sequence[Answer]) -> tuple[str, ...]:
    return tuple(each.name for each in answers)


def still_open(threads: Sequence[Thread], came: Sequence[Came]) -> tuple[str, ...]:
    """What stands between an issue and 校了: departments that have not agreed to its words, comments that nobody
    settled."""
    late = [each.department for each in came if each.state == MISSING]
    since = [each.department for each in came if each.state == CHANGED_SINCE]
    comments = [each.id for each in threads if not each.settled]
    said = (
        ("返事がまだの課", late),
        ("確認のあとで言葉の変わった課", since),
        ("開いている書き込み", comments),
    )
    return tuple(f"{what}: {'、'.join(names)}" for what, names in said if names)


def let_stand(folder: Path, release: str, by: str, said: Sequence[str]) -> None:
    """Keep with the rounds who released an issue although something was open, and what."""
    path = folder / ROUNDS / _LET_STAND
    kept = {**_told(path), release: {"by": by, "open": list(said)}}
    write_file((json.dumps(dict(sorted(kept.items())), ensure_ascii=False, indent=1) + "\n").encode(), path)


def findings_of(threads: Sequence[Thread], tree: Tree | None) -> tuple[Finding, ...]:
    """Every open comment as a finding with the name of who wrote it."""
    return tuple(_finding(each, tree) for each in threads if not each.settled)


def _finding(thread: Thread, tree: Tree | None) -> Finding:
    who = f"{thread.answer.department}の{thread.answer.name}さん（{thread.round.name}）"
    quote = f"「{thread.comment.anchor.quote}」に" if thread.comment.anchor.quote else ""
    own = {each.field for article in thread.round.of(thread.answer.department) for each in article.passages}
    strange = "" if thread.comment.anchor.field in own else "（この課に見てもらった記事ではありません）"
    said = f"{who}から{quote}: {' ／ '.join(thread.comment.words.splitlines())}{strange}"
    done = f"済んだら koho answers {thread.answer.issue} --done {thread.id} --by 名前 で閉じてください。"
    where = where_of(tree, thread.found.field.partition("#")[0]) if tree and thread.found.field else Where()
    if thread.found.state is State.LOST:
        gone = f"書き込みの指した言葉が、いまの原稿にありません。{said}"
        return warning("answer-lost", gone, where, f"直したためなら、そのままで構いません。{done}")
    if thread.found.state is State.CHANGED:
        return note("answer-mended", f"書き込みの指した言葉は、書き換えてあります。{said}", where, done)
    return warning("answer-mend", said, where, done)


def settle(folder: Path, id_: str, by: str, threads: Sequence[Thread]) -> Thread:
    """Note that a comment is settled, and by whom. Raises UsageError (``no-answer``) if there is none with this id."""
    thread = next((each for each in threads if each.id == id_), None)
    if thread is None:
        open_ = "・".join(each.id for each in threads if not each.settled)
        told = f"「{id_[:40]}」という書き込みはありません。"
        raise UsageError(error("no-answer", told, hint=f"開いている書き込み: {open_ or '1つもありません'}"))
    kept = {**_settled(folder), id_: by}
    content = json.dumps(dict(sorted(kept.items())), ensure_ascii=False, indent=1) + "\n"
    write_file(content.encode(), folder / ROUNDS / _SETTLED)
    return thread


def _settled(folder: Path) -> Mapping[str, str]:
    return {name: str(by) for name, by in _told(folder / ROUNDS / _SETTLED).items()}


def _told(path: Path) -> dict[str, object]:
    try:
        return {str(name): each for name, each in json.loads(path.read_bytes()).items()}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}
