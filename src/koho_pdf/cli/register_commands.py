"""``koho archive remove`` and ``withhold``: what is decided of an issue after it was kept, and taken back.

A decision is written down before anything is moved. If the command is stopped in between, nothing is shown by mistake.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.cli.telling import tell
from koho_pdf.cli.usage import Usage
from koho_pdf.errors import ArchiveError, UsageError
from koho_pdf.findings import Finding, Where, error, warning

if TYPE_CHECKING:
    from koho_pdf.archive.bags.register import Act


def remove(options: argparse.Namespace) -> int:
    """号を保存庫から除き、閉じた書庫（archive/_closed）に移して、理由を記録します。消しはしません。"""
    from koho_pdf.archive.bags.holdings import must_be_there
    from koho_pdf.platform.folders import alone
    from koho_pdf.workspace.workspace import Folders

    folders, decided = Folders(options.workspace.resolve(), samples=options.samples), _decided(options)
    archive = folders.archive
    must_be_there(archive)
    with alone(archive / "_closed" / "deciding"):
        if options.undo:
            place = _put_back(archive, options.name, *decided)
            print(f"{options.name}\t保存庫に戻しました（閉じた書庫の{place}番から）")
            return 0
        if options.lost:
            _lost(archive, options.name, *decided)
            print(f"{options.name}\t失われたと記録しました")
            return 0
        place = _removed(archive, options.name, *decided)
    print(f"{options.name}\t閉じた書庫に移しました（{archive.name}/_closed/{place}）")
    _print_next(folders.out, options.name)
    tell(tuple(_shown_again(archive, options.name)))
    return 0


def withhold(options: argparse.Namespace) -> int:
    """号の記事や写真を1つ、サイト・検索・渡す写し・ページの絵から除いて、理由を記録します。袋はそのまま残ります。"""
    from koho_pdf.archive.bags.register import read_register
    from koho_pdf.archive.keeping import kept_issue
    from koho_pdf.archive.locating import withholding
    from koho_pdf.platform.folders import alone
    from koho_pdf.workspace.workspace import Folders

    folders, decided = Folders(options.workspace.resolve(), samples=options.samples), _decided(options)
    archive = folders.archive
    folder = kept_issue(archive, options.name)
    with alone(archive / "_closed" / "deciding"):
        acts = read_register(archive, options.name).acts
        if options.undo:
            act = _lifted(archive, options.name, options.article, *decided)
        else:
            act = withholding(folder, options.article, *decided)
        _write(archive, options.name, (*acts, act))
    print(
        f"{options.name}\t{act.what}（{act.heading}）{'を、また公開します' if options.undo else 'を公開から除きました'}"
    )
    for page, boxes in () if options.undo else act.pages.items():
        print(f"  {page}ページの絵\t{f'{len(boxes)}か所を塗りつぶします' if boxes else '出しません'}")
    if not options.undo:
        print("  この号のPDF・ウェブページ・テキスト・データ\tその記事を含むので、サイトにも渡す写しにも入れません")
        tell(tuple(_elsewhere(archive, options.name, act)))
    _print_next(folders.out, options.name)
    return 0


def _decided(options: argparse.Namespace) -> tuple[str, str, str]:
    """Why, by whom and on which day (ISO 8601, or "")."""
    from koho_pdf.content.values.dates import CalendarDate
    from koho_pdf.manuscript.refusal import Refusal

    why, by, day = (" ".join(text.split()) for text in (options.why, options.by, options.date))
    if not why:
        raise UsageError(error("usage", "理由がありません。", hint='--why "個人情報のため" のように書いてください。'))
    try:
        return why, by, CalendarDate.parse(day).day.isoformat() if day else ""
    except Refusal:
        hint = "2026-04-01 か 令和8年4月1日 のように書いてください。"
        raise UsageError(error("usage", f"日付「{day[:30]}」が読めません。", hint=hint)) from None


def _removed(archive: Path, name: str, why: str, by: str, day: str) -> int:
    """Write the removal into the register, then move the bag to the closed folder; returns the number of its place
    there.
    """
    from koho_pdf.archive.bags.record import read_record
    from koho_pdf.archive.bags.register import Act, closed_path, next_place, read_register
    from koho_pdf.archive.bags.withheld import unfinished
    from koho_pdf.archive.keeping import kept_issue
    from koho_pdf.platform.folders import move_folder

    folder, register = kept_issue(archive, name), read_register(archive, name)
    place = unfinished(folder, register.removed)
    if not place:
        place = next_place(archive, register.acts)
        try:
            record = read_record(folder)
            facts = (record.title, record.number, record.kind, record.date.isoformat())
        except ArchiveError:
            facts = ("", None, "", "")  # a broken bag may be removed too
        act = Act("removed", why, by, day, place, *facts)
        _write(archive, name, (*register.acts, act))
    move_folder(folder, closed_path(archive, name, place))
    return place


def _lost(archive: Path, name: str, why: str, by: str, day: str) -> None:
    """Write down that a bag of the register is lost, and that no copy of it is left."""
    from koho_pdf.archive.bags.fixity import against_ledger
    from koho_pdf.archive.bags.register import Act, read_register

    if "archive-bag-missing" not in {found.code for found in against_ledger(archive, [name])}:
        told = f"「{name}」は、台帳にあってなくなっている号ではありません。"
        raise ArchiveError(
            error("archive-not-lost", told, hint="なくなっている号は koho archive verify でわかります。")
        )
    _write(archive, name, (*read_register(archive, name).acts, Act("lost", why, by, day)))


def _put_back(archive: Path, name: str, why: str, by: str, day: str) -> int:
    """Move the bag that was removed last back to the archive, and write that down; returns its number."""
    from koho_pdf.archive.bags.register import Act, closed_path, read_register
    from koho_pdf.archive.checking import closed_missing
    from koho_pdf.archive.keeping import number_taken
    from koho_pdf.platform.folders import move_folder

    register = read_register(archive, name)
    place = max(register.removed, default=0)
    if not place:
        told = f"「{name}」は、閉じた書庫にありません。"
        raise ArchiveError(error("archive-not-closed", told, hint="koho archive list で、閉じた書庫の号も見られます。"))
    closed, folder = closed_path(archive, name, place), archive / name
    if closed.is_dir():
        if folder.exists():
            raise ArchiveError(number_taken(name, None, Where(f"{archive.name}/{name}")))
        move_folder(closed, folder)
    elif not folder.is_dir():
        raise ArchiveError(closed_missing(archive, name, register.removed[place]))
    _write(archive, name, (*register.acts, Act("put-back", why, by, day, place)))
    return place


def _lifted(archive: Path, name: str, what: str, why: str, by: str, day: str) -> Act:
    from koho_pdf.archive.bags.register import Act, read_register

    withheld = read_register(archive, name).withheld
    found = next((act for act in withheld.values() if what in (act.what, act.heading)), None)
    if found is None:
        names = "、".join(f"{act.what}（{act.heading[:20]}）" for act in withheld.values()) or "ありません"
        told = f"「{name}」の「{what[:40]}」は、公開から除いていません。"
        raise ArchiveError(error("archive-not-withheld", told, hint=f"除いてあるもの: {names}"))
    return Act("lifted", why, by, day, what=found.what, heading=found.heading)


def _write(archive: Path, name: str, acts: Sequence[Act]) -> None:
    from koho_pdf.archive.bags.ledger import RETURNED, WITHDRAWN, event, manifest_of, note
    from koho_pdf.archive.bags.register import register_bytes, register_path
    from koho_pdf.platform.folders import write_file

    write_file(register_bytes(name, acts), register_path(archive, name))
    act = acts[-1]
    kind = WITHDRAWN if act.act in ("removed", "withheld", "lost") else RETURNED
    what = "失われた" if act.act == "lost" else f"{act.what}（{act.heading}）" if act.what else ""
    why = ": ".join(filter(None, (what, act.why)))
    note(archive, [event(kind, bag=name, manifest=manifest_of(archive / name), by=act.by, note=why)])


def _print_next(out: Path, name: str) -> None:
    """Say what the command cannot change: a site that is already made, the release, copies that others have."""
    print("  サイトに出ているものは、koho archive site で作り直して置き換えてください。", end="")
    print(
        f"out/releases/{name} と、渡した写しは、そのままです。"
        if (out / "releases" / name).exists()
        else "渡した写しは、そのままです。"
    )


def _shown_again(archive: Path, name: str) -> Iterator[Finding]:
    """A warning if an earlier revision is shown again because nothing replaces it any more."""
    from koho_pdf.archive.bags.holdings import newest_revisions, revision_of
    from koho_pdf.archive.keeping import kept_issues

    left = [each for each in kept_issues(archive) if revision_of(each)[0] == revision_of(name)[0]]
    current = set(left) - set(newest_revisions(left))
    for each in sorted(current):
        if revision_of(each)[1] < revision_of(name)[1]:
            told = f"前の版「{each}」が、また公開されます。"
            hint = f"公開してはいけなければ、koho archive remove {each} でそれも除いてください。"
            yield warning("archive-older-shown", told, Where(f"{archive.name}/{each}"), hint)


def _elsewhere(archive: Path, name: str, act: Act) -> Iterator[Finding]:
    """A warning for each other revision that also holds the article."""
    from koho_pdf.archive.bags.holdings import revision_of
    from koho_pdf.archive.bags.withheld import shown_of
    from koho_pdf.archive.keeping import kept_issues
    from koho_pdf.archive.locating import told_again

    if again := told_again(archive / name, act):
        told = f"同じ見出しか文が、ほかの記事（{'、'.join(again)}）にもあり、まだ公開されます。"
        hint = f"それも除くなら: koho archive withhold {name} {again[0]} --why …"
        yield warning("archive-words-elsewhere", told, Where(f"{archive.name}/{name}"), hint)
    for each in kept_issues(archive):
        if each == name or revision_of(each)[0] != revision_of(name)[0]:
            continue
        try:
            articles = shown_of(archive / each).record.articles
        except ArchiveError:
            continue  # nothing of it is shown
        if any(act.what == article.key or act.heading == article.heading for article in articles):
            told = f"別の版「{each}」にも、同じ記事があります。"
            hint = f"そちらも除くなら: koho archive withhold {each} {act.what} --why …"
            yield warning("archive-other-revision", told, Where(f"{archive.name}/{each}"), hint)


def add_to(usage: Usage) -> None:
    """These commands with their arguments."""
    removed = usage.command(remove, 'koho archive remove koho-0812 --why "別の号のPDFだったため"')
    removed.add_argument("name", metavar="号", help="しまった号の名前（koho archive list で見られます）")
    held = usage.command(withhold, 'koho archive withhold koho-0812 a3 --why "個人情報があったため"')
    held.add_argument("name", metavar="号", help="しまった号の名前")
    words = "記事の名前か見出し（koho archive show で見られます）、写真のファイル、またはページ（p3）"
    held.add_argument("article", metavar="記事", help=words)
    for command, undone in ((removed, "閉じた書庫から、保存庫に戻します"), (held, "取りやめて、また公開します")):
        command.add_argument("--why", required=True, metavar="理由", help="なぜそうするか。記録に残ります")
        command.add_argument("--by", default="", metavar="担当", help="決めた人や課。記録に残ります")
        command.add_argument(
            "--date", default="", metavar="日付", help="決めた日（2026-04-01、令和8年4月1日）。記録に残ります"
        )
        command.add_argument("--undo", action="store_true", help=undone)
    removed.add_argument("--lost", action="store_true", help="袋がもうどこにもないことを記録します（台帳にある号だけ）")
