"""A page plan written into an issue's manuscript: the lines of pages that change, and no other byte.

A page that changes is written on one line; comments above it and behind it stay. Articles that are written out in the
plan itself are not moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koho_pdf.content.plan import PAGE, Plan, PlannedPage, regions_in
from koho_pdf.manuscript.reader import read_bytes
from koho_pdf.manuscript.scalar import Node, Tree


class Unwritable(ValueError):
    """The plan cannot be written by a program as it stands in the file; ``line`` is the one that keeps it from it."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def with_plan(raw: bytes, file: str, key: str, plan: Plan) -> bytes:
    """The file with ``plan`` as its page plan, which stands under ``key`` with as many pages. Raises ``Unwritable``."""
    tree = read_bytes(raw, file)
    pages = tree.at(key)
    if not isinstance(pages, list) or len(pages) != len(plan.pages):
        raise Unwritable(tree.lines.get(key, 1))
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    lines = raw[len(mark) :].decode("utf-8").splitlines(keepends=True)
    for number in reversed(range(len(pages))):
        page, path = plan.pages[number], f"{key}.{number}"
        if _ids_in(pages[number], path) == {name: ids for name, ids in page.regions.items() if ids}:
            continue
        begin = tree.lines[path] - 1
        end = _end(lines, begin)
        if not lines[begin].lstrip().startswith("- ") or _written_out(pages[number], path):
            raise Unwritable(begin + 1)
        lines[begin:end] = _item(lines[begin:end], page, inner=PAGE in pages[number])
    changed = mark + "".join(lines).encode("utf-8")
    if not _holds(read_bytes(changed, file), key, plan, tree):
        raise Unwritable(tree.lines.get(key, 1))
    return changed


def _item(old: Sequence[str], page: PlannedPage, *, inner: bool) -> Iterator[str]:
    """The lines of a page anew: its comments of whole lines, then its regions on one line."""
    indent = old[0][: len(old[0]) - len(old[0].lstrip())]
    ending = old[0][len(old[0].rstrip("\r\n")) :] or "\n"
    yield from (line for line in old[1:] if line.lstrip().startswith("#"))
    regions = ", ".join(f"{name}: [{', '.join(ids)}]" for name, ids in page.regions.items() if ids)
    own = f", inks: {page.inks}" if page.inks else ""
    behind = old[0].rstrip("\r\n").partition(" #")
    note = f" #{behind[2]}" if behind[1] else ""
    if inner or own:
        written = f"{{{PAGE}: {page.type}{own}{', ' if regions else ''}{regions}}}"
    else:
        written = f"{page.type}: {{{regions}}}" if regions else page.type
    yield f"{indent}- {written}{note}{ending}"


def _end(lines: Sequence[str], begin: int) -> int:
    """The line after the last one of an item of a list; blank lines and comments that follow it are not its own."""
    depth = len(lines[begin]) - len(lines[begin].lstrip())
    last = begin
    for at in range(begin + 1, len(lines)):
        text = lines[at].strip()
        if not text or text.startswith("#"):
            continue
        if len(lines[at]) - len(lines[at].lstrip()) <= depth:
            break
        last = at
    return last + 1


def _ids_in(page: Node, path: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for place, ids in regions_in(page, path):
        if isinstance(ids, list) and ids:
            found[place.rpartition(".")[2]] = tuple(str(each).strip() for each in ids)
    return found


def _written_out(page: Node, path: str) -> bool:
    """Whether an article is written out in the plan."""
    return any(isinstance(each, dict) for _, ids in regions_in(page, path) if isinstance(ids, list) for each in ids)


def _holds(tree: Tree, key: str, plan: Plan, before: Tree) -> bool:
    """Whether the file says this plan, and all else as before."""
    pages = tree.at(key)
    said = isinstance(pages, list) and [_ids_in(each, key) for each in pages] == [
        {name: ids for name, ids in page.regions.items() if ids} for page in plan.pages
    ]
    return said and _without(tree, key) == _without(before, key)


def _without(tree: Tree, key: str) -> dict[str, Node]:
    return {name: node for name, node in tree.root.items() if name != key} if isinstance(tree.root, dict) else {}
