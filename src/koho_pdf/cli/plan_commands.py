"""``koho plan``: the page plan (台割) proposed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.cli.streams import as_json, print_json
from koho_pdf.cli.telling import progress_of, tell
from koho_pdf.cli.usage import Usage
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Where, error, errors_in
from koho_pdf.legible import of_text

if TYPE_CHECKING:
    from koho_pdf.content.plan import Plan
    from koho_pdf.editions.proposed_plan import Proposed
    from koho_pdf.manuscript.scalar import Tree
    from koho_pdf.plan.placed_articles import RegionUse


def plan(options: argparse.Namespace) -> int:
    """まだページの決まっていない記事を測り、台割を提案します。--write と書いたときだけ issue.yaml に書きます。"""
    from koho_pdf.cli.asked import workspace_of
    from koho_pdf.editions.proposed_plan import proposed
    from koho_pdf.pipeline import as_looked_at
    from koho_pdf.workspace.beginning import issue_folder

    workspace = workspace_of(options)
    folder = issue_folder(options.issue, workspace)
    with ThreadPoolExecutor(1) as beside:
        try:
            of, told = as_looked_at(folder, workspace, beside, progress_of(folder.name))
        except ManuscriptError as wrong:  # what stops the plan, not what it is asked to do
            raise ManuscriptError(*(each for each in wrong.findings if each.code not in _NOWHERE)) from None
        made = proposed(of)
    told = tuple(each for each in told if each.code not in _NOWHERE)  # the plan says where
    if options.json:
        print_json(
            {
                "pages": list(_as_data(made)),
                "left_out": list(made.left_out),
                "findings": as_json((*told, *made.findings)),
            }
        )
    else:
        print("".join(f"{line}\n" for line in _table(made)), end="")
        tell((*told, *made.findings))
    if options.write:
        _write(folder / "issue.yaml", of.tree, type(of.whole).planned, made.plan)
    return ManuscriptError.exit_code if errors_in(told) else 0


_NOWHERE = ("article-nowhere", "reference-nowhere")


def _write(path: Path, tree: Tree, key: str, made: Plan) -> None:
    """Put the plan into the manuscript. Raises ManuscriptError: plan-not-written."""
    from koho_pdf.content.plan_writing import Unwritable, with_plan
    from koho_pdf.platform.folders import write_file

    raw = path.read_bytes()
    try:
        changed = with_plan(raw, tree.file, key, made)
    except Unwritable as kept:
        told = "この台割は、ほかの記事や書き方を失わずには書き換えられないので、書きませんでした。"
        hint = "上の表を見て自分で書くか、台割の中に書いた記事を articles のファイルに移してください。"
        raise ManuscriptError(error("plan-not-written", told, Where(tree.file, kept.line), hint)) from None
    if changed != raw:
        write_file(changed, path)
    print(f"{tree.file} に台割を書きました。" if changed != raw else f"{tree.file} の台割は、このままです。")


def _table(made: Proposed) -> Iterator[str]:
    """The plan for a person: every page with its regions, how full each is, and its articles."""
    uses = _uses(made)
    for number, page in enumerate(made.plan.pages, 1):
        title = next((use.title for (at, _), use in uses.items() if at == number), "") or page.type
        yield f"{number}ページ {of_text(title)}"
        for name, ids in page.regions.items():
            use = uses.get((number, name))
            yield f"  {of_text(name)}（{_full(use)}）: {'、'.join(_named(id_, made) for id_ in ids)}"
        for (at, name), use in uses.items():
            if at == number and name not in page.regions:
                yield f"  {of_text(name)}（{_full(use)}）"
    if made.left_out:
        yield f"入らない記事: {'、'.join(map(of_text, made.left_out))}"


def _named(id_: str, made: Proposed) -> str:
    return f"{of_text(id_)}（移動）" if id_ in made.moved else of_text(id_)


def _full(use: RegionUse | None) -> str:
    if use is None or not use.depth:
        return "—"
    share = f"{100 * use.used / use.depth:.0f}％"
    return f"{use.lines_used}/{use.lines}行、{share}" if use.line else share


def _as_data(made: Proposed) -> Iterator[Mapping[str, object]]:
    uses = _uses(made)
    for number, page in enumerate(made.plan.pages, 1):
        regions = {
            name: {
                "articles": list(page.regions.get(name, ())),
                "depth": round(use.depth, 2),
                "used": round(use.used, 2),
            }
            for (at, name), use in uses.items()
            if at == number
        }
        yield {"page": number, "type": page.type, "inks": page.inks, "regions": regions}


def _uses(made: Proposed) -> dict[tuple[int, str], RegionUse]:
    return {(use.page, use.region): use for use in made.uses}


def add_to(usage: Usage) -> None:
    """This command with its arguments."""
    planned = usage.command(plan, "koho plan 2027-03-koho --write")
    planned.add_argument("issue", metavar="号", help="号のフォルダー、または content の中の号の名前")
    planned.add_argument("--write", action="store_true", help="提案した台割を issue.yaml に書きます")
    planned.add_argument("--json", action="store_true", help="プログラムのために JSON で出します")
