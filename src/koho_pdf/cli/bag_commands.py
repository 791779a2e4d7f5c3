"""``koho archive add``, ``verify``, ``show``, ``export``, ``rebuild``: the commands about the bags of an archive."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.cli import many_commands
from koho_pdf.cli.telling import progress_of, tell
from koho_pdf.cli.usage import Usage
from koho_pdf.errors import ArchiveError, KohoError, UsageError
from koho_pdf.findings import Finding, Where, error, errors_in, warning

if TYPE_CHECKING:
    from koho_pdf.archive.bags.ledger import Event
    from koho_pdf.archive.bags.record import Record


def add(options: argparse.Namespace) -> int:
    """校了した号を保存庫にしまいます。しまった号は、あとから変わりません。見本は、見本の保存庫にしまいます。"""
    from koho_pdf.archive.bags.fixity import due
    from koho_pdf.archive.bags.ledger import INGESTED, REPLACED, event
    from koho_pdf.archive.bags.record import read_record
    from koho_pdf.archive.keeping import decided_before, is_sample, kept, number_taken
    from koho_pdf.manuscript.own_files import ROUNDS
    from koho_pdf.release.releasing import release_name
    from koho_pdf.workspace.workspace import Folders, keeper, unnamed

    by, why = (" ".join(text.split()) for text in (options.by, options.why))
    workspace = Folders(options.workspace.resolve(), samples=options.samples)
    release = workspace.out / "releases" / release_name(options.issue, options.revision)
    sample = is_sample(release)
    archive = Folders(workspace.root, samples=True).archive if sample else workspace.archive
    done = event(REPLACED if options.revision > 1 else INGESTED, bag=release.name, by=by, note=why)
    source = keeper(workspace.root, by, why)
    rounds = workspace.content / options.issue / ROUNDS if Path(options.issue).name == options.issue else None
    bag = kept(release, archive, source, [done], rounds)
    taken = number_taken(release.name, None, Where(f"out/releases/{release.name}"))
    before = decided_before(archive, release.name)
    written = put_in(bag, archive, read_record(release, payload=""), done, taken)
    told = "しまいました" if written else "もうしまってあります"
    print(f"{release.name}\t{f'見本なので、見本の保存庫（{archive.name}）に' if sample else ''}{told}")
    tell((*unnamed(source), *(before if written else ()), *due(archive)))
    return 0


def put_in(bag: Mapping[str, bytes], archive: Path, record: Record, done: Event, taken: Finding | None = None) -> bool:
    """Write a bag once, verify it on the disk, and note both in the register; False if it was already there. It holds a
    lock and asks again which numbers are taken, so that no number is given twice. Raises ArchiveError:
    ``archive-number-taken``, ``archive-name``, ``already-written`` (or ``taken``), ``ledger-broken``, ``not-written``,
    and what is wrong with the bag that was written.
    """
    from koho_pdf.archive.bags.bag import PAYLOAD
    from koho_pdf.archive.bags.beside import beside
    from koho_pdf.archive.bags.disk_names import must_be_keepable
    from koho_pdf.archive.bags.ledger import FAILURE, REGISTERED, SUCCESS, VALIDATED, event, manifest_of, open_ledger
    from koho_pdf.archive.bags.verifying import verified
    from koho_pdf.archive.keeping import another_of, number_taken
    from koho_pdf.platform.folders import write_file, write_once

    def same(there: dict[str, bytes], new: dict[str, bytes]) -> bool:
        kept, added = (
            {name: files[name] for name in files if name.startswith(f"{PAYLOAD}/")} for files in (there, new)
        )
        return kept == added  # the bag's own files say on which day it was packed

    name, where = record.name, Where(f"{archive.name}/{record.name}")
    with open_ledger(archive) as book:
        must_be_keepable(name, archive, where)
        if other := another_of(archive, name, record.number, record.kind):
            raise ArchiveError(number_taken(name, other, where))
        written = write_once(bag, archive / name, taken, same)
        for file, content in beside(archive).items():
            write_file(content, archive / file)
        manifest = manifest_of(archive / name)
        if not written and (name, manifest) in book.ledger.held:
            return False
        faults = verified(archive / name)
        looked = event(VALIDATED, bag=name, manifest=manifest, outcome=FAILURE if faults else SUCCESS)
        kind = done.event if written else REGISTERED
        book.add(replace(done, event=kind, manifest=manifest), looked)
    if faults:
        raise ArchiveError(*faults)
    return written


def verify(options: argparse.Namespace) -> int:
    """しまった号が、しまったときのままかを、1ビットまで確かめます。名前を書かなければ、閉じた書庫の号も含めて全部。

    台帳にある号がなくなっていないか、袋ごと置き換えられていないかも確かめ、確かめたことを台帳に書きます。
    """
    from koho_pdf.archive.bags.fixity import against_copy, against_ledger
    from koho_pdf.archive.checking import checks, unexplained
    from koho_pdf.workspace.workspace import Folders

    archive = Folders(options.workspace.resolve(), samples=options.samples).archive
    code, looked = 0, 0
    faults: list[Finding] = []
    checked = checks(archive, options.names)
    first = next(checked, None)  # raises where there is no archive
    found = [*against_ledger_or_why(partial(against_ledger, names=options.names), archive)]
    anew = {each.where.file for each in found if each.code == "archive-bag-replaced"}
    for name, check in chain([first] if first else [], checked):
        looked += 1
        try:
            more = check()
            if f"{archive.name}/{name}" in anew:
                print(f"{name}\t無事ではありません（台帳に載せたものと違います）", flush=True)
                continue
            print(f"{name}\t無事です{f'（{more}）' if more else ''}", flush=True)
        except KohoError as fault:
            print(f"{name}\t無事ではありません", flush=True)
            tell(fault.findings)
            faults += fault.findings
            code = fault.exit_code
    if not options.names:
        found += unexplained(archive)
        if options.copy:
            found += against_ledger_or_why(partial(against_copy, copy=options.copy.absolute()), archive)
    tell(found)
    faults += errors_in(found)
    code = code or (ArchiveError.exit_code if errors_in(found) else 0)
    if not any(each.code == "archive-empty" for each in found):  # it may be a disk that is not connected
        tell(_noted(archive, options, looked, faults))
    return code


def against_ledger_or_why(look: Callable[[Path], tuple[Finding, ...]], archive: Path) -> tuple[Finding, ...]:
    """What the register or a copy says, or why it cannot be read."""
    try:
        return look(archive)
    except ArchiveError as fault:
        return fault.findings


def _noted(archive: Path, options: argparse.Namespace, looked: int, faults: Sequence[Finding]) -> tuple[Finding, ...]:
    """Note in the register that the archive, or the named issues, were verified, and say so; a finding if that cannot
    be done.
    """
    from koho_pdf.archive.bags.fixity import next_day
    from koho_pdf.archive.bags.ledger import FAILURE, SUCCESS, VALIDATED, event, open_ledger

    codes = tuple(f"{fault.code} {fault.where.file or ''}".strip() for fault in faults)
    outcome, by = FAILURE if faults else SUCCESS, " ".join(options.by.split())
    day = next_day(options.every)
    try:
        with open_ledger(archive) as book:
            if options.names:
                said = [event(VALIDATED, bag=name, outcome=outcome, by=by, faults=codes) for name in options.names]
            else:
                said = [event(VALIDATED, outcome=outcome, by=by, bags=looked, faults=codes, next=day)]
            book.add(*said)
            head = book.ledger.head
    except ArchiveError as fault:
        told = "確かめたことを、台帳に書けませんでした。"
        return (
            ()
            if any(f.code == "ledger-broken" for f in fault.findings)
            else (warning("archive-not-noted", told, Where(archive.name), fault.findings[0].message),)
        )
    if not options.names:
        how = f"間違いが{len(faults)}つあります" if faults else "すべて無事です"
        print(f"{looked}袋\t{how}\t次に確かめる日 {day}\t台帳の検査値 {head[:16]}")
    return ()


def register(options: argparse.Namespace) -> int:
    """台帳に載っていない袋を、確かめてから台帳に載せます。台帳のなかった保存庫は、これで欠けたことに気づけます。"""
    from koho_pdf.archive.bags.fixity import take_up
    from koho_pdf.archive.bags.holdings import must_be_there
    from koho_pdf.workspace.workspace import Folders

    archive = Folders(options.workspace.resolve(), samples=options.samples).archive
    must_be_there(archive)
    taken, faults = take_up(archive, " ".join(options.by.split()))
    print("".join(f"{name}\t台帳に載せました\n" for name in taken) or "どの袋も、もう台帳に載っています。\n", end="")
    tell(faults)
    return ArchiveError.exit_code if faults else 0


def show(options: argparse.Namespace) -> int:
    """しまった号の題名と日付、記事とそのページ、ファイルとその大きさ、開き方を知らせます。"""
    from koho_pdf.archive.keeping import kept_issue, shown
    from koho_pdf.workspace.workspace import Folders

    workspace = Folders(options.workspace.resolve(), samples=options.samples)
    for line in shown(kept_issue(workspace.archive, options.name), workspace.root):
        print(line)
    return 0


def export(options: argparse.Namespace) -> int:
    """しまった号を、ほかの人に渡す袋に写します。印刷所だけに見せるもの（print）は、--print のときだけ入ります。"""
    from koho_pdf.archive.bags.record import read_record
    from koho_pdf.archive.keeping import exported, kept_issue, spread
    from koho_pdf.platform.folders import write_file, write_once
    from koho_pdf.release.releasing import zipped
    from koho_pdf.workspace.workspace import Folders

    folder = kept_issue(Folders(options.workspace.resolve(), samples=options.samples).archive, options.name)
    bag = exported(folder, options.print)
    target: Path = options.target.absolute()
    if target.suffix.lower() == ".zip":
        files = {f"{folder.name}/{name}": content for name, content in bag.items()}
        write_file(zipped(files, read_record(folder).date), target)
    else:
        target = target / folder.name
        write_once(bag, target)
    print(f"{folder.name}\t{target}")
    tell(spread(folder) if options.print else ())
    return 0


def rebuild(options: argparse.Namespace) -> int:
    """しまった号を、その袋の中のものだけから作り直し、しまったものと同じかを確かめます。"""
    from koho_pdf.archive.keeping import kept_issue, spread
    from koho_pdf.workspace.workspace import Folders

    folders = Folders(options.workspace.resolve(), samples=options.samples)
    place = folders.out / "rebuilt" if options.out == Path() else options.out and options.out.absolute()
    if many_commands.is_asked(options, bool(options.name), "archive rebuild"):
        return many_commands.rebuild_all(options, place)
    from koho_pdf.platform.folders import write_whole
    from koho_pdf.release.rebuilding import in_words
    from koho_pdf.release.rebuilding import rebuild as make_again

    made = make_again(kept_issue(folders.archive, options.name), progress_of(options.name))
    for line in in_words(options.name, made):
        print(line)
    if place:
        write_whole(made.files, place / options.name)
    tell((*made.findings, *(spread(folders.archive / options.name) if place else ())))
    return ArchiveError.exit_code if made.different else 0


def _days(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text[:6]) <= 10_000):
        hint = "1から10000までの数を書いてください。"
        raise UsageError(error("usage", f"「{text[:30]}」日は、日数として読めません。", hint=hint))
    return int(text)


def add_to(usage: Usage) -> None:
    """These commands with their arguments."""
    added = usage.command(add, "koho archive add 2013-policy-leaflet")
    added.add_argument("issue", metavar="号", help="校了した号の名前（out/releases の中）")
    added.add_argument("--revision", type=int, default=1, metavar="版", help="校了した版。書かなければ初版")
    added.add_argument("--why", default="", metavar="理由", help="なぜ差し替えたかなど。袋と台帳に残ります")
    asked = usage.command(verify, "koho archive verify")
    asked.add_argument("names", nargs="*", metavar="号", help="しまった号の名前。書かなければ全部")
    asked.add_argument("--copy", type=Path, metavar="控え", help="控えの保存庫のフォルダー。袋も台帳も、両方を比べます")
    asked.add_argument(
        "--every", type=_days, default=365, metavar="日数", help="次に確かめるまでの日数。書かなければ365日"
    )
    listed = usage.command(register, "koho archive register")
    for command in (added, asked, listed):
        command.add_argument("--by", default="", metavar="担当", help="行う人や課。台帳に残ります")
    shown = usage.command(show, "koho archive show 2013-policy-leaflet")
    shown.add_argument("name", metavar="号", help="しまった号の名前（koho archive list で見られます）")
    copied = usage.command(export, "koho archive export 2013-policy-leaflet 図書館へ.zip")
    copied.add_argument("name", metavar="号", help="しまった号の名前")
    copied.add_argument("target", type=Path, metavar="写し先", help="フォルダー、または .zip で終わるファイルの名前")
    copied.add_argument("--print", action="store_true", help="印刷所だけに見せるものも入れます")
    again = usage.command(rebuild, "koho archive rebuild 2013-policy-leaflet")
    again.add_argument("name", nargs="?", metavar="号", help="しまった号の名前")
    again.add_argument(
        "--out",
        nargs="?",
        type=Path,
        const=Path(),
        metavar="フォルダー",
        help="作り直したものを書くフォルダー。フォルダーを書かなければ out/rebuilt",
    )
    many_commands.add_to(
        again,
        "しまった号をすべて。前に同じものができた号は、袋もソフトウェアも変わっていなければ作り直しません"
        "（号の名前を書けば、いつでも作り直します）",
    )
