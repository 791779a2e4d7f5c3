"""Begin an issue from a layout's sample."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from koho_pdf.errors import UsageError
from koho_pdf.findings import error
from koho_pdf.layout.contract import layout_names, read_layout
from koho_pdf.manuscript.kinds import KINDS
from koho_pdf.manuscript.schema import schema_text
from koho_pdf.workspace import Workspace


def begin(layout: str, issue: str, workspace: Workspace) -> Path:
    """The folder of a new issue below ``content``, a copy of the layout's sample; its schema beside, if not there yet.

    Raises UsageError for a layout nobody knows (``unknown-layout``), a name that makes no folder
    (``issue-name``) and an issue that is there already (``issue-exists``): nothing is ever overwritten.
    """
    names = layout_names(workspace.layouts)
    if layout not in names:
        raise UsageError(
            error(
                "unknown-layout",
                f"「{layout}」というレイアウトはありません。",
                hint=f"使えるレイアウト: {'・'.join(names)}",
            )
        )
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}", issue):
        raise UsageError(
            error(
                "issue-name",
                f"号の名前「{issue}」は使えません。",
                hint="半角の英数字と - _ だけで、100字までで書いてください。例: 2014-policy-leaflet",
            )
        )
    target = workspace.content / issue
    if target.exists():
        raise UsageError(
            error(
                "issue-exists",
                f"号「{issue}」はもうあります。",
                hint="別の名前にするか、その号の issue.yaml を書き換えてください。",
            )
        )
    kind = read_layout(workspace.layouts / layout, workspace.root).kind
    shutil.copytree(workspace.layouts / layout / "sample", target)
    schema = workspace.root / "schemas" / f"{kind}.schema.json"
    if kind in KINDS and not schema.exists():  # the sample's first line points there
        schema.parent.mkdir(exist_ok=True)
        schema.write_text(schema_text(KINDS[kind]), encoding="utf-8")
    return target
