"""Whether everything that was taken in is still there: the register against the bags, and against a second copy."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from koho_pdf.archive.bags.ledger import FILE, REGISTERED, Event, Ledger, event, manifest_of, open_ledger, read_ledger
from koho_pdf.archive.bags.provenance import EVENTS
from koho_pdf.archive.bags.register import CLOSED, Act, read_register
from koho_pdf.archive.bags.verifying import verified
from koho_pdf.archive.bags.withheld import issue_folders
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Severity, Where, error, warning
from koho_pdf.platform.clock import now

EVERY = 365
"""Days between two validations of an archive, unless something else is asked for."""

_RESTORE = "控えから、この号のフォルダーをまるごと戻してください。"
_REGISTER = "koho archive register を実行すると、いまの袋の検査値が台帳に載ります。"


def bags_of(archive: Path) -> dict[Path, str]:
    """Every bag of an archive, the closed ones too, with the SHA-256 of its tag manifest ("": it has none)."""
    closed = (path for path in archive.glob(f"{CLOSED}/*/*") if path.is_dir())
    return {path: manifest_of(path) for path in (*issue_folders(archive), *sorted(closed))}


def against_ledger(archive: Path, names: Collection[str] = ()) -> tuple[Finding, ...]:
    """A finding for each bag that is gone, was made anew, or is in no register; and for an archive that is empty or has
    lost its register. With ``names`` only about these issues.

    Raises ArchiveError (``ledger-broken``).
    """
    ledger, bags = read_ledger(archive), bags_of(archive)
    return tuple(found for name, found in _against(archive, ledger, bags) if not names or name in names)


def _against(archive: Path, ledger: Ledger, bags: Mapping[Path, str]) -> Iterator[tuple[str, Finding]]:
    """The findings, each with the name of its issue, or "" if it is not about an issue."""
    held = ledger.held
    if not bags and not held:
        told = "保存庫に、号が1つもありません。台帳もないので、もとから空なのか、なくなったのかがわかりません。"
        hint = "号をしまったことがあるなら、控えから保存庫をまるごと戻してください。-C の場所も確かめてください。"
        yield "", error("archive-empty", told, Where(archive.name), hint)
    elif not held and any((path / EVENTS).is_file() for path in bags):  # by a version with a register
        told = f"台帳（{FILE}）がなくなっています。いまある袋は、台帳に載せて入れたものです。"
        hint = (
            "控えの台帳を戻してください。控えもなければ、袋が揃っているかを確かめて koho archive register で作ります。"
        )
        yield "", error("ledger-gone", told, Where(f"{archive.name}/{FILE}"), hint)
    there = {(path.name, manifest) for path, manifest in bags.items()}
    names = {path.name for path in bags}
    for (name, manifest), taken in held.items():
        if (name, manifest) in there:
            continue
        where = Where(f"{archive.name}/{name}")
        if name not in names and (act := lost_of(archive, name)):
            told = f"「{name}」（{_day(taken)}に入れたもの）は、失われたと記録してあります（{act.in_words()}）。"
            yield name, warning("archive-bag-lost", told, where, "控えが見つかったら、このフォルダーを戻してください。")
        elif name not in names:
            told = f"台帳にある「{name}」（{_day(taken)}に入れたもの）の袋が、保存庫にも閉じた書庫にもありません。"
            hint = f"{_RESTORE}どこにも控えがなければ koho archive remove {name} --lost --why 理由 で記録します。"
            yield name, error("archive-bag-missing", told, where, hint)
        elif not [path for path in bags if path.name == name and (name, bags[path]) not in held]:
            told = f"台帳にある「{name}」の袋のうち、{_day(taken)}に入れたものがありません。"
            yield name, error("archive-bag-missing", told, where, _RESTORE)
    for path, manifest in bags.items():
        if (path.name, manifest) in held:
            continue
        where = Where("/".join(path.relative_to(archive.parent).parts))
        if any(name == path.name for name, _ in held):
            told = f"「{path.name}」の袋が、台帳に載せたものと違います（検査値の一覧ごと作り直されています）。"
            yield path.name, error("archive-bag-replaced", told, where, _RESTORE)
        else:
            told = f"「{path.name}」の袋が、台帳に載っていません。なくなっても、置き換えられても、気づけません。"
            yield path.name, warning("archive-unregistered", told, where, _REGISTER)


def lost_of(archive: Path, name: str) -> Act | None:
    """The act that says that an issue is lost for good; None if there is none or it cannot be read."""
    try:
        acts = read_register(archive, name).acts
    except ArchiveError:
        return None
    return next((act for act in reversed(acts) if act.act == "lost"), None)


def gone(archive: Path) -> tuple[Finding, ...]:
    """A warning, when the archive is listed, about each issue of the register that is nowhere."""
    told = ("archive-bag-missing", "archive-bag-lost", "ledger-gone", "ledger-broken")
    try:
        found = against_ledger(archive)
    except ArchiveError as fault:
        found = tuple(fault.findings)
    return tuple(replace(each, severity=Severity.WARNING) for each in found if each.code in told)


def must_be_sound(archive: Path) -> None:
    """Raise ArchiveError with every fault of an archive before it is published: changed files are shown to nobody, and
    the site that is there stays.
    """
    faults = [fault for folder in issue_folders(archive) for fault in verified(folder)]
    try:
        shown = (fault for fault in against_ledger(archive) if f"/{CLOSED}/" not in (fault.where.file or ""))
        faults += [fault for fault in shown if fault.severity is Severity.ERROR]
    except ArchiveError as fault:
        faults += fault.findings
    if faults:
        told = "保存庫に間違いがあるので、サイトは作りませんでした。前に作ったサイトは、そのままです。"
        hint = "上の間違いを直してから、もう一度実行してください。その号を出さないなら koho archive remove を使います。"
        raise ArchiveError(*faults, error("site-unsound", told, Where(archive.name), hint))


def take_up(archive: Path, by: str = "") -> tuple[list[str], tuple[Finding, ...]]:
    """Put every sound bag that is not yet in the register into it; such bags were made before there was a register.
    Returns their names, and what is wrong with the others. Entries of the register are not replaced.
    """
    taken: list[str] = []
    faults: list[Finding] = []
    with open_ledger(archive) as book:
        known = {name for name, _ in book.ledger.held}
        for path, manifest in bags_of(archive).items():
            if path.name in known:
                continue
            if found := verified(path):
                faults += found
                continue
            book.add(event(REGISTERED, bag=path.name, manifest=manifest, by=by))
            taken.append(path.name)
    return taken, tuple(faults)


def against_copy(archive: Path, copy: Path) -> tuple[Finding, ...]:
    """A finding for each difference between the archive and a second copy, whose bags are all verified.

    Raises ArchiveError: ``no-copy``.
    """
    if not copy.is_dir() or copy.resolve() == archive.resolve():
        told = f"控えの保存庫 {copy} がないか、保存庫そのものです。"
        raise ArchiveError(
            error("no-copy", told, hint="別の場所に写した保存庫（archive）のフォルダーを示してください。")
        )
    return tuple(_against_copy(archive, copy))


def _against_copy(archive: Path, copy: Path) -> Iterator[Finding]:
    place = Where(str(copy))
    try:
        ours, theirs = read_ledger(archive).events, read_ledger(copy).events
    except ArchiveError as fault:
        yield from fault.findings
        return
    shared = min(len(ours), len(theirs))
    if ours[:shared] != theirs[:shared]:
        told = "保存庫と控えの台帳が、途中から違います。どちらかが書き換えられているか、別々に書き足されています。"
        yield error("copy-differs", told, place, "どちらが正しいかを、袋の中身と日付から確かめてください。")
    elif len(theirs) > len(ours):
        told = f"保存庫の台帳の終わりの{len(theirs) - len(ours)}行が、なくなっています（控えにはあります）。"
        yield error("copy-differs", told, place, f"控えの {FILE} を、保存庫に戻してください。")
    bags = [{path.relative_to(top): manifest for path, manifest in bags_of(top).items()} for top in (archive, copy)]
    for name in sorted(bags[0].keys() | bags[1].keys()):
        here, there = (each.get(name) for each in bags)
        where = Where("/".join((copy.name, *name.parts)))
        if there is None:
            told = f"控えに「{name.as_posix()}」がありません。"
            yield error("copy-missing", told, where, "保存庫から、このフォルダーをまるごと控えに写してください。")
        elif here is None:
            told = f"控えにある「{name.as_posix()}」が、保存庫にありません。"
            yield error("archive-bag-missing", told, where, "控えから、このフォルダーをまるごと戻してください。")
        elif here != there:
            told = f"「{name.as_posix()}」が、保存庫と控えで違います。"
            yield error("copy-differs", told, where, "台帳の検査値と合うほうを残してください。")
        else:
            yield from verified(copy / name)


def due(archive: Path) -> tuple[Finding, ...]:
    """A warning if the archive was not verified when it was due."""
    try:
        last = read_ledger(archive).validated
    except ArchiveError:
        return ()  # told by verify
    today = now().date()
    if last is None or not last.next or _date(last.next) > today:
        return ()
    told = f"保存庫を確かめる日（{last.next}）を過ぎています。前に確かめたのは{_day(last)}です。"
    return (warning("archive-verify-due", told, Where(archive.name), "koho archive verify を実行してください。"),)


def next_day(every: int) -> str:
    """The day of the next validation (ISO 8601), ``every`` days from now."""
    return (now().date() + datetime.timedelta(days=every)).isoformat()


def _day(of: Event) -> str:
    return of.time[:10]


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return datetime.date.min
