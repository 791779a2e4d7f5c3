"""Sets the specimen's texts here and in other engines, lets one judge count, and writes docs/composition-compare.md.

The rivals live in a virtual environment of their own (``make compare-composition``): Typst and jtypeset from PyPI,
Chromium from Debian with the best CSS it knows. Every text stands alone on a page, its box at a known place.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image

from bench.annotations import RULES as ANNOTATIONS
from bench.annotations import annotated, tagged
from bench.boxes import Box
from bench.forms import RULES as FORMS
from bench.forms import formed, ink_of
from bench.glyphs import Glyph, Shape, drawn
from bench.judge import RULES, Verdict, judged
from bench.ours import ROOT, set_by_us, specimen
from bench.overset import told
from bench.registers import UNSEEN
from bench.rivals import Setter, chromium, jtypeset, set_alone, typst

MEASURES = (8, 10, 12, 14, 17, 20, 24, 28, 33, 40)
_SCALE = 1.6
ALL_RULES = dict(sorted((RULES | ANNOTATIONS | FORMS).items(), key=lambda rule: int(rule[1].split()[0])))


def count(target: Path, boxes: Sequence[Box]) -> dict[str, list[Verdict]]:
    """Every verdict on a PDF, by rule."""
    glyphs: dict[int, list[Glyph]] = defaultdict(list)
    shapes: dict[int, list[Shape]] = defaultdict(list)
    for each in drawn(target):
        if isinstance(each, Glyph):
            glyphs[each.page].append(each)
        else:
            shapes[each.page].append(each)
    found: dict[str, list[Verdict]] = {rule: [] for rule in ALL_RULES}
    ink = ink_of(target)
    for box in boxes:
        on_page = glyphs[box.page]
        every = (*judged(on_page, box), *annotated(on_page, shapes[box.page], box), *formed(on_page, box, ink))
        for verdict in every:
            found[verdict.rule].append(verdict)
    found["tags"] += tagged(target, boxes)
    return found


Made = list[tuple[Path, Box]]


def picture(made: Made, path: Path) -> None:
    """Four texts side by side as a small PNG: punctuation, ruby, kenten, a note."""
    crops = []
    for number in _shown([box for _, box in made]):
        target, box = made[number]
        with pypdfium2.PdfDocument(target) as pdf:
            image = pdf[box.page - 1].render(scale=_SCALE, grayscale=True).to_pil()
        long = box.measure + 2 * box.size
        lines = min(box.width if box.vertical else box.height, 6 * box.line_feed)
        left = box.left + box.width - lines if box.vertical else box.left
        width, height = (lines, long) if box.vertical else (long, lines)
        edges = (left - 8, box.top - 4, left + width + 8, box.top + height)
        crops.append(image.crop(tuple(round(edge * _SCALE) for edge in edges)))
    whole = Image.new("L", (sum(crop.width for crop in crops), max(crop.height for crop in crops)), 255)
    place = 0
    for crop in crops:
        whole.paste(crop, (place, 0))
        place += crop.width
    whole.quantize(16).save(path, optimize=True)


def _shown(boxes: Sequence[Box]) -> list[int]:
    """The boxes of a picture, at a measure of fourteen characters."""
    numbers = [number for number, box in enumerate(boxes) if 13 < box.measure / box.size < 15]
    punctuation = next(number for number in numbers if "（『" in boxes[number].text)
    kinds = {piece.kind: number for number in reversed(numbers) for piece in boxes[number].pieces}
    return [punctuation, kinds["ruby"], kinds["kenten"], kinds["note"]]


def main() -> None:
    issue = specimen()
    texts = [text.source for text in issue.texts]
    out = ROOT / "out" / "compare"
    out.mkdir(parents=True, exist_ok=True)
    pictures = ROOT / "docs" / "pictures" / "composition"
    pictures.mkdir(parents=True, exist_ok=True)
    parts = [_HEAD]
    for direction, setters in (
        ("horizontal", {"Chromium": chromium, "Typst": typst, "jtypeset": jtypeset}),
        ("vertical", {"Chromium": chromium, "jtypeset": jtypeset}),
    ):
        vertical = direction == "vertical"
        target = out / f"koho-pdf-{direction}.pdf"
        ours = set_by_us(issue, MEASURES, vertical=vertical, target=target, texts=texts)
        extra = out / f"koho-pdf-hanging-{direction}.pdf"
        more = hanging(MEASURES, vertical=vertical, target=extra)
        counts = {"koho-pdf": _sum(count(target, ours), count(extra, more))}
        made: dict[str, Made] = {"koho-pdf": [(target, box) for box in ours] + [(extra, box) for box in more]}
        for name, setter in setters.items():
            target = out / f"{name.lower()}-{direction}.pdf"
            boxes = set_alone([*ours, *more], setter, issue.face, target)
            counts[name], made[name] = count(target, boxes), [(target, box) for box in boxes]
        of = len(texts) + len(specimen("specimen-hanging").texts)
        parts.append(_table(f"{direction.capitalize()}: {of} texts of the specimen", counts))
        for name, places in made.items():
            path = pictures / f"{name.lower()}-{direction}.png"
            picture(places, path)
            parts.append(f"{name}:\n\n![{name}, {direction}](pictures/composition/{path.name})\n")
        unseen = _unseen(vertical, setters, out)
        parts.append(_table(f"{direction.capitalize()}: {len(UNSEEN)} texts that the composer was not made by", unseen))
        if "--why" in sys.argv:
            for name, found in [*counts.items(), *unseen.items()]:
                for rule, verdicts in found.items():
                    for verdict in [each for each in verdicts if not each.kept][:6]:
                        print(direction, name, rule, verdict.line, verdict.why)
    parts.append(_overset())
    (ROOT / "docs" / "composition-compare.md").write_text("\n".join(parts), encoding="utf-8")


def hanging(measures: Sequence[int], *, vertical: bool, target: Path) -> list[Box]:
    """The texts that hang, set by us in a file of their own."""
    boxes = set_by_us(specimen("specimen-hanging"), measures, vertical=vertical, target=target)
    return [replace(box, hanging=True) for box in boxes]


def _unseen(vertical: bool, setters: Mapping[str, Setter], out: Path) -> dict[str, dict[str, list[Verdict]]]:
    """The verdicts on texts of other registers (``registers.txt``), by engine."""
    issue, target = specimen(), out / "koho-pdf-unseen.pdf"
    ours = set_by_us(issue, MEASURES, vertical=vertical, target=target, texts=UNSEEN)
    counts = {"koho-pdf": count(target, ours)}
    for name, setter in setters.items():
        target = out / f"{name.lower()}-unseen.pdf"
        boxes = set_alone(ours, setter, issue.face, target)
        counts[name] = count(target, boxes)
    return counts


def _sum(one: dict[str, list[Verdict]], other: dict[str, list[Verdict]]) -> dict[str, list[Verdict]]:
    return {rule: one[rule] + other[rule] for rule in one}


def _table(head: str, counts: dict[str, dict[str, list[Verdict]]]) -> str:
    rows = [
        f"## {head} at {len(MEASURES)} measures\n",
        "| rule | " + " | ".join(counts) + " |",
        "|---|" + "---|" * len(counts),
    ]
    for rule, words in ALL_RULES.items():
        if not any(found[rule] for found in counts.values()):
            continue  # a rule of vertical text only
        cells = []
        for found in counts.values():
            kept = Counter(verdict.kept for verdict in found[rule])
            cells.append(f"{kept[False]} / {kept.total()}" if kept else "–")
        rows.append(f"| {words} | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def _overset() -> str:
    with tempfile.TemporaryDirectory() as folder:
        rows = [f"| {name} | {words} |" for name, words in told(Path(folder)).items()]
    return "\n".join(["## 12 A text longer than its box\n", "| engine | tells |", "|---|---|", *rows]) + "\n"


_HEAD = f"""# Composition compared

Made by `make compare-composition`. The texts of `content/specimen`, of
`content/specimen-hanging` with hanging punctuation, and texts of other registers that nobody
looked at while the composer was made (the second half of `bench/registers.txt`), in
BIZ UDMincho of 17Q at {len(MEASURES)} measures from {MEASURES[0]} to {MEASURES[-1]} characters, set by koho-pdf and by
engines that make PDFs too, each with the best settings it has (`bench/rivals.py`). One judge (`bench/judge.py`,
`annotations.py`, `forms.py`; its tests are in `tests/bench/`) reads where every glyph, path and speck of ink stands and
counts: **places that break a rule / places it applies to** (lines, texts, readings, characters); – where an engine has
none. Numbers before the rules are those of `docs/composition.md`.

- Reading order is that of places: lines from the first to the last, each along its direction, two digits in one cell
  from left to right. Copied order is that of drawing. Neither asks tags or ActualText. A ～ that copies as 〜 is a
  changed text: in these faces both have one vertical form, and only an own code for each keeps them apart.
- A long run (4月30日（金）) may be parted between its numbers where the line would else be torn open (its gaps wider by
  more than about a sixth of an em); a number and its unit never, nor an amount (1億2,345万円) that a line can hold.
- Chromium rounds baselines, and the places of upright glyphs, to whole CSS pixels (0.75 pt), which the judge sees. It
  has no warichu and does not hang: its notes are cut by hand into boxes of two lines, its pairs of digits are marked.
- Typst knows no vertical lines, ruby, kenten or warichu: these are made of its boxes, as its users make them. Readings
  so made never reach over a neighbour, which opens the line wherever one is longer than its base.
- jtypeset gives readings, notes and paired digits the text of other characters.
"""


if __name__ == "__main__":
    main()
