"""The articles of an issue in order: those that it names, and those written out in it.

articles:
  - shakai                    # articles/shakai.yaml
  - {id: kokuho, kind: notice, heading: …}
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from koho_pdf.content.article_files import file_of
from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.issue import Issue
from koho_pdf.content.plan import lists_in
from koho_pdf.content.values.ids import wrong_id
from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.paths import is_in, of_article
from koho_pdf.manuscript.scalar import Block, Node, Scalar, Tree
from koho_pdf.platform.of_each import OfEach

_NAMED = OfEach[Tree]()

Models = Mapping[str, type[ArticleManuscript]]
"""The kinds of articles allowed in one place, by their names."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article: its tree with id and kind, and the model of its kind (None if it has no fields). ``placed`` is false
    for a file that the issue does not name.
    """

    id: str
    tree: Tree
    model: type[ArticleManuscript] | None
    placed: bool = True


def entries_of(tree: Tree, kind: type[Issue]) -> tuple[Tree, tuple[Entry, ...], list[Finding]]:
    """The issue's tree with all articles by their ids; every article in order, unnamed ones last; and findings about
    names, ids and kinds.
    """
    reading = _Entries(tree, kind)
    reading.read()
    return reading.tree, tuple(reading.entries), reading.found


class _Entries:
    """One issue."""

    def __init__(self, tree: Tree, kind: type[Issue]) -> None:
        self.tree = tree
        self.entries: list[Entry] = []
        self.found: list[Finding] = []
        self._takes = kind.takes
        self._planned = kind.planned if kind.takes else ""
        self._of_plan = next(iter(kind.takes), "")
        self._lines: dict[str, int] = {}  # the first place where each is named

    def read(self) -> None:
        lists = {name: self.tree.at(name) for name in self._takes}
        written = {name: (node, self._takes[name]) for name, node in lists.items() if isinstance(node, list)}
        if self._planned:
            plan = lists_in(self.tree.at(self._planned), self._planned)
            written |= {path: (node, self._takes[self._of_plan]) for path, node in plan}
        below = _below(self.tree.lines, written)
        inside: dict[str, Tree] = {}
        moved: dict[str, str] = {}
        for name, (items, models) in written.items():
            for number, item in enumerate(items):
                place = f"{name}.{number}"
                id_ = self._id(item, place)
                if not id_ or self._is_there(id_, place):
                    continue
                if isinstance(item, dict):
                    inside[id_] = self._inside(item, place, id_, below[place])
                    moved[place] = of_article(id_)
                    self._add(id_, inside[id_], models)
                elif id_ in self.tree.articles:
                    self._add(id_, self.tree.articles[id_], models)
                else:
                    self.found.append(self._missing(id_, place))
        every = {name: model for models in self._takes.values() for name, model in models.items()}
        unwritten = bool(self._planned) and self.tree.at(self._planned) == []  # told as a plan that is not understood
        for id_, article in self.tree.articles.items():
            if id_ not in self._lines:
                self.found += [] if is_kept_back(article) or unwritten else [self._nowhere(id_, article)]
                self._add(id_, article, every, placed=False)
        findings = tuple(_renamed(each, moved) for each in self.tree.findings)
        self.tree = replace(self.tree, root=self._in_order(), findings=findings).with_articles(inside)

    def _in_order(self) -> Node:
        """The issue with the articles of its plan in its list of articles too, which gives the order for reading."""
        root = self.tree.root
        if not self._planned or not isinstance(root, dict):
            return root
        name, listed = self._of_plan, root.get(self._of_plan, [])
        ids: list[Node] = [Scalar(each.id, self._lines[each.id], 1, name) for each in self.entries if each.placed]
        return {**root, name: ids} if ids and isinstance(listed, list) else root

    def _id(self, item: Node, place: str) -> str:
        """The id of the article named or written out in a place; empty if it has none, which is told."""
        if isinstance(item, Block) or place in self.tree.unread:
            return ""  # already told
        told = item.get("id", "") if isinstance(item, dict) else item
        where = where_of(self.tree, f"{place}.id" if isinstance(item, dict) else place)
        if isinstance(item, list) or not isinstance(told, str):
            hint = "記事のファイルの名前（.yaml を除いて）か、「id: 」で始まる記事を書いてください。"
            self.found.append(error("article-not-understood", "記事を書くところです。", where, hint))
            return ""
        id_ = told.strip()
        if not id_ and isinstance(item, dict) and f"{place}.id" not in self.tree.unread:
            hint = "「- id: shakai-fukushi」のように、半角の英小文字、数字、- で書いてください。アドレスになります。"
            if len(item) == 1 and (name := next(iter(item))) in self.tree.articles:
                hint = f"ファイルの記事なら、「- {name}」と、「:」を付けずに書いてください。"
                self._lines.setdefault(name, where.line or 1)
            self.found.append(error("missing-field", "記事の名前（id）がありません。", where, hint))
        elif not id_:
            self.found += [] if isinstance(item, dict) else [_empty(where)]
        elif wrong := wrong_id(id_.removesuffix(".yaml").removeprefix("articles/")):
            self.found.append(replace(wrong, where=where))
        elif id_ != (meant := id_.removesuffix(".yaml").removeprefix("articles/")):
            hint = f"「- {meant}」と、ファイルの名前から .yaml を除いて書いてください。"
            told_ = f"「{id_[:60]}」は、記事の名前ではなく、ファイルの名前です。"
            self.found.append(error("id-not-understood", told_, where, hint))
            self._lines.setdefault(meant, where.line or 1)
        else:
            return id_
        return ""

    def _is_there(self, id_: str, place: str) -> bool:
        """Whether an article is already in the issue, which is told."""
        where = where_of(self.tree, place)
        item = self.tree.at(place)
        if id_ in self._lines:
            told = f"記事「{id_}」が2回書かれています（1回目は{self._lines[id_]}行目）。"
            hint = "1つの記事は、1つの号に1度だけ載せられます。どちらかを消してください。"
            self.found.append(error("article-twice", told, where, hint))
            return True
        self._lines[id_] = where.line or 1
        if isinstance(item, dict) and id_ in self.tree.articles:
            told = f"記事「{id_}」が、ここと {file_of(id_)} の両方に書かれています。"
            hint = f"ファイルのほうを使うなら、ここには「- {id_}」とだけ書いてください。"
            self.found.append(error("article-twice", told, where, hint))
            return True
        return False

    def _missing(self, id_: str, place: str) -> Finding:
        near = difflib.get_close_matches(id_, self.tree.articles, 1, 0.5)
        meant = f"「{near[0]}」のことではありませんか。" if near else ""
        told = f"記事「{id_}」のファイル（{file_of(id_)}）がありません。"
        hint = f"{meant}ファイルをその名前で置くか、載せない記事なら、この行を消してください。"
        return error("article-missing", told, where_of(self.tree, place), hint)

    def _nowhere(self, id_: str, article: Tree) -> Finding:
        where = Where(article.file, 1, field=article.prefix)
        if not self._takes:
            hint = "この型の原稿には、記事のファイルを使えません。文章を issue.yaml に書いてください。"
        else:
            name = self._planned or next(iter(self._takes))
            hint = f"載せるなら、issue.yaml の台割（{name}）の領域に「{id_}」を書き足してください。"
            if not self._planned:
                hint = f"載せるなら、issue.yaml の {name} に「- {id_}」と書き足してください。"
            hint += "わざと載せないなら、記事に「unplaced: 次号に回す」のように理由を書いてください。"
        return warning("article-nowhere", f"記事「{id_}」は、どこにも載りません。", where, hint)

    def _inside(self, item: dict[str, Node], place: str, id_: str, lines: Mapping[str, int]) -> Tree:
        """An article that is written out, in the form of one with its own file."""
        prefix = of_article(id_)
        unread = (each for each in self.tree.unread if each.startswith(f"{place}."))
        return Tree(
            file=self.tree.file,
            root=_moved(item, place, prefix),
            lines={prefix: self.tree.lines.get(place, 1), **{prefix + path: line for path, line in lines.items()}},
            unread=frozenset(prefix + each.removeprefix(f"{place}.") for each in unread),
            prefix=prefix,
        )

    def _add(self, id_: str, article: Tree, models: Models, *, placed: bool = True) -> None:
        if article.prefix in article.unread or not isinstance(article.root, dict) or not models:
            self.entries.append(Entry(id_, article, None, placed))
            return
        root = article.root
        other, kind = root.get("id"), self._kind(article, models)
        if other is not None and (not isinstance(other, str) or other.strip() != id_):
            told = f"id が「{str(other)[:30]}」ですが、ファイルの名前は「{id_}.yaml」です。"
            hint = "ファイルの名前が、記事の名前になります。id の行を消してください。"
            self.found.append(error("article-id-differs", told, where_of(article, f"{article.prefix}id"), hint))

        def with_both() -> Tree:
            given = {name: _said(article, name, text) for name, text in (("id", id_), ("kind", kind))}
            return replace(article, root={**given, **root, **given})

        self.entries.append(Entry(id_, _NAMED.of(with_both, article, models[kind]), models[kind], placed))

    def _kind(self, article: Tree, models: Models) -> str:
        """The kind that an article names; if it is not allowed (which is told), the kind that fits best."""
        assert isinstance(article.root, dict)
        said = article.root.get("kind")
        name = said.strip() if isinstance(said, str) else ""
        if name in models:
            return name
        near = difflib.get_close_matches(name, models, 1, 0.5)
        titles = {str(model.described.title): each for each, model in models.items()}
        near = [titles[name]] if name in titles else near
        written = article.root.keys()
        like = max(models, key=lambda each: len(written & models[each].model_fields.keys()))
        meant = f"「{near[0]}」のことではありませんか。" if near else ""
        there = "・".join(f"{each}（{model.described.title}）" for each, model in models.items())
        where = where_of(article, f"{article.prefix}kind")
        if said is None:
            hint = f"「kind: {like}」のように書き足してください。使える型: {there}"
            self.found.append(error("missing-field", "記事の型（kind）がありません。", where, hint))
        elif f"{article.prefix}kind" not in article.unread:
            told = f"「{name[:40]}」という型の記事は、ここには載せられません。"
            self.found.append(error("article-kind", told, where, f"{meant}使える型: {there}"))
        return near[0] if near else like


def is_kept_back(article: Tree) -> bool:
    """Whether an article says why it is not in the issue (``unplaced``)."""
    why = article.root.get("unplaced") if isinstance(article.root, dict) else None
    return isinstance(why, str) and bool(why.strip())


def _said(article: Tree, name: str, text: str) -> Scalar:
    """The id or the kind of an article, with its place, or else the article's beginning."""
    node = article.at(article.prefix + name)
    place = (node.line, node.column) if isinstance(node, Scalar) else (article.lines.get(article.prefix, 1), 1)
    return Scalar(text, *place, article.prefix + name)


def _below(lines: Mapping[str, int], names: Mapping[str, object]) -> defaultdict[str, dict[str, int]]:
    """The lines of everything in the items of these lists, by item and by the path in it."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for path, line in lines.items():
        parts = path.split(".")
        for count in range(1, len(parts) - 1):
            if (name := ".".join(parts[:count])) in names and parts[count].isdigit():
                found[f"{name}.{parts[count]}"][".".join(parts[count + 1 :])] = line
    return found


def _moved(node: Node, old: str, new: str) -> Node:
    """A value in whose paths the prefix ``old`` is replaced by ``new``."""
    if isinstance(node, dict):
        return {key: _moved(each, old, new) for key, each in node.items()}
    if isinstance(node, list):
        return [_moved(each, old, new) for each in node]
    field = node.field if node.field.startswith(new) else new + node.field.removeprefix(f"{old}.")
    if isinstance(node, Block):
        return Block.of(str(node), node.line, node.column, field, node.columns)
    return Scalar(str(node), node.line, node.column, field, quoted=node.quoted)


def _renamed(found: Finding, moved: Mapping[str, str]) -> Finding:
    """A finding about a field of a written-out article, with the article's path."""
    field = found.where.field or ""
    old = next((each for each in moved if is_in(field, each)), None)
    if old is None:
        return found
    return replace(found, where=replace(found.where, field=moved[old] + field.removeprefix(old).removeprefix(".")))


def _empty(where: Where) -> Finding:
    return error("empty-text", "中身がありません。", where, "記事の名前を書くか、行ごと消してください。")
