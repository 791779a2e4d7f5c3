"""``koho proof``: the next round of an issue, kept for good, and everything that goes out with it. READ FIRST."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.finishing.proof_sheets import under
from koho_pdf.platform.folders import write_once, write_whole
from koho_pdf.rounds.answers import answers_of, state_of
from koho_pdf.rounds.belonging import Belonging
from koho_pdf.rounds.department_file import of_department, pages
from koho_pdf.rounds.margins import context_of, sheets
from koho_pdf.rounds.page_numbers import beside_texts
from koho_pdf.rounds.pulling import Pulled, again, pulled
from koho_pdf.rounds.read_aloud_things import Thing, since
from koho_pdf.rounds.round import ANSWERS, LAST, Round, folder_of, name_of, rounds_of
from koho_pdf.rounds.round_papers import Press
from koho_pdf.workspace.workspace import Workspace

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # signs that no file's name may have on some disk
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command says of a round: the day on its papers (ISO), until when answers are due, whether it is the last
    one (念校), whether it takes the place of the one before."""

    date: str = ""
    until: str = ""
    last: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """A round that was put out: where its papers are; ``kept`` is false if the same round was there already."""

    round: Round
    target: Path
    files: tuple[str, ...]
    kept: bool
    findings: tuple[Finding, ...]


def proof(folder: Path, workspace: Workspace, asked: Asked, progress: Callable[[str], None]) -> Proof:
    """Pull the next round of the issue in ``folder``, keep it, and write its papers below ``out/proofs``. If nothing
    has changed since the last round, that one is put out again, with its number and date.

    Raises KohoError: where no page can be made; ManuscriptError ``round-answered`` if a round that has answers should
    be replaced; ArchiveError ``not-written``.
    """
    before = rounds_of(folder, workspace.root)
    made = pulled(
        folder, workspace, number=len(before) + 1, name="", date=asked.date, until=asked.until, progress=progress
    )
    last = before[-1] if before else None
    same = last is not None and _is_same(last, made.round) and not (asked.last and last.name != LAST)
    if asked.again and last is not None and not same:
        _must_be_unanswered(folder, last, workspace.root)
    replaced = asked.again and last is not None
    number = last.number if last and (same or replaced) else (last.number if last else 0) + 1
    name = last.name if last and (same or replaced) and not asked.last else name_of(number, last=asked.last)
    made = _numbered(made, number, name)
    if same and last is not None:
        made = again(made, asked.date or last.date, asked.until or last.until)
    former = next((each for each in reversed(before) if each.number < number), None)
    papers = _papers(made, former, workspace, folder, progress)
    kept = _keep(made, folder, instead=replaced or same)
    target = workspace.out / "proofs" / folder.name / f"{number}-{name}"
    write_whole(papers, target)
    return Proof(made.round, target, tuple(papers), kept and not same, made.findings)


def _is_same(one: Round, other: Round) -> bool:
    return (one.pages_sum, one.files, one.outline, one.articles) == (
        other.pages_sum,
        other.files,
        other.outline,
        other.articles,
    )


def _numbered(made: Pulled, number: int, name: str) -> Pulled:
    return replace(made, round=replace(made.round, number=number, name=name))


def _must_be_unanswered(folder: Path, last: Round, root: Path) -> None:
    if answers := answers_of(last, folder):
        file = (folder_of(folder, last.number) / ANSWERS).relative_to(root).as_posix()
        told = f"{last.name}には、もう{len(answers)}つの返事が来ているので、出しなおせません。"
        hint = "--again を付けずに、つぎの校正として出してください。来た返事は、前の校正に残ります。"
        raise ManuscriptError(error("round-answered", told, Where(file), hint))


def _keep(made: Pulled, folder: Path, *, instead: bool) -> bool:
    target = folder_of(folder, made.round.number)
    if instead and target.is_dir():
        write_whole(made.files(), target)
        return True
    return write_once(made.files(), target)


def _papers(
    made: Pulled, former: Round | None, workspace: Workspace, folder: Path, progress: Callable[[str], None]
) -> dict[str, bytes]:
    """Everything that goes out with a round, by name."""
    shown, belonging = made.round, Belonging(made.round)
    press = Press(workspace, made.faces, {"round": shown, "mark": 0, "sizes": (), "sheets": (), "pictures": {}})
    progress("校正紙を作る")
    files = {"proof.pdf": _proof(made, belonging, press), "open.pdf": press.pdf("open.html", _open(made, folder))}
    progress("読み合わせの表を作る")
    files["reading.pdf"] = press.pdf("reading.html", _reading(made, former, belonging))
    progress("課に渡すファイルを作る")
    pictures = pages(made)
    for number, department in enumerate(shown.departments, 1):
        parts = of_department(department, made, belonging, press, pictures)
        plain = _UNFIT.sub("＿", department)[:_LONGEST].strip(". ") or "課"
        files |= {f"departments/{number:02d}-{plain}.{end}": content for end, content in parts.items()}
    return files


def _proof(made: Pulled, belonging: Belonging, press: Press) -> bytes:
    laid = sheets(belonging, made.round.articles, range(1, len(made.round.sizes) + 1))
    drawn = press.unfinished("margins.html", context_of(laid, made.round))
    return under(drawn, made.pages, [each.held for each in laid])


def _open(made: Pulled, folder: Path) -> dict[str, object]:
    told = [each for each in made.round.told if each.severity != "note"]
    answers = answers_of(made.round, folder)
    names = {each.department: each.name for each in answers}
    came = [(each, state_of(each, answers), names.get(each, "")) for each in made.round.departments]
    return {
        "open": sorted(told, key=lambda each: each.severity),
        "acknowledged": made.acknowledged,
        "answers": came if answers else [],
    }


def _reading(made: Pulled, former: Round | None, belonging: Belonging) -> dict[str, object]:
    things = since(made.round, former)
    by_page = [(page, _by_article(group)) for page, group in groupby(things, key=lambda each: each.page)]
    return {
        "last": former,
        "new": [each for each in things if each.new],
        "pages": by_page,
        "headings": {each.key: each.heading for each in made.round.articles},
        "others": beside_texts(made.round, made.pages),
    }


def _by_article(things: Iterable[Thing]) -> list[tuple[str, list[Thing]]]:
    found: dict[str, list[Thing]] = {}
    for each in things:
        found.setdefault(each.article, []).append(each)
    return list(found.items())
