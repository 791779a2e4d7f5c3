"""``koho proof``, ``koho answers``: rounds of proofs and what departments answer."""

from __future__ import annotations

import argparse
import datetime

from koho_pdf.cli.telling import progress_of, shown_from_here, tell
from koho_pdf.cli.usage import Usage
from koho_pdf.errors import UsageError
from koho_pdf.findings import error


def proof(options: argparse.Namespace) -> int:
    """校正を出します。初校、再校、三校…の紙と、課に渡すファイル、読み合わせの表を out/proofs に作り、控えを残します。"""
    from koho_pdf.cli.asked import workspace_of
    from koho_pdf.rounds.proofing import Asked
    from koho_pdf.rounds.proofing import proof as put_out
    from koho_pdf.workspace.beginning import issue_folder

    workspace = workspace_of(options)
    folder = issue_folder(options.issue, workspace)
    asked = Asked(_day(options.date), options.until, options.last, options.again)
    made = put_out(folder, workspace, asked, progress_of(folder.name))
    tell(made.findings)
    again = "" if made.kept else "（前に出したときから何も変わっていないので、同じ校正です）"
    print(f"{made.round.called}を出しました{again}。{shown_from_here(made.target)}/ にあります。")
    print("・校正紙 proof.pdf、残っている知らせ open.pdf、読み合わせ reading.pdf")
    print(f"・課に渡すもの departments/（{'、'.join(made.round.departments)}）")
    return 0


def _day(written: str) -> str:
    if not written:
        return ""
    try:
        return datetime.date.fromisoformat(written).isoformat()
    except ValueError:
        told = f"--date の「{written[:30]}」は、日付として読めません。"
        raise UsageError(error("usage", told, hint="2027-03-04 のように書いてください。")) from None


def add_to(usage: Usage) -> None:
    """These commands with their arguments."""
    made = usage.command(proof, "koho proof 2027-03-koho --date 2027-02-10 --until '2月15日（月）'")
    made.add_argument("issue", metavar="号", help="号のフォルダー、または content の中の号の名前")
    made.add_argument("--date", default="", metavar="日付", help="校正を出す日（2027-02-10）。紙に載ります")
    made.add_argument("--until", default="", metavar="いつまで", help="返事の期限。「2月15日（月）午後5時」のように書きます")
    made.add_argument("--last", action="store_true", help="念校として出します")
    made.add_argument("--again", action="store_true", help="いちばん新しい校正を出しなおします（まだ返事がないとき）")
