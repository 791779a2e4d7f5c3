"""``koho intake`` and ``koho forms``: what departments send, and what they are given to fill in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from koho_pdf.cli.asked import workspace_of
from koho_pdf.cli.streams import as_json, print_json
from koho_pdf.cli.telling import tell
from koho_pdf.cli.usage import Usage
from koho_pdf.errors import KohoError, UsageError
from koho_pdf.findings import Finding, error


def intake(options: argparse.Namespace) -> int:
    """課から届いたファイル（Word・Excel・CSV・テキスト・メール・HTML・PDF）を、号の記事にします。"""
    from koho_pdf.cli.proof_commands import answer_taken
    from koho_pdf.intake.reception import Reception, Wish
    from koho_pdf.workspace.beginning import issue_folder

    workspace = workspace_of(options)
    folder = issue_folder(options.issue, workspace)
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
    tell(findings)
    if any(each["articles"] for each in made):
        print(f"記事を確かめ、台割（pages）に名前を書いてください。koho plan {folder.name} が置き場所を提案します。")
    return code


def add_to(usage: Usage) -> None:
    """Add the commands."""
    taken = usage.command(intake, "koho intake 2027-04-koho 春の市民講座.docx 当番医.xlsx")
    taken.add_argument("issue", metavar="号", help="号のフォルダー、または content の中の号の名前")
    taken.add_argument("files", nargs="*", type=Path, metavar="ファイル", help="課から届いたファイル")
    taken.add_argument("--kind", metavar="型", help="記事の型（notice など）。書かなければ、中身から決めます")
    taken.add_argument("--department", metavar="課", help="送ってきた課（koho.yaml の departments の名前）")
    taken.add_argument("--id", metavar="名前", help="記事の名前（半角の英小文字・数字・-）")
    taken.add_argument("--json", action="store_true", help="プログラムのために JSON で出します")
