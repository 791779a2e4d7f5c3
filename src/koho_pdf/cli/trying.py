"""A layout tried out: its contract read, its sample built in every edition, its colours measured. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from koho_pdf.editions.contrast import Colour, Pair, pairs
from koho_pdf.editions.every import RELEASED
from koho_pdf.errors import KohoError, LayoutError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.geometry import MM_PER_Q, PT_PER_MM
from koho_pdf.layout.contract import Layout, read_layout
from koho_pdf.layout.galley import screen_colours
from koho_pdf.manuscript.reader import read
from koho_pdf.pipeline import build
from koho_pdf.workspace.workspace import Workspace

_SAME = 3  # steps of 255 by which rounding may change a colour


def tried(
    name: str, workspace: Workspace, progress: Callable[[str], None] = lambda stage: None
) -> tuple[Layout | None, tuple[Finding, ...], int]:
    """The layout called ``name`` (None: it cannot be read), what there is to tell about it, and its exit code."""
    layout = None
    try:
        layout = read_layout(workspace.layouts / name, workspace.root)
        made = build(layout.sample, workspace, RELEASED, progress=progress)
        afar = [slot.size * MM_PER_Q * PT_PER_MM for slot in layout.slots.values() if slot.read_from]
        pale = tuple(_pale(pairs(made.files["screen.pdf"], min(afar, default=None)), layout, workspace))
    except KohoError as fault:
        return layout, fault.findings, fault.exit_code
    return layout, (*made.findings, *pale), LayoutError.exit_code if pale else 0


def _pale(found: tuple[Pair, ...], layout: Layout, workspace: Workspace) -> Iterator[Finding]:
    """Warnings for pairs of text and ground with too little contrast, each at the place where it is lowest."""
    names = _names(layout, workspace)
    lines = read(layout.folder / "layout.yaml", workspace.root).lines
    worst: dict[tuple[str, str, float], Pair] = {}
    for pair in found:
        key = _called(pair.text, names), _called(pair.ground, names), pair.least
        if key not in worst or pair.ratio < worst[key].ratio:
            worst[key] = pair
    for (text, ground, least), pair in worst.items():
        if round(pair.ratio, 2) >= least:
            continue
        field = f"colours.{text}" if f"colours.{text}" in lines else "colours"
        file = (layout.folder / "layout.yaml").relative_to(workspace.root).as_posix()
        large = "大きな文字は" if least < 4 else ""
        words = pair.words if len(pair.words) <= 12 else f"{pair.words[:12]}…"
        yield error(
            "contrast-low",
            f"{pair.page}ページの「{words}」は、文字の色「{text}」と地の色「{ground}」の明るさの比が"
            f"{'、白黒にすると' if pair.grey else ''}{pair.ratio:.1f}対1です。",
            Where(file, lines.get(field), field=field, page=pair.page),
            f"{large}{least:g}対1より大きくなるように、どちらかの色を明るく、または暗くしてください。",
        )


def _names(layout: Layout, workspace: Workspace) -> Mapping[str, Colour]:
    """The layout's colours as a screen shows them, with their names; members of a list by number (``sky-0``)."""
    named: dict[str, Colour] = {}
    for name, value in screen_colours(layout, workspace.city).items():
        for number, shown in enumerate(value if isinstance(value, tuple) else (value,)):
            red, green, blue = bytes.fromhex(shown.removeprefix("#"))
            named[f"{name}-{number}" if isinstance(value, tuple) else name] = (red, green, blue)
    return named


def _called(colour: Colour, names: Mapping[str, Colour]) -> str:
    """The name of a colour in layout.yaml; for a mixture, its screen value."""
    for name, shown in names.items():
        if all(abs(one - other) <= _SAME for one, other in zip(colour, shown, strict=True)):
            return name
    return "#" + "".join(f"{round(part):02x}" for part in colour)
