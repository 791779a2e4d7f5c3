"""Files beside the bags for whoever opens an archive in thirty years: how to read it, the shapes of its files, and this
program's source, once for each version. Bags are complete without them.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from koho_pdf import VERSION
from koho_pdf.archive.bags.register import SOFTWARE
from koho_pdf.archive.bags.shapes import SHAPES
from koho_pdf.platform.installed import BESIDE, SHIPPED, SOURCES, own_files

README = "README.txt"

_README = """\
これは、市の広報紙などの保存庫です（koho-pdf {version} が作りました）。
特別なソフトウェアがなくても読めます。この下の英語は、同じことの説明です。

・ここにあるフォルダーの1つ1つが、1つの号です（BagIt の「袋」。RFC 8493）。
  data/record.json   記事の見出し・文章・ページ。文字として読めます（UTF-8、JSON）
  data/*.pdf         紙面。screen.pdf か original.pdf を、PDFを読むソフトで開きます
  data/pages/        ページの絵（PNG）
  data/text/         文章だけのファイル
  data/web/          ウェブページ。index.html をブラウザーで開きます
  data/print/        公開しないもの（印刷所に渡したもの、作り直すための材料）
  bag-info.txt       発行者、題名、発行日、袋に詰めた日、世界に1つの名前、権利
  events.json        いつ、だれが、どのソフトウェアで入れたか
・元のままかを確かめるには、袋の中で次のように打ちます。
  sha256sum -c manifest-sha256.txt
  sha256sum -c tagmanifest-sha256.txt
・register.jsonl は台帳です。入れた袋がすべて載っています（1行が1つの出来事。書き足すだけです）。
  manifest は袋の tagmanifest-sha256.txt の、previous は前の行の SHA-256 です。
  台帳にあって、ここにも _closed にもない袋は、なくなったものです。控えから戻してください。
・_register は、公開をやめた記事などの記録です。_closed は、取り除いた号です。どちらも公開しないでください。
・index.sqlite は探すための索引で、消してもかまいません。
・_software には、このプログラムの源（ソース）と、JSON の形の説明（JSON Schema）があります。
・言葉で探すには、文字として探します（例: grep -r 敬老の日 */data/record.json）。
・写すときは、フォルダーをまるごと写してください。控えは、別の場所にも置いてください。

This is an archive of a city's newsletters and brochures (made by koho-pdf {version}).
Nothing special is needed to read it.

- Each folder here is an issue: a BagIt bag (RFC 8493). data/record.json holds its articles as text (UTF-8, JSON);
  data/screen.pdf or data/original.pdf are its pages; data/pages/ pictures of them; data/text/ and data/web/ its text
  and web pages; data/print/ is not for the public (what the print shop got, and what makes the issue again).
- Check a bag from inside it: sha256sum -c manifest-sha256.txt && sha256sum -c tagmanifest-sha256.txt
- register.jsonl tells every bag that was ever put here: one JSON line an act, append-only; "manifest" is the SHA-256 of
  a bag's tagmanifest-sha256.txt, "previous" that of the line before. A bag that it tells of and that is neither here
  nor in _closed is lost: bring it back from a copy.
- _register tells what was withheld from the public, _closed holds removed issues: publish neither.
- index.sqlite is for searching and may be deleted. _software holds this program's source and JSON Schemas.
"""


def beside(archive: Path) -> dict[str, bytes]:
    """The files that are not there yet, by name below the archive. Existing files are not replaced."""
    package = f"{SOFTWARE}/koho-pdf-{VERSION}.zip"
    files = {README: lambda: _README.format(version=VERSION).encode(), package: _source}
    made = {name: make() for name, make in files.items() if not (archive / name).exists()}
    schemas = {f"{SOFTWARE}/{name}.schema.json": schema_bytes(shape) for name, shape in SHAPES.items()}
    return made | {name: content for name, content in schemas.items() if not (archive / name).exists()}


def schema_bytes(shape: Mapping[str, object]) -> bytes:
    """A JSON Schema as a file."""
    return (json.dumps(shape, ensure_ascii=False, indent=1) + "\n").encode()


def _source() -> bytes:
    """A ZIP of the program's source and of what installs it; the same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, path in _files():
            entry = zipfile.ZipInfo(f"koho-pdf-{VERSION}/{name}")
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
            package.writestr(entry, path.read_bytes())
    return target.getvalue()


def _files() -> Iterator[tuple[str, Path]]:
    for path in own_files():
        yield f"src/koho_pdf/{path.relative_to(SOURCES).as_posix()}", path
    for name in BESIDE:
        if (SHIPPED / name).is_file():
            yield name, SHIPPED / name
    for path in sorted((SHIPPED / "layouts").glob("_*/*")):
        if path.is_file():
            yield path.relative_to(SHIPPED).as_posix(), path
