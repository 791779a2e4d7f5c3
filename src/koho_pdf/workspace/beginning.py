"""The issues of a workspace: found by name, and begun from a layout's sample."""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from koho_pdf.content.schema import schema_text
from koho_pdf.content.values.ids import is_device
from koho_pdf.errors import LayoutError, UsageError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.known import kind_called, kind_names
from koho_pdf.layout.contract import layout_names, read_layout
from koho_pdf.workspace.workspace import Workspace


def begin(layout: str, issue: str, workspace: Workspace) -> Path:
    """Begin an issue: copy the layout's sample to a new folder below ``content``, write its schema if it is missing,
    and return the folder. Nothing is ever overwritten. Raises UsageError: ``unknown-layout``, ``issue-name`` for a name
    that cannot be a folder, ``issue-exists``; LayoutError ``layout-sample`` if the layout has no sample with a
    manuscript.
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
    target = free_folder(issue, workspace)
    read = read_layout(workspace.layouts / layout, workspace.root)
    kind, manuscript = read.kind, read.sample / "issue.yaml"
    if not manuscript.is_file() or not manuscript.read_bytes().strip():
        told = f"レイアウト「{layout}」に見本の原稿がないか、中身がありません。"
        where = Where(manuscript.relative_to(workspace.root).as_posix())
        raise LayoutError(error("layout-sample", told, where, "どの枠にも文章の入った見本を、ここに置いてください。"))
    shutil.copytree(read.sample, target)
    nearer = len(read.sample.relative_to(workspace.root).parts) - len(target.relative_to(workspace.root).parts)
    for each in target.rglob("*.yaml") if nearer > 0 else ():  # the first line says where its schema is, from there
        _replace(each, rf"(\$schema=)(?:\.\./){{{nearer}}}(?=\.\./)", "")
    if kind in kind_names(workspace.layouts):
        _schemas(kind_called(kind, workspace.layouts, workspace.root), workspace)
    return target


def free_folder(issue: str, workspace: Workspace) -> Path:
    """The folder for a new issue of this name. Raises UsageError: ``issue-name``, ``issue-exists``."""
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}", issue) or is_device(issue):
        why = "Windows のフォルダーの名前にできません。" if is_device(issue) else ""
        hint = f"{why}半角の英数字と - _ だけで、100字までで書いてください。例: 2014-policy-leaflet"
        raise UsageError(error("issue-name", f"号の名前「{issue}」は使えません。", hint=hint))
    target = workspace.content / issue
    if target.exists():
        raise UsageError(
            error(
                "issue-exists",
                f"号「{issue}」はもうあります。",
                hint="別の名前にするか、その号の issue.yaml を書き換えてください。",
            )
        )
    return target


def begin_layout(name: str, source: str, workspace: Workspace, kind: str = "") -> Path:
    """Begin a layout as a copy of another one, and return its folder; with ``kind`` its kind is copied too, under this
    name, with its schema. Nothing is ever overwritten. Raises UsageError: ``unknown-layout``, ``layout-name``,
    ``layout-exists``.
    """
    names = layout_names(workspace.layouts)
    if source not in names:
        told, hint = f"「{source}」というレイアウトはありません。", f"使えるレイアウト: {'・'.join(names)}"
        raise UsageError(error("unknown-layout", told, hint=hint))
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,49}", name) or is_device(name):
        hint = "半角の英小文字と数字と - だけで、50字までで書いてください。例: matsuri-flyer"
        raise UsageError(error("layout-name", f"レイアウトの名前「{name}」は使えません。", hint=hint))
    target = workspace.layouts / name
    if target.exists():
        hint = "別の名前にするか、そのレイアウトを書き換えてください。"
        raise UsageError(error("layout-exists", f"レイアウト「{name}」はもうあります。", hint=hint))
    kinds = workspace.layouts / "_kinds"
    if kind and (not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,49}", kind) or is_device(kind)):
        hint = "半角の英小文字と数字と - だけで、50字までで書いてください。例: matsuri-flyer"
        raise UsageError(error("layout-name", f"型の名前「{kind}」は使えません。", hint=hint))
    if kind and (kinds / kind).exists():
        raise UsageError(error("layout-exists", f"型「{kind}」はもうあります。", hint="別の名前にしてください。"))
    old = read_layout(workspace.layouts / source, workspace.root).kind
    shutil.copytree(workspace.layouts / source, target)
    if kind:
        shutil.copytree(kinds / old, kinds / kind)
        _replace(target / "layout.yaml", rf"^(kind:[ \t]*){re.escape(old)}\b", kind)
        _replace(target / "sample" / "issue.yaml", rf"(\$schema=\S*/){re.escape(old)}(?=\.schema\.json)", kind)
        _schemas(kind_called(kind, workspace.layouts, workspace.root), workspace)
    manuscript = target / "sample" / "issue.yaml"
    _replace(manuscript, rf"^(layout:[ \t]*){re.escape(source)}\b", name)
    return target


def _replace(path: Path, pattern: str, name: str) -> None:
    """Write a name in the place of another one in a file, if it is there."""
    if path.is_file():
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(pattern, rf"\g<1>{name}", text, count=1, flags=re.MULTILINE), encoding="utf-8")


def _schemas(kind: Kind, workspace: Workspace) -> None:
    """The schemas to which the first lines of the sample's files point, where they are not there yet."""
    for each in (kind, *kind.takes.values()):
        schema = workspace.root / "schemas" / f"{each.name}.schema.json"
        if not schema.exists():
            schema.parent.mkdir(exist_ok=True)
            schema.write_text(schema_text(each.written), encoding="utf-8")


_OTHERWISE = ("issue.yaml", "issue.yml", "issue.yaml.txt", "issue.yml.txt", "issue.txt")
"""Names that editors and Windows give to ``issue.yaml``, in small or capital letters."""

_IN_A_LINE = 8  # more names than this stand in columns
_COLUMNS = 76  # characters of a line of names


def issue_folder(name: str, workspace: Workspace) -> Path:
    """The folder of an issue, named by its folder, its ``issue.yaml``, or its name below ``content``.

    Raises UsageError: ``manuscript-name`` if its manuscript has another name, ``no-issue`` with all names, the nearest
    first.
    """
    for path in (Path(name), workspace.root / name, workspace.content / name):
        folder = path.parent if path.name == "issue.yaml" else path
        if (folder / "issue.yaml").is_file():
            return folder.resolve()
        there = [each.name for each in folder.glob("*") if each.name.lower() in _OTHERWISE] if folder.is_dir() else []
        if there:
            raise UsageError(_other_name(there[0], folder))
    names = sorted(path.parent.name for path in workspace.content.glob("*/issue.yaml"))
    near = difflib.get_close_matches(name.strip("/").rpartition("/")[2], names, 3, 0.6)
    hint = f"「{'」「'.join(near)}」のことではありませんか。\n" if near else ""
    raise UsageError(
        error("no-issue", f"号「{name}」がありません。", hint=f"{hint}content にある号: {in_columns(names)}")
    )


def in_columns(names: Sequence[str]) -> str:
    """Names one after another, or in columns below if there are many."""
    if len(names) <= _IN_A_LINE:
        return "・".join(names) or "まだ1つもありません"
    wide = max(map(len, names)) + 2
    lines = -(-len(names) // max(1, _COLUMNS // wide))
    return "\n" + "\n".join("".join(each.ljust(wide) for each in names[line::lines]).rstrip() for line in range(lines))


def _other_name(there: str, folder: Path) -> Finding:
    told = f"原稿の名前が「{there}」になっています。"
    hint = "「issue.yaml」に変えてください（Windows では「ファイル名拡張子」を表示すると、終わりの .txt が見えます）。"
    return error("manuscript-name", told, Where(f"{folder.name}/{there}"), hint)
