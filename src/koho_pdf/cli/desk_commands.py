"""``koho desk``: the desk in the browser."""

from __future__ import annotations

import argparse
import webbrowser

from koho_pdf.cli.usage import Usage
from koho_pdf.errors import UsageError
from koho_pdf.findings import error


def desk(options: argparse.Namespace) -> int:
    """編集デスクを開きます。欄に書きながら、紙面を見て号を作れます。Ctrl-C で終わります。"""
    try:
        from koho_pdf.screens.desk_app import desk_of
        from koho_pdf.screens.serving import Serving
    except ImportError as fault:
        hint = "pip install 'koho-pdf[desk]' で入れてください。"
        raise UsageError(error("desk-not-installed", "編集デスクの部品が入っていません。", hint=hint)) from fault

    def ready(link: str) -> None:
        print(link, flush=True)
        if options.browser:
            webbrowser.open(link)

    Serving(desk_of(options.workspace), options.port).run(ready)
    return (
        130  # it ends by Ctrl-C alone; a job in the background, for which shells ignore it, gets no KeyboardInterrupt
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1024 <= int(text[:6]) <= 65535):
        told = f"「{text[:30]}」は、ポートの番号として使えません。"
        raise UsageError(error("usage", told, hint="1024から65535までの数を書いてください。例: 8765"))
    return int(text)


def add_to(usage: Usage) -> None:
    """This command with its arguments."""
    opened = usage.command(desk, "koho desk")
    opened.add_argument(
        "--port", type=_port, default=0, metavar="番号", help="ポートの番号。書かなければ、空いているもの"
    )
    opened.add_argument(
        "--no-browser",
        dest="browser",
        action="store_false",
        help="ブラウザーを開かずに、開くためのリンクを1行で出します",
    )
