"""What ``koho new --from`` tells: what moved on, what was left behind, and last year's issue of the same month."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from koho_pdf.legible import of_text

if TYPE_CHECKING:
    from koho_pdf.workspace.workspace import Workspace


def rolled(options: argparse.Namespace, workspace: Workspace) -> int:
    """Begin an issue from another one, and tell what was done."""
    from koho_pdf.content.values.dates import CalendarDate
    from koho_pdf.editions.last_issues import a_year_before
    from koho_pdf.workspace.beginning import issue_folder
    from koho_pdf.workspace.rolling import roll

    made = roll(issue_folder(options.source, workspace), options.issue, workspace)
    place = made.folder.relative_to(workspace.root).as_posix()
    print(f"{place} を始めました（発行日 {CalendarDate(made.date, '').wareki}）。")
    for file, old, new in made.changed:
        print(f"  {file} {of_text(old)} → {of_text(new)}")
    print(f"写した毎号の記事: {'、'.join(made.carried) or 'ありません'}")
    print(f"写さなかった記事: {'、'.join(made.left) or 'ありません'}")
    print(
        "写した記事と issue.yaml には「carried」の行があります。確かめたら消してください（koho check が知らせます）。"
    )
    if record := a_year_before(workspace, made.date, made.kind):
        print(f"去年の同じ月の号: {record.name}（{of_text(record.title)}、koho archive show {record.name}）")
        for article in record.articles:
            print(f"  {article.page}ページ {of_text(article.heading)}")
    return 0
