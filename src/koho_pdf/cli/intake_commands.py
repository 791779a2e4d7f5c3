"""``koho intake`` and ``koho forms``: what departments send, and what they are given to fill in."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.cli.asked import workspace_of
from koho_pdf.cli.streams import as_json, print_json
from koho_pdf.cli.telling import progress_of, shown_from_here, tell
from koho_pdf.cli.usage import Usage
from koho_pdf.errors import KohoError, UsageError
from koho_pdf.findings import Finding, error
from koho_pdf.legible import of_text

if TYPE_CHECKING:
    from koho_pdf.workspace.workspace import Workspace


def intake(options: argparse.Namespace) -> int:
    """課から届いたファイル（Word・Excel・CSV・テキスト・メール・HTML・PDF）を、号の記事にします。"""
    from koho_pdf.cli.proof_commands import answer_taken
    from koho_pdf.intake.reception import Reception, Wish
    from koho_pdf.workspace.beginning import issue_folder

    workspace = workspace_of(options)
    folder = issue_folder(options.issue, workspace)
    if options.forget:
        return _forget(folder)
    if options.status:
        return _status(folder, workspace, options.until or "")
    if options.budget:
        return _budget(folder, workspace)
    if not options.files:
        told = "取り込むファイルの名前がありません。"
        hint = "「koho intake 号 原稿.docx」のように、ファイルを並べてください。"
        raise UsageError(error("usage", told, hint=hint))
    reception = Reception(folder, workspace, Wish(options.kind or "", options.department or "", options.id or ""))
    findings: list[Finding] = []
    made: list[dict[str, object]] = []
    code = 0
    for path in options.files:
        try:
            if answered := answer_taken(path, folder, workspace):
                print(answered, file=sys.stderr if options.json else sys.stdout)
                continue
            taken = reception.take(path)
        except KohoError as fault:
            findings += fault.findings
            code = code or fault.exit_code
            continue
        findings += taken.findings
        made.append({"file": taken.file, "articles": dict(taken.articles)})
        if not options.json:
            for id_, title in taken.articles:
                print(f"{taken.file} → articles/{id_}.yaml（{title}）")
        code = code or (2 if not taken.articles and any(each.severity != "note" for each in taken.findings) else 0)
    if options.json:
        print_json({"files": made, "findings": as_json(findings)})
        return code
    tell([_short(each) for each in findings])
    if any(each["articles"] for each in made):
        print(f"記事を確かめ、台割（pages）に名前を書いてください。koho plan {folder.name} が置き場所を提案します。")
    return code


_LONGEST = 300


def _short(finding: Finding) -> Finding:
    """A finding as a terminal shows it: what was hidden or deleted may be long."""
    if len(finding.message) <= _LONGEST:
        return finding
    return replace(finding, message=f"{finding.message[:_LONGEST]}…（全文は received/list.jsonl にあります）")


def _forget(folder: Path) -> int:
    from koho_pdf.intake.received_files import forget

    count = forget(folder)
    print(f"received の{count}個のファイルを消しました。記事は残っています。" if count else "消すものがありません。")
    return 0


def _status(folder: Path, workspace: Workspace, until: str) -> int:
    from koho_pdf.intake.received_files import entries
    from koho_pdf.intake.who_sent import told, who_sent
    from koho_pdf.intake.written_articles import articles_by_department, called

    articles = articles_by_department(folder, workspace)
    sent = who_sent(tuple(articles), entries(folder), articles)
    print("".join(f"{of_text(line)}\n" for line in told(sent, called(folder, workspace), until)), end="")
    return 0


def _budget(folder: Path, workspace: Workspace) -> int:
    from concurrent.futures import ThreadPoolExecutor

    from koho_pdf.editions.looked import looked
    from koho_pdf.intake.budget import budget, told
    from koho_pdf.pipeline import as_looked_at, fit_of

    with ThreadPoolExecutor(1) as beside:
        of, _ = as_looked_at(folder, workspace, beside, progress_of(folder.name))
        looked(of)  # its pages composed
        shares = budget(of.whole, fit_of(of).regions)
    print("".join(f"{of_text(line)}\n" for line in told(shares)), end="")
    return 0


def forms(options: argparse.Namespace) -> int:
    """課に配る原稿の様式（Excel と Word）を、記事の型から out/forms に書きます。書いて送られたものは取り込めます。"""
    from koho_pdf.intake.excel_form import excel_form
    from koho_pdf.intake.form_fields import form_of
    from koho_pdf.intake.word_form import word_form
    from koho_pdf.kinds.known import kinds_of
    from koho_pdf.platform.folders import write_whole

    workspace = workspace_of(options)
    kinds = {name: each for name, each in kinds_of(workspace.layouts, workspace.root).items() if not each.front}
    if unknown := [each for each in options.kinds if each not in kinds]:
        told = f"「{unknown[0]}」という記事の型はありません。"
        there = "・".join(f"{name}（{each.title}）" for name, each in kinds.items())
        raise UsageError(error("usage", told, hint=f"使える型: {there or 'ありません'}"))
    files: dict[str, bytes] = {}
    for name in options.kinds or kinds:
        form = form_of(kinds[name])
        files |= {f"{name}.xlsx": excel_form(form), f"{name}.docx": word_form(form)}
    target = workspace.out / "forms"
    write_whole(files, target)
    print(f"{shown_from_here(target)}/ に書きました（{len(files) // 2}種類、Excel と Word）。")
    return 0


def add_to(usage: Usage) -> None:
    """Add the commands."""
    taken = usage.command(intake, "koho intake 2027-04-koho 春の市民講座.docx 当番医.xlsx")
    taken.add_argument("issue", metavar="号", help="号のフォルダー、または content の中の号の名前")
    taken.add_argument("files", nargs="*", type=Path, metavar="ファイル", help="課から届いたファイル")
    taken.add_argument("--kind", metavar="型", help="記事の型（notice など）。書かなければ、中身から決めます")
    taken.add_argument("--department", metavar="課", help="送ってきた課（koho.yaml の departments の名前）")
    taken.add_argument("--id", metavar="名前", help="記事の名前（半角の英小文字・数字・-）")
    taken.add_argument(
        "--status", action="store_true", help="どの課から届き、どの課がまだかを、催促の文といっしょに出します"
    )
    taken.add_argument("--until", metavar="締め切り", help="催促の文に入れる締め切り。例: 3月10日（水）")
    taken.add_argument("--budget", action="store_true", help="課ごとに、何字・写真何枚まで載るかを出します")
    taken.add_argument("--forget", action="store_true", help="届いたファイル（received）を消します。記事は残ります")
    taken.add_argument("--json", action="store_true", help="プログラムのために JSON で出します")

    made = usage.command(forms, "koho forms notice duty-doctors")
    made.add_argument("kinds", nargs="*", metavar="型", help="記事の型。書かなければ、すべて")
