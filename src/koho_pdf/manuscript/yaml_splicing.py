"""Changes one value of a YAML file and nothing else: comments, order, quotes and line ends of all the rest stay, byte
for byte.

A text is written as the old one was, where it can be: without quotes, in the same quotes, after ``|``. What comes out
is read again, and given back only if it differs from the file in this one value.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal

from koho_pdf.errors import ManuscriptError
from koho_pdf.manuscript.entry_splicing import moved, with_entry, with_value, without_entry
from koho_pdf.manuscript.reader import read_bytes
from koho_pdf.manuscript.scalar import Node
from koho_pdf.manuscript.text_splicing import with_text
from koho_pdf.manuscript.written_nodes import Written, at, named, written
from koho_pdf.manuscript.yaml_writing import Writable

_BOM = b"\xef\xbb\xbf"

Why = Literal["no-text", "not-read", "not-writable"]
Order = Callable[[str], Sequence[str]]
"""The names that the group at a path may have, in the order in which they are written."""


class Unspliced(ValueError):
    """The file cannot be changed so: there is ``no-text`` (or no such entry) at this path, the place was ``not-read``
    as it is written (it has mistakes), or the new value is ``not-writable`` there."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def spliced(raw: bytes, path: str, text: str) -> bytes:
    """The file with ``text`` (lines divided by ``\\n``) in the place of the text at a dotted path. Raises
    ``Unspliced``."""
    if not isinstance(_value(_plain(raw), path), str):
        raise Unspliced("no-text")
    return with_value_at(raw, path, text)


def with_value_at(raw: bytes, path: str, value: Writable, order: Order = lambda path: ()) -> bytes:
    """The file with ``value`` at a dotted path, or with one more field there. In a list or group, only the entries that
    differ are written anew. Raises ``Unspliced``."""
    return _checked(raw, path, lambda text: _set(text, path, value, order), lambda group, key: _put(group, key, value))


def without(raw: bytes, path: str) -> bytes:
    """The file without the field or item at a dotted path; a list or group that had only this one is empty (``[]``).
    Raises ``Unspliced``."""
    return _checked(raw, path, lambda text: _removed(text, path), lambda group, key: group.pop(key))


def with_item(raw: bytes, path: str, value: Writable) -> bytes:
    """The file with one more item of a list, which gets the number at the end of the path. Raises ``Unspliced``."""
    return _checked(raw, path, lambda text: _inserted(text, path, value), lambda group, key: group.insert(key, value))


def with_item_moved(raw: bytes, path: str, to: int) -> bytes:
    """The file with the item at a dotted path as number ``to`` of its list. Raises ``Unspliced``."""

    def move(text: str) -> str:
        above, number = _parted(path)
        node = _node(text, above, "list")
        if not (0 <= to < len(node.entries) and named(node, number)):
            raise Unspliced("no-text")
        return moved(text, node, int(number), to)

    return _checked(raw, path, move, lambda group, key: group.insert(to, group.pop(key)))


def _checked(raw: bytes, path: str, change: Callable[[str], str], expect: Callable[[Any, Any], object]) -> bytes:
    """The changed file, if it says what it should."""
    expected = _plain(raw)
    mark, whole = (_BOM, raw[len(_BOM) :]) if raw.startswith(_BOM) else (b"", raw)
    try:
        text = change(whole.decode("utf-8"))
    except ValueError as fault:
        raise fault if isinstance(fault, Unspliced) else Unspliced("not-writable") from None
    above, key = _parted(path)
    group = _value(expected, above)
    expect(group, int(key) if isinstance(group, list) else key)
    changed = mark + text.encode("utf-8", "surrogatepass")
    try:
        right = _plain(changed) == expected
    except Unspliced:
        right = False
    if not right:
        raise Unspliced("not-writable")
    return changed


def _set(text: str, path: str, value: Writable, order: Order) -> str:
    above, key = _parted(path)
    around = _node(text, above)
    entry = next(iter(named(around, key)), None)
    if entry is None:
        if around.what != "group" or not key:
            raise Unspliced("no-text")
        return _added(text, above, around, key, value, order)
    old = entry.value
    if not old.whole:
        raise Unspliced("not-read")
    if isinstance(value, str) and old.what == "text":
        changed = with_text(text, old, value)
        return changed if changed is not None else _unfolded(text, path, value)
    if isinstance(value, dict) and old.what == "group" and value:
        return _group(text, path, old, value, order)
    if isinstance(value, list) and old.what == "list" and value and old.entries:
        return _list(text, path, old, value, order)
    try:
        return with_value(text, around, entry, value)
    except Unspliced:
        raise
    except ValueError:
        return _unfolded(text, path, value)


def _added(text: str, above: str, around: Written, key: str, value: Writable, order: Order) -> str:
    """A field more, at its place in the order of the kind."""
    if not around.whole:
        raise Unspliced("not-read")
    if not around.entries:
        return _set(text, above, {key: value}, order) if above else _refused()
    names = [entry.name for entry in around.entries]
    wanted = list(order(above))
    before = wanted[: wanted.index(key)] if key in wanted else names
    at_ = max((number + 1 for number, name in enumerate(names) if name in before), default=0)
    try:
        return with_entry(text, around, at_, value, key)
    except ValueError:
        return _unfolded(text, f"{above}.{key}" if above else key, value)


def _group(text: str, path: str, old: Written, value: dict[str, Writable], order: Order) -> str:
    """A group with other values: each field that differs alone."""
    is_now = _read(text, path)
    for name in [each.name for each in old.entries if each.name not in value]:
        if len(is_now) == 1:
            entry = named(_node(text, _parted(path)[0]), _parted(path)[1])[0]
            return with_value(text, _node(text, _parted(path)[0]), entry, value)
        text = _removed(text, f"{path}.{name}")
        del is_now[name]
    for name, each in value.items():
        if is_now.get(name) != each:
            text = _set(text, f"{path}.{name}", each, order)
    return text


def _list(text: str, path: str, old: Written, value: list[Writable], order: Order) -> str:
    """A list with other items: those that are the same stay as they are."""
    is_now = _read(text, path)
    same = SequenceMatcher(None, [json.dumps(each) for each in is_now], [json.dumps(each) for each in value], False)
    for tag, a, b, c, d in reversed(same.get_opcodes()):
        if tag == "equal":
            continue
        both = min(b - a, d - c)
        for number in reversed(range(a + both, b)):
            text = _removed(text, f"{path}.{number}")
        for number in range(both, d - c):
            text = _inserted(text, f"{path}.{a + number}", value[c + number])
        for number in range(both):
            if is_now[a + number] != value[c + number]:
                text = _set(text, f"{path}.{a + number}", value[c + number], order)
    return text


def _inserted(text: str, path: str, value: Writable) -> str:
    above, number = _parted(path)
    node = _node(text, above, "list")
    if not number.isdecimal() or int(number) > len(node.entries):
        raise Unspliced("no-text")
    if not node.entries:
        return _set(text, above, [value], lambda path: ())
    try:
        return with_entry(text, node, int(number), value)
    except ValueError:
        return _unfolded(text, path, value, insert=True)


def _removed(text: str, path: str) -> str:
    above, key = _parted(path)
    around = _node(text, above)
    entry = next(iter(named(around, key)), None)
    if entry is None:
        raise Unspliced("no-text")
    if len(around.entries) > 1:
        return without_entry(text, around, around.entries.index(entry))
    if not above:
        raise Unspliced("not-writable")
    outer, name = _parted(above)
    holder = _node(text, outer)
    return with_value(text, holder, named(holder, name)[0], [] if around.what == "list" else {})


def _unfolded(text: str, path: str, value: Writable, *, insert: bool = False) -> str:
    """The outermost brackets around a path written over several lines instead, because a text of several lines cannot
    stand in them."""
    above, key = _parted(path)
    parts = above.split(".") if above else []
    for length in range(1, len(parts) + 1):
        outer = ".".join(parts[:length])
        node = _node(text, outer)
        if node.flow:
            break
    else:
        raise Unspliced("not-writable")
    if "#" in text[node.begin : node.end]:
        raise Unspliced("not-writable")  # perhaps a comment, which would be lost
    whole = _read(text, "")
    group = _value(whole, above)
    if insert:
        group.insert(int(key), value)
    else:
        _put(group, int(key) if isinstance(group, list) else key, value)
    holder, name = _parted(outer)
    return with_value(text, _node(text, holder), named(_node(text, holder), name)[0], _value(whole, outer))


def _refused() -> str:
    raise Unspliced("not-writable")


def _node(text: str, path: str, what: str = "") -> Written:
    """The group or list at a path."""
    node = at(written(text), path)
    if node is None or node.what == "text" or (what and node.what != what):
        raise Unspliced("no-text")
    return node


def _parted(path: str) -> tuple[str, str]:
    above, _, key = path.rpartition(".")
    return above, key


def _put(group: Any, key: Any, value: object) -> None:
    group[key] = value


def _plain(raw: bytes) -> Any:
    """What a file says, without places."""
    try:
        return _copied(read_bytes(raw, "").root)
    except ManuscriptError:
        raise Unspliced("not-read") from None


def _read(text: str, path: str) -> Any:
    return _value(_plain(text.encode("utf-8", "surrogatepass")), path)


def _copied(node: Node) -> Any:
    if isinstance(node, dict):
        return {str(name): _copied(each) for name, each in node.items()}
    return [_copied(each) for each in node] if isinstance(node, list) else str(node)


def _value(node: Any, path: str) -> Any:
    for part in path.split(".") if path else ():
        if isinstance(node, dict):
            node = node.get(part)
        elif isinstance(node, list):
            node = node[int(part)] if part.isdecimal() and int(part) < len(node) else None
        else:
            return None
    return node
