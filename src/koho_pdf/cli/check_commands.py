"""``koho check``: an issue to its end, or a plain text."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.cli.asked import each
from koho_pdf.cli.streams import as_json, print_json
from koho_pdf.cli.streams import bytes_of as read_bytes
from koho_pdf.cli.telling import progress_of, tell
from koho_pdf.errors import KohoError, ManuscriptError, UsageError
from koho_pdf.findings import Finding, Severity, error, errors_in

if TYPE_CHECKING:
    from koho_pdf.gate.mending import Mend
    from koho_pdf.workspace.workspace import Workspace


def check(options: argparse.Namespace) -> int:
    """号を最後まで組み、見つかったことと、どの領域にあと何字入るかを知らせます。--fix のほかは何も書きません。"""
    if options.text:
        return check_text(options)
    if not options.issues:
        raise UsageError(
            error(
                "nothing-to-check",
                "確かめる号がありません。",
                hint="号の名前か、--text とファイルの名前を書いてください。",
            )
        )
    from koho_pdf import pipeline
    from koho_pdf.cli.fit_table import tell_fit
    from koho_pdf.cli.readable_table import tell_readable
    from koho_pdf.editions.proofread import proofread

    def one(folder: Path, workspace: Workspace) -> tuple[Finding, ...]:
        told = (lambda fit: None) if options.json else tell_fit
        read = proofread(folder, workspace)
        if options.fix and (mends := _mended(read.findings, workspace)):
            told_mends.extend(mends)
            read = proofread(folder, workspace)
        words = (*read.findings, *_answered(folder, workspace))
        try:
            findings = pipeline.build(folder, workspace, progress=progress_of(folder.name), fit=told).findings
        except KohoError as fault:
            raise type(fault)(*fault.findings, *words) from fault
        if not options.json:
            tell_readable(read.readable)
        stops = [each for each in (*findings, *words) if each.severity is not Severity.NOTE]
        if errors_in(words) or (options.strict and stops):
            raise ManuscriptError(*dict.fromkeys((*findings, *words)))
        return tuple(dict.fromkeys((*findings, *words)))

    told_mends: list[Mend] = []
    code = each(options, one)
    for mend in told_mends:
        where = mend.finding.where
        print(f"{where.file}:{where.line} 「{mend.old}」→「{mend.new}」 ({mend.finding.code})")
    return code


def _answered(folder: Path, workspace: Workspace) -> tuple[Finding, ...]:
    """What departments wrote on proofs and nobody has settled; of a manuscript with mistakes nothing, for these are
    told first."""
    if not (folder / "rounds").is_dir():
        return ()
    from koho_pdf.rounds.threads import findings_of, threads_of

    try:
        threads, _, tree = threads_of(folder, workspace)
    except KohoError:
        return ()
    return findings_of(threads, tree)


def _mended(words: Sequence[Finding], workspace: Workspace) -> tuple[Mend, ...]:
    """Put the mends that are certain into the files."""
    from koho_pdf.gate.mending import mended
    from koho_pdf.platform.folders import write_file

    files, mends = mended(words, workspace.root)
    for path, content in files.items():
        write_file(content, path)
    return mends


def add_to(checked: argparse.ArgumentParser) -> None:
    """The options of ``koho check`` about a plain text."""
    checked.add_argument(
        "--fix",
        action="store_true",
        help="直し方が1つに決まるものを、原稿の中で直し、どこを直したかを知らせます",
    )
    checked.add_argument(
        "--text", type=Path, metavar="ファイル", help="号の代わりに、ふつうの文章のファイルを校閲します"
    )
    checked.add_argument(
        "--date", metavar="日", help="その文章が載る号の発行日（2027-03-01）。年のない日付の曜日を確かめます"
    )
    checked.add_argument("--delivery", metavar="日", help="その号が家に届く日。これより前の締切を知らせます")
    checked.add_argument("--plain", action="store_true", help="--text の文章を、やさしい日本語として校閲します")


def check_text(options: argparse.Namespace) -> int:
    """Tell what the text gate finds in a plain text. Raises UsageError: no-file, wrong-date."""
    from koho_pdf.gate.proofreading import checked
    from koho_pdf.gate.prose import Role
    from koho_pdf.gate.style import Style
    from koho_pdf.gate.text_prose import read_text

    text, day, style = _text(read_bytes(options.text)), _day(options.date), Style()
    if (options.workspace / "koho.yaml").is_file():  # a text can be checked anywhere
        from koho_pdf.workspace.workspace import open_workspace

        style = open_workspace(options.workspace).city.style
    role = Role.PLAIN if options.plain else Role.BODY
    found = checked(read_text(text, options.text.name, role), style, day, _day(options.delivery))
    if options.json:
        print_json(as_json(found))
    else:
        tell(found)
    stops = errors_in(found) or (options.strict and found)
    return ManuscriptError.exit_code if stops else 0


def _text(raw: bytes) -> str:
    """UTF-8, or the encodings of older Windows and Word files."""
    for name in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp932", "euc_jp"):
        try:
            return raw.decode(name).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise UsageError(
        error("unreadable-text", "文章のファイルとして読めません。", hint="UTF-8 のテキストに保存し直してください。")
    )


def _day(words: str | None) -> datetime.date | None:
    if words is None:
        return None
    try:
        return datetime.date.fromisoformat(words)
    except ValueError:
        told = f"「{words}」は日付として読めません。"
        raise UsageError(error("wrong-date", told, hint="「2027-03-01」のように書いてください。")) from None
