"""What a designer asks: ``koho layouts``, ``fonts``, ``schema``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from koho_pdf.cli.telling import progress_of, tell
from koho_pdf.cli.usage import Usage
from koho_pdf.errors import KohoError, UsageError
from koho_pdf.findings import error

if TYPE_CHECKING:
    from koho_pdf.manuscript.settings import Settings
    from koho_pdf.workspace.workspace import Workspace


def layouts(options: argparse.Namespace) -> int:
    """使えるレイアウトを並べ、見本をすべての版に組んで確かめます。"""
    from koho_pdf.cli.trying import tried
    from koho_pdf.layout.contract import layout_names

    workspace = _workspace(options)
    if options.sheet:
        return _sheet(options.sheet, workspace)
    codes: list[int] = []
    if options.only:
        _known(options.only, workspace)
    for name in [options.only] if options.only else layout_names(workspace.layouts):
        layout, findings, code = tried(name, workspace, progress_of(name))
        if layout:
            pages = f"{layout.pages}ページ" if layout.pages else "何ページでも"
            print(f"{name}\t{layout.title}\t原稿の種類 {layout.kind}\t{pages}", flush=True)
        tell(findings)
        codes.append(code)
    return next(filter(None, codes), 0)


def _sheet(name: str, workspace: Workspace) -> int:
    """Draw a layout's pages with what a designer measures against, into ``out/look/NAME-sheet``."""
    from koho_pdf.cli.telling import where_written
    from koho_pdf.errors import LayoutError
    from koho_pdf.findings import errors_in
    from koho_pdf.platform.folders import write_whole
    from koho_pdf.proofs.sample_sheets import sample_sheets

    _known(name, workspace)
    try:
        pictures, findings = sample_sheets(name, workspace, progress_of(name))
    except KohoError:
        print("紙面を1ページも組めないので、絵は作っていません。下の知らせを直してから、もう一度打ってください。")
        raise
    target = workspace.out / "look" / f"{name}-sheet"
    files = {f"p{number}.png": picture for number, picture in enumerate(pictures, 1)}
    write_whole(files, target)
    tell(findings)
    print(where_written(target, files))
    return LayoutError.exit_code if errors_in(findings) else 0


def _known(name: str, workspace: Workspace) -> None:
    """Raises UsageError: ``unknown-layout``."""
    from koho_pdf.layout.contract import layout_names

    if name not in (names := layout_names(workspace.layouts)):
        told, hint = f"「{name}」というレイアウトはありません。", f"使えるレイアウト: {'・'.join(names)}"
        raise UsageError(error("unknown-layout", told, hint=hint))


def new(options: argparse.Namespace) -> int:
    """あるレイアウトを写して、新しいレイアウトを始めます。原稿の型も新しくするときは、--kind で名前を付けます。"""
    from koho_pdf.workspace.beginning import begin_layout

    workspace = _workspace(options)
    folder = begin_layout(options.name, options.source, workspace, options.kind or "")
    place = folder.relative_to(workspace.root).as_posix()
    print(f"{place} を作りました。layout.yaml の title を書き換えてください。")
    if options.kind:
        print(f"原稿の型 {workspace.layouts.name}/_kinds/{options.kind}/kind.yaml も写しました。")
        print("title と項目を書き換えたら、次の命令で辞書を作り直してください。")
        print(f"koho schema {options.kind} > schemas/{options.kind}.schema.json")
    print(f"紙面を見るには: koho layouts --sheet {options.name}")
    return 0


def inks(options: argparse.Namespace) -> int:
    """SVG の絵の色を、印刷のインキに置き換えます。layout.yaml に書く行と、色ごとの違いを出します。"""
    from pathlib import Path

    from koho_pdf.cli.asked import press_of
    from koho_pdf.layout.art_inks import inked
    from koho_pdf.media.line_art import Undrawable
    from koho_pdf.press.screen_inks import FAR

    workspace = _workspace(options)
    press = press_of(options, workspace) or workspace.city.press
    try:
        made = inked(Path(options.art).read_bytes(), options.name, press)
    except OSError:
        hint = "SVG のファイルの名前を確かめてください。"
        raise UsageError(error("art-not-read", f"{options.art} を開けません。", hint=hint)) from None
    except Undrawable as fault:
        hint = "お使いの描画ソフトで SVG（圧縮しないもの）として書き出してください。"
        raise UsageError(
            error("art-not-read", f"{options.art} は SVG として読めません（{fault.what or fault.why}）。", hint=hint)
        ) from None
    if not made.colours:
        print("この絵に、色の指定はありません。")
        return 0
    print("画面の色\tC/M/Y/K\t総量\t紙での見え方\t差")
    for each in made.colours:
        written = "/".join(f"{ink:g}" for ink in each.inks.inks)
        far = (
            "\tこのインキでは出せない色です。近い色にしました"
            if each.difference > FAR and each.inks.total_ink > each.inks.black
            else ""
        )
        print(f"{each.screen}\t{written}\t{each.inks.total_ink:.0f}%\t{each.shown}\tΔE {each.difference:.1f}{far}")
    print(f"\nlayout.yaml の colours: の下に:\n{made.lines(options.name)}", end="")
    if options.write:
        Path(options.write).parent.mkdir(parents=True, exist_ok=True)  # a new layout has no folder for art yet
        Path(options.write).write_text(made.art, encoding="utf-8")
        print(f"{options.write} に書きました。")
    return 0


def fonts(options: argparse.Namespace) -> int:
    """使える書体と、それを使う役（koho.yaml の faces）を並べ、ファイルが登録したときのままかを確かめます。"""
    from koho_pdf.composition.fonts.faces import faults, read_faces
    from koho_pdf.errors import LayoutError

    workspace = _workspace(options)
    faces = read_faces(workspace.fonts, workspace.root)
    for face in faces:
        roles = "・".join(role for role, chosen in workspace.city.faces.items() if face.family in chosen)
        said = f"{face.family}\t{face.weight}\t{len(face.characters)}字\t{face.path.name}\t{face.licence.name}"
        print(f"{said}\t{roles}".rstrip())
    if found := faults(faces, workspace.root):
        raise LayoutError(*found)
    return 0


def schema(options: argparse.Namespace) -> int:
    """原稿や設定のファイルの書き方を JSON Schema で出します。エディターが、書きながら補い、確かめるのに使います。"""
    from koho_pdf.content.schema import schema_text
    from koho_pdf.kinds.kind_schema import kind_schema_text
    from koho_pdf.kinds.known import kind_called, kind_names
    from koho_pdf.manuscript.completion import completion

    settings = _settings()
    if options.keys:
        from koho_pdf.manuscript.keys_table import keys_table

        print(_KEYS, keys_table(completion(settings["layout"]), "layout.yaml"), sep="\n")
        print(keys_table(kind_schema_text(), "kind.yaml"), end="")
        return 0
    if options.kind in settings:
        print(completion(settings[options.kind]), end="")
        return 0
    if options.kind == "kind":
        print(kind_schema_text(), end="")
        return 0
    workspace = _workspace(options)
    names = kind_names(workspace.layouts)
    if options.kind not in names:
        hint = f"原稿の型: {'・'.join(names)}\nほかのファイル: {'・'.join((*settings, 'kind'))}"
        raise UsageError(error("unknown-kind", f"「{options.kind}」という種類の原稿はありません。", hint=hint))
    print(schema_text(kind_called(options.kind, workspace.layouts, workspace.root).written), end="")
    return 0


_KEYS = """\
# デザインのファイルに書けるもの

`layout.yaml` と `kind.yaml` に書ける名前のすべてです。
書き方を確かめる仕組み（JSON Schema）から、`make findings` が作ります。
はじめての方は、先に [designers.md](designers.md) をご覧ください。
"""


def _settings() -> dict[str, type[Settings]]:
    """The files of a workspace that are no manuscripts, by the names of their schemas."""
    from koho_pdf.composition.fonts.fonts_yaml import FontsFile, OwnFontsFile
    from koho_pdf.layout.layout_yaml import LayoutFile
    from koho_pdf.press.profile_yaml import ProfileFile
    from koho_pdf.workspace.workspace import KohoFile

    return {"koho": KohoFile, "layout": LayoutFile, "press": ProfileFile, "fonts": FontsFile, "own": OwnFontsFile}


def add_to(usage: Usage) -> None:
    """These commands with their arguments."""
    asked = usage.command(layouts, "koho layouts --sheet flyer")
    asked.add_argument(
        "--sheet", metavar="レイアウト", help="見本の紙面に、方眼・枠・段・字数・折り目を重ねた絵を作ります"
    )
    asked.add_argument("--only", metavar="レイアウト", help="これだけを確かめます（koho layouts flyer と同じ）")
    asked.otherwise = "--only"
    begun = asked.command(new, "koho layouts new matsuri --from flyer", True)
    begun.add_argument("name", metavar="名前", help="新しいレイアウトの名前（半角の英小文字と数字と -）")
    begun.add_argument("--from", dest="source", required=True, metavar="レイアウト", help="写すもとのレイアウト")
    begun.add_argument("--kind", metavar="型", help="原稿の型も写して、この名前にします。なければ、もとの型を使います")
    drawn = asked.command(inks, "koho layouts inks minato.svg --name minato --write layouts/flyer/art/minato.svg")
    drawn.add_argument("art", metavar="絵", help="SVG のファイル")
    drawn.add_argument(
        "--name", default="art", metavar="名前", help="layout.yaml での色の名前（半角の英小文字）。書かなければ art"
    )
    drawn.add_argument("--write", metavar="ファイル", help="色を名前に置き換えた絵を書くところ。なければ書きません")
    drawn.add_argument("--press", metavar="名前", help="入稿条件。書かなければ koho.yaml の press")
    usage.command(fonts, "koho fonts")
    told = usage.command(schema, "koho schema policy-leaflet > schemas/policy-leaflet.schema.json")
    told.add_argument(
        "--keys", action="store_true", help="layout.yaml と kind.yaml に書けるものの全部を、表（Markdown）で"
    )
    told.add_argument(
        "kind",
        nargs="?",
        default="policy-leaflet",
        metavar="種類",
        help="原稿の種類。または koho・kind・layout・press・fonts・own"
        "（koho.yaml・kind.yaml・layout.yaml・入稿条件・fonts.yaml・own.yaml）。書かなければ policy-leaflet",
    )


def _workspace(options: argparse.Namespace) -> Workspace:
    from koho_pdf.workspace.workspace import open_workspace

    return open_workspace(options.workspace)
