"""Reads the files of an issue together: ``issue.yaml``, and the articles' own files below ``articles/``.

A file has the name of its article (``ids``), so that an article's address also tells its file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from koho_pdf.content.values.ids import wrong_id
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.legible import of_text
from koho_pdf.manuscript.encoding import bytes_of, capped
from koho_pdf.manuscript.paths import of_article
from koho_pdf.manuscript.reader import read, read_bytes
from koho_pdf.manuscript.scalar import Tree

FOLDER = "articles"
"""The folder for articles with files of their own."""

MOST = 5000
"""The most files of one issue: a thick newsletter has a hundred articles, 96 pages of nothing but notices 1,344."""

_YAML = re.compile(r"(\.ya?ml)+(\.txt)?$", re.IGNORECASE)
"""Endings that editors and Windows write in place of ``.yaml``."""


def read_issue(folder: Path, root: Path) -> Tree:
    """The manuscript in ``folder`` with its articles' files; ``root`` is the workspace that findings name files from.

    A bad file does not hide the findings of the others: an article that cannot be read has a tree without fields.
    Raises ManuscriptError if ``issue.yaml`` has no tree, with the findings of every file.
    """
    articles, found = _articles(folder, root)
    try:
        tree = read(folder / "issue.yaml", root)
    except ManuscriptError as fault:
        more = [*found, *(each for article in articles.values() for each in article.findings)]
        if not more:
            raise
        raise ManuscriptError(*fault.findings, *capped(more, f"{folder.name}/{FOLDER}")) from None
    return replace(tree, findings=(*tree.findings, *found)).with_articles(articles)


def file_of(id_: str) -> str:
    """The file of an article, by its name in the issue's folder."""
    return f"{FOLDER}/{id_}.yaml"


def _articles(folder: Path, root: Path) -> tuple[dict[str, Tree], list[Finding]]:
    """The trees of all articles' files, and findings about their names."""
    of_root = folder.is_relative_to(root)
    shown = folder.relative_to(root).as_posix() if of_root else folder.name
    articles: dict[str, Tree] = {}
    found: list[Finding] = []
    try:
        paths = _files(folder)
    except _Unusable as fault:
        return {}, [error(fault.code, fault.told, Where(f"{shown}/{fault.file}"), fault.hint)]
    inside = folder.resolve()
    for path in paths:
        name = path.name
        id_ = name.removesuffix(".yaml")
        where = Where(f"{shown}/{FOLDER}/{of_text(name)}")
        if len(articles) >= MOST:
            told = f"{FOLDER} フォルダーに、ファイルが{MOST:,}より多くあります。"
            found.append(
                error("articles-folder", told, Where(f"{shown}/{FOLDER}"), "要らないファイルを移してください。")
            )
            break
        linked = path.is_symlink()  # what is not is within the folder, as this is within the issue's
        if id_ == name or wrong_id(id_) or path.is_dir():
            found += _other_name(path, where)
        elif linked and not path.resolve().is_relative_to(inside):
            told = f"{FOLDER}/{name} は、号のフォルダーの外のファイルを指しています。"
            hint = "ほかのところを指すリンクではなく、ファイルそのものをここに写してください。"
            found.append(error("article-outside", told, where, hint))
            articles[id_] = _without_fields(id_, where.file or "", shown, ())
        else:
            file = f"{shown}/{FOLDER}/{name}" if of_root else name
            try:
                articles[id_] = _read(bytes_of(path, file), file, id_, shown)
            except ManuscriptError as fault:
                articles[id_] = _without_fields(id_, where.file or "", shown, fault.findings)
    return articles, found


@lru_cache(maxsize=MOST)
def _read(raw: bytes, file: str, id_: str, above: str) -> Tree:
    """An article's file; those that have not changed are not read again. Raises ManuscriptError."""
    return replace(read_bytes(raw, file, of_article(id_)), above=above)


class _Unusable(Exception):
    """The folder cannot be used."""

    def __init__(self, code: str, file: str, told: str, hint: str) -> None:
        super().__init__(told)
        self.code, self.file, self.told, self.hint = code, file, told, hint


def _files(folder: Path) -> list[Path]:
    """The files in the folder that may be articles, sorted. Raises ``_Unusable``."""
    place = folder / FOLDER
    try:
        if not place.is_symlink() and not place.exists():
            if other := next((each for each in sorted(folder.iterdir()) if _meant(each)), None):
                told = f"記事のフォルダーの名前が「{of_text(other.name)}」になっています。"
                raise _Unusable("articles-folder", of_text(other.name), told, f"「{FOLDER}」に変えてください。")
            return []
        if not place.resolve().is_relative_to(folder.resolve()):
            told = f"{FOLDER} が、号のフォルダーの外を指しています。"
            raise _Unusable(
                "article-outside", FOLDER, told, "リンクではなく、フォルダーそのものをここに置いてください。"
            )
        if not place.is_dir():
            told = f"{FOLDER} は、フォルダーではありません。"
            hint = f"{FOLDER} という名前のフォルダーを作り、その中に記事のファイル（名前.yaml）を置いてください。"
            raise _Unusable("articles-folder", FOLDER, told, hint)
        return sorted(each for each in place.iterdir() if _may_be_one(each))
    except (OSError, RuntimeError):
        told = f"{FOLDER} フォルダーを開けません。"
        raise _Unusable("articles-folder", FOLDER, told, "読む権限があるかを確かめてください。") from None


def _meant(path: Path) -> bool:
    """Whether a folder beside ``issue.yaml`` was probably meant to be ``articles``: another case, or no s."""
    plain = unicodedata.normalize("NFKC", path.name).lower()
    return plain in (FOLDER, "article") and path.is_dir() and any(_YAML.search(each.name) for each in path.iterdir())


def _may_be_one(path: Path) -> bool:
    """Whether it may be an article, and not a file left behind by editors and systems (``.DS_Store``, ``~$a.yaml``)."""
    if path.name.startswith((".", "~", "#")):
        return False
    return bool(_YAML.search(path.name)) or (path.is_dir() and any(_YAML.search(each.name) for each in path.rglob("*")))


def _other_name(path: Path, where: Where) -> Iterator[Finding]:
    name = of_text(path.name)
    if path.is_dir():
        told = f"{FOLDER} の中のフォルダー「{name}」は読まれません。"
        yield error(
            "article-file-name", told, where, f"記事のファイルを、{FOLDER} フォルダーのすぐ下に置いてください。"
        )
        return
    plain = unicodedata.normalize("NFKC", _YAML.sub("", path.name)).lower()
    better = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    meant = better if better and not wrong_id(better) else "shakai-fukushi"
    hint = f"半角の英小文字、数字、- だけの名前にして、.yaml で終えてください。例: {meant}.yaml"
    yield error("article-file-name", f"「{name}」は、記事のファイルの名前に使えません。", where, hint)


def _without_fields(id_: str, file: str, folder: str, found: tuple[Finding, ...]) -> Tree:
    prefix = of_article(id_)
    return Tree(file, {}, {prefix: 1}, found, frozenset((prefix,)), prefix, folder)
