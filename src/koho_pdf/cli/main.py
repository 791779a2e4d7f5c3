"""The command line: parse, call, print. Every command is a few lines over ``pipeline`` and its rooms.

Rooms are imported inside the commands, so that ``koho --help`` costs nothing that it does not show.
"""

from __future__ import annotations

import argparse
import gc
import logging
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.cli import (
    archive_commands,
    check_commands,
    desk_commands,
    finding_commands,
    intake_commands,
    layout_commands,
    many_commands,
    plan_commands,
    proof_commands,
    workspace_commands,
)
from koho_pdf.cli import watch_commands as watching
from koho_pdf.cli.asked import each, press_of, workspace_of
from koho_pdf.cli.rolled import rolled
from koho_pdf.cli.streams import as_json, bytes_of, ended, opened, print_json, silenced, trouble
from koho_pdf.cli.telling import progress_of, tell, where_written
from koho_pdf.cli.usage import Usage, names_in_utf8
from koho_pdf.errors import ArchiveError, KohoError, LayoutError, PreflightError, UsageError
from koho_pdf.findings import Finding, error, errors_in
from koho_pdf.legible import of_text
from koho_pdf.platform.frames import roomy

if TYPE_CHECKING:
    from koho_pdf.workspace.workspace import Workspace


def build(options: argparse.Namespace) -> int:
    """号を組んで out に書きます。間違いが1つでもあれば、その号は何も書きません。"""
    if many_commands.is_asked(options, bool(options.issues), "build"):
        return many_commands.build_all(options)
    from koho_pdf import pipeline
    from koho_pdf.editions.earlier import beside_earlier
    from koho_pdf.editions.every import USUAL
    from koho_pdf.platform.folders import write_whole

    def one(folder: Path, workspace: Workspace) -> tuple[Finding, ...]:
        press = press_of(options, workspace)
        made = pipeline.build(
            folder, workspace, options.edition or USUAL, press, options.papers, progress_of(folder.name)
        )
        target = workspace.out / made.name
        files, stale = beside_earlier(made.files, made.public, made.whole, target)
        write_whole(files, target, stale)
        written.append(where_written(target, made.files))
        return made.findings

    written: list[str] = []
    code = each(options, one)
    print("".join(f"{line}\n" for line in written), end="")
    return code


def release(options: argparse.Namespace) -> int:
    """号を校了にします。すべてをはじめから作り、印刷所に渡すものと公開するものを out/releases に1度だけ書きます。"""
    from koho_pdf.cli.proof_commands import open_in_rounds
    from koho_pdf.release.releasing import release as released
    from koho_pdf.rounds.threads import let_stand
    from koho_pdf.workspace.beginning import issue_folder

    workspace = workspace_of(options)
    press = press_of(options, workspace)
    folder = issue_folder(options.issue, workspace)
    opened = open_in_rounds(folder, workspace, options.knowing)
    made = released(folder, workspace, press, options.revision, progress_of(folder.name))
    tell(made.findings)
    if opened:
        let_stand(folder, made.folder.name, options.knowing, opened)
        print("".join(f"承知のうえで校了にしました（{options.knowing}）: {each}\n" for each in opened), end="")
    place = made.folder.relative_to(workspace.root).as_posix()
    print(f"{place} に書きました。" if made.written else f"{place} と同じです。もう校了しているので、何も書きません。")
    print(f"印刷所に送るのは {place}/{made.package} です。")
    return 0


def look(options: argparse.Namespace) -> int:
    """号の組み見本（全部のページの絵）を out/look に書きます。間違いがあっても、組めるページはすべて見られます。"""
    from koho_pdf import pipeline
    from koho_pdf.platform.folders import write_whole

    def one(folder: Path, workspace: Workspace) -> tuple[Finding, ...]:
        pictures, findings = pipeline.look(folder, workspace, progress_of(folder.name))
        target = workspace.out / "look" / folder.name
        write_whole({f"p{number}.png": each for number, each in enumerate(pictures, 1)}, target)
        written.append(where_written(target, (f"p{number}.png" for number in range(1, len(pictures) + 1))))
        if errors_in(findings):
            raise LayoutError(*findings)
        return findings

    written: list[str] = []
    code = each(options, one)
    print("".join(f"{line}\n" for line in written), end="")
    return code


def preflight(options: argparse.Namespace) -> int:
    """PDFを印刷所の目で確かめます。ほかのソフトで作ったPDFでもかまいません。"""
    from koho_pdf.editions.papers import inspected, papers
    from koho_pdf.platform.folders import write_whole
    from koho_pdf.preflight.report.summary import Consignment
    from koho_pdf.workspace.faces_of_city import faces_of

    workspace = workspace_of(options)
    press = press_of(options, workspace) or workspace.city.press
    pdf = bytes_of(options.file)
    found = inspected(pdf, press)
    if options.report:
        sent = Consignment(of_text(options.file.stem), of_text(options.file.name))
        faces = faces_of(workspace.fonts, workspace.root, workspace.city)
        write_whole(papers(pdf, sent, found, press, workspace, faces), options.report.absolute())
    if options.json:
        print_json(as_json(found.findings))
    else:
        tell(found.findings)
    return PreflightError.exit_code if errors_in(found.findings) else 0


def new(options: argparse.Namespace) -> int:
    """レイアウトの見本から、または前の号から、新しい号を始めます。"""
    from koho_pdf.workspace.beginning import begin

    workspace = workspace_of(options)
    if options.source:
        if options.layout:
            told = f"「{options.layout}」と「{options.issue}」の2つの名前があります。"
            hint = "前の号から始めるときは、レイアウトは前の号と同じです。koho new --from 前の号 号 と書きます。"
            raise UsageError(error("usage", told, hint=hint))
        return rolled(options, workspace)
    if not options.layout:
        told = "レイアウトの名前がありません。"
        raise UsageError(
            error("usage", told, hint="koho new レイアウト 号、または koho new --from 前の号 号 と書きます。")
        )
    manuscript = begin(options.layout, options.issue, workspace).relative_to(workspace.root) / "issue.yaml"
    print(f"{manuscript} を書き換えて、koho build {options.issue} で組みます。")
    return 0


def archive(options: argparse.Namespace) -> int:
    """しまった号を並べ、探します。"""
    raise AssertionError("its own commands are called")


def parser() -> Usage:
    """Every command with its arguments, its help (its docstring) and an example."""
    usage = Usage(
        "市役所の広報紙やリーフレットを、1つの原稿から印刷用PDF・画面用PDF・ウェブページにします。",
        "koho build 2013-policy-leaflet",
    )
    usage.add_argument(
        "-C",
        dest="workspace",
        type=Path,
        default=Path(),
        metavar="フォルダー",
        help="作業場（koho.yaml のあるフォルダー）",
    )

    made = usage.command(build, "koho build 2013-policy-leaflet --edition print")
    made.add_argument("issues", nargs="*", metavar="号", help="号のフォルダー、または content の中の号の名前")
    made.add_argument(
        "--edition",
        action="append",
        choices=("print", "screen", "web", "large", "text", "data", "epub", "web-single"),
        help="作る版。何度でも書けます。書かなければ print・screen・web。large は拡大版、text は音訳と点訳のため、"
        "epub は電子書籍、web-single は1つのファイルに全部入ったウェブページ",
    )
    made.add_argument(
        "--press", metavar="入稿条件", help="印刷用PDFの入稿条件（press の中の名前）。書かなければ koho.yaml のもの"
    )

    made.add_argument("--papers", action="store_true", help="入稿データ確認書と検査の報告書も作ります")
    many_commands.add_to(
        made,
        "content の号をすべて。前に --all で作ったときから原稿もレイアウトも何も変わっていない号は作りません"
        "（号の名前を書けば、いつでも作ります）",
    )

    agreed = usage.command(release, "koho release 2013-policy-leaflet --press offset-coated")
    agreed.add_argument("issue", metavar="号", help="号のフォルダー、または content の中の号の名前")
    agreed.add_argument(
        "--press", metavar="入稿条件", help="入稿条件（press の中の名前）。書かなければ koho.yaml のもの"
    )
    agreed.add_argument(
        "--revision",
        type=int,
        default=1,
        metavar="版",
        help="校了したあとに直したときの版。2から順に。前の版も残ります",
    )
    agreed.add_argument(
        "--knowing", metavar="名前", default="", help="返事のない課や開いている書き込みを承知で校了にする人の名前"
    )

    checked = usage.command(check_commands.check, "koho check 2013-policy-leaflet --strict")
    checked.add_argument("issues", nargs="*", metavar="号", help="号のフォルダー、または content の中の号の名前")
    check_commands.add_to(checked)
    checked.add_argument("--json", action="store_true", help="プログラムのために JSON で出します")
    checked.add_argument("--strict", action="store_true", help="注意も間違いとして扱います")

    looked = usage.command(look, "koho look 2013-policy-leaflet")
    looked.add_argument("issues", nargs="+", metavar="号", help="号のフォルダー、または content の中の号の名前")

    judged = usage.command(preflight, "koho preflight 表紙.pdf --press offset-coated --report 検査")
    judged.add_argument("file", type=Path, metavar="PDF", help="確かめるPDF")
    judged.add_argument(
        "--press",
        metavar="入稿条件",
        help="どの入稿条件で確かめるか（press の中の名前）。書かなければ koho.yaml のもの",
    )
    judged.add_argument("--json", action="store_true", help="プログラムのために JSON で出します")
    judged.add_argument(
        "--report",
        type=Path,
        metavar="フォルダー",
        help="報告（report.html）と入稿データ確認書（sheet.pdf）を書くフォルダー",
    )

    begun = usage.command(new, "koho new policy-leaflet 2014-policy-leaflet")
    begun.add_argument("layout", metavar="レイアウト", nargs="?", help="レイアウトの名前（koho layouts で見られます）")
    begun.add_argument("issue", metavar="号", help="新しい号の名前。content の中のフォルダーの名前になります")
    begun.add_argument(
        "--from", dest="source", metavar="前の号", help="この号から始めます。号数・日付・毎号の記事を次に進めます"
    )

    workspace_commands.add_to(usage)
    plan_commands.add_to(usage)
    proof_commands.add_to(usage)
    intake_commands.add_to(usage)
    watching.add_to(usage)
    desk_commands.add_to(usage)
    finding_commands.add_to(usage)
    layout_commands.add_to(usage)
    archive_commands.add_to(usage.command(archive, "koho archive search 敬老の日"))
    return usage


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command. Every KohoError ends here: its findings are told, and the program exits with its exit code."""
    gc.set_threshold(1_000_000)  # a command ends soon, and the usual collecting of cycles takes 7 % of a build
    opened()
    logging.getLogger().addHandler(logging.NullHandler())  # messages of libraries are in English and for programmers
    if arguments is None:
        names_in_utf8()
    said = list(sys.argv[1:] if arguments is None else arguments)
    if "search" in said:  # -式典 is not an option, but a word that must not be found
        said = [f"−{each[1:]}" if re.match(r"-[^\x00-\x7f]|-\"", each) else each for each in said]
    try:
        code = _done(said)
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:  # the program that reads our lines (head, less) has stopped reading
        silenced()
        code = 141
    except OSError as fault:  # our output's disk is full, or a folder is gone: not a fault of the files we read
        silenced()
        with suppress(OSError):
            tell([trouble(fault)])
        code = ArchiveError.exit_code
    ended(code, at_once=arguments is None)


@roomy
def _done(said: Sequence[str]) -> int:
    """Do what is asked and return the exit code. What stops it is told, as JSON if JSON was asked for."""
    try:
        options = parser().parse_args(said)
        code: int = options.command(options)
    except KohoError as fault:
        if "--json" in said:
            print_json({"findings": as_json(fault.findings)} if "archive" in said else as_json(fault.findings))
        else:
            tell(fault.findings)
        code = fault.exit_code
    sys.stdout.flush()
    return code
