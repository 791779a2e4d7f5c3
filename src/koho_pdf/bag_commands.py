"""``koho archive add``, ``verify``, ``show``, ``export``, ``rebuild``: the commands about the bags of an archive."""

from __future__ import annotations

import argparse
from pathlib import Path

from koho_pdf import many_commands
from koho_pdf.errors import ArchiveError, KohoError
from koho_pdf.findings import Where
from koho_pdf.telling import progress_of, tell
from koho_pdf.usage import Usage


def add(options: argparse.Namespace) -> int:
    """校了した号を保存庫にしまいます。しまった号は、あとから変わりません。見本は、見本の保存庫にしまいます。"""
    from koho_pdf.archive.keeping import decided_before, is_sample, kept, number_taken
    from koho_pdf.release import release_name
    from koho_pdf.workspace import Folders
    from koho_pdf.writing import write_once

    workspace = Folders(options.workspace.resolve(), samples=options.samples)
    release = workspace.out / "releases" / release_name(options.issue, options.revision)
    sample = is_sample(release)
    archive = Folders(workspace.root, samples=True).archive if sample else workspace.archive
    bag = kept(release, archive)
    taken = number_taken(release.name, None, Where(f"out/releases/{release.name}"))
    before = decided_before(archive, release.name)
    written = write_once(bag, archive / release.name, taken)
    done = "しまいました" if written else "もうしまってあります"
    print(f"{release.name}\t{f'見本なので、見本の保存庫（{archive.name}）に' if sample else ''}{done}")
    tell(before if written else ())
    return 0


def verify(options: argparse.Namespace) -> int:
    """しまった号が、しまったときのままかを、1ビットまで確かめます。名前を書かなければ、閉じた書庫の号も含めて全部。"""
    from koho_pdf.archive.checking import checks, unexplained
    from koho_pdf.workspace import Folders

    archive = Folders(options.workspace.resolve(), samples=options.samples).archive
    code = 0
    for name, check in checks(archive, options.names):
        try:
            more = check()
            print(f"{name}\t無事です{f'（{more}）' if more else ''}", flush=True)
        except KohoError as fault:
            print(f"{name}\t無事ではありません", flush=True)
            tell(fault.findings)
            code = fault.exit_code
    tell(() if options.names else unexplained(archive))
    return code


def show(options: argparse.Namespace) -> int:
    """しまった号の題名と日付、記事とそのページ、ファイルとその大きさ、開き方を知らせます。"""
    from koho_pdf.archive.keeping import kept_issue, shown
    from koho_pdf.workspace import Folders

    workspace = Folders(options.workspace.resolve(), samples=options.samples)
    for line in shown(kept_issue(workspace.archive, options.name), workspace.root):
        print(line)
    return 0


def export(options: argparse.Namespace) -> int:
    """しまった号を、ほかの人に渡す袋に写します。印刷所だけに見せるもの（print）は、--print のときだけ入ります。"""
    from koho_pdf.archive.keeping import exported, kept_issue, spread
    from koho_pdf.archive.record import read_record
    from koho_pdf.release import zipped
    from koho_pdf.workspace import Folders
    from koho_pdf.writing import write_file, write_once

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
    from koho_pdf.workspace import Folders

    folders = Folders(options.workspace.resolve(), samples=options.samples)
    place = folders.out / "rebuilt" if options.out == Path() else options.out and options.out.absolute()
    if many_commands.is_asked(options, bool(options.name), "archive rebuild"):
        return many_commands.rebuild_all(options, place)
    from koho_pdf.rebuilding import in_words
    from koho_pdf.rebuilding import rebuild as make_again
    from koho_pdf.writing import write_whole

    made = make_again(kept_issue(folders.archive, options.name), progress_of(options.name))
    for line in in_words(options.name, made):
        print(line)
    if place:
        write_whole(made.files, place / options.name)
    tell((*made.findings, *(spread(folders.archive / options.name) if place else ())))
    return ArchiveError.exit_code if made.different else 0


def add_to(usage: Usage) -> None:
    """These commands with their arguments."""
    added = usage.command(add, "koho archive add 2013-policy-leaflet")
    added.add_argument("issue", metavar="号", help="校了した号の名前（out/releases の中）")
    added.add_argument("--revision", type=int, default=1, metavar="版", help="校了した版。書かなければ初版")
    asked = usage.command(verify, "koho archive verify")
    asked.add_argument("names", nargs="*", metavar="号", help="しまった号の名前。書かなければ全部")
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
