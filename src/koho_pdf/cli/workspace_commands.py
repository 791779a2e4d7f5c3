"""The commands about a whole workspace: begun (``init``), brought up to date (``update``)."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from koho_pdf.cli.asked import workspace_of
from koho_pdf.cli.telling import tell
from koho_pdf.cli.usage import Usage
from koho_pdf.errors import UsageError
from koho_pdf.findings import error


def init(options: argparse.Namespace) -> int:
    """新しい作業場（koho.yaml、レイアウト、書体、入稿条件）を作ります。"""
    from koho_pdf.workspace.founding import found

    if options.area_code and not re.fullmatch("0[0-9]{1,4}", options.area_code):
        hint = "「--area-code 0123」のように、0 から始まる半角の数字で書いてください。"
        raise UsageError(error("usage", f"市外局番「{options.area_code}」は使えません。", hint=hint))
    files = found(options.folder, options.municipality, options.area_code)
    size = sum(map(len, files.values())) / 1_000_000
    made = f"{options.municipality.strip()}の作業場を作りました（{len(files)}ファイル、{size:.0f} MB）。"
    print(f"{options.folder} に{made}")
    print(
        f"次は: cd {options.folder}、koho layouts でレイアウトを見て、koho new flyer 2027-05-matsuri で号を始めます。"
    )
    return 0


def update(options: argparse.Namespace) -> int:
    """付いてくるレイアウト・書体・入稿条件を新しくします。市で変えたファイルには触れません。"""
    from koho_pdf.workspace.updating import update as updated

    workspace = workspace_of(options)
    done = updated(workspace.root)
    tell(done.findings)
    for names, what in ((done.renewed, "新しくしました"), (done.added, "加えました"), (done.removed, "除きました")):
        for name in names:
            print(f"{name} を{what}。")
    if not (done.renewed or done.added or done.removed):
        print("ほかに新しくするファイルはありません。" if done.findings else "どのファイルも新しいままです。")
    return 0


def add_to(usage: Usage) -> None:
    """Add the commands to the parser."""
    begun = usage.command(init, "koho init 広報 --municipality 汐見市")
    begun.add_argument("folder", type=Path, metavar="フォルダー", help="まだないフォルダーか、空のフォルダー")
    begun.add_argument("--municipality", default="", metavar="市", help="市（町・村）の名前。表紙などに載ります")
    begun.add_argument("--area-code", default="", metavar="市外局番", help="電話のリンクに使う市外局番。例: 0123")
    usage.command(update, "koho update")
