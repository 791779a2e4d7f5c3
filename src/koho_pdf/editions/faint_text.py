"""Text that is too faint on its ground, told by the names of its colours to whoever chose them: the designer, or the
city (``palette:`` of koho.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from koho_pdf.editions.contrast import Colour, Pair, contrast, pairs
from koho_pdf.editions.edition import Of
from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.geometry import MM_PER_Q, PT_PER_MM
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.galley import screen_colours
from koho_pdf.layout.palette import chosen
from koho_pdf.manuscript.reader import read
from koho_pdf.workspace.workspace import Workspace

_WHITE, _BLACK = (255.0, 255.0, 255.0), (0.0, 0.0, 0.0)
_SAME = 3  # steps of 255 by which rounding may change a colour


def pale(screen: bytes, layout: Layout, workspace: Workspace) -> tuple[Finding, ...]:
    """The text of a screen PDF with too little contrast."""
    afar = [slot.size * MM_PER_Q * PT_PER_MM for slot in layout.slots.values() if slot.read_from]
    return tuple(_pale(pairs(screen, min(afar, default=None)), layout, workspace))


def pale_of_city(files: Mapping[str, bytes], of: Of) -> tuple[Finding, ...]:
    """The same of an issue's files, only where a colour is the city's own; without such colours nothing is measured."""
    screen = files.get("screen.pdf")
    told = pale(screen, of.layout, of.workspace) if screen and chosen(of.layout, of.workspace.city) else ()
    return tuple(each for each in told if each.code == "palette-faint")


def _pale(found: tuple[Pair, ...], layout: Layout, workspace: Workspace) -> Iterator[Finding]:
    """Warnings for pairs of text and ground with too little contrast, each at the place where it is lowest."""
    names = _names(layout, workspace)
    ours = chosen(layout, workspace.city)
    lines = read(layout.folder / "layout.yaml", workspace.root).lines
    worst: dict[tuple[str, str, float], Pair] = {}
    for pair in found:
        key = _called(pair.text, names), _called(pair.ground, names), pair.least
        if key not in worst or pair.ratio < worst[key].ratio:
            worst[key] = pair
    for (text, ground, least), pair in worst.items():
        if round(pair.ratio, 2) >= least:
            continue
        if own := next((each for each in (text, ground) if each.partition("-")[0] in ours), None):
            yield _palette_faint(pair, own, text, ground, ours[own.partition("-")[0]], workspace)
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


def _palette_faint(pair: Pair, own: str, text: str, ground: str, key: str, workspace: Workspace) -> Finding:
    lines, field = workspace.city.lines, f"palette.{key}"
    words = pair.words if len(pair.words) <= 12 else f"{pair.words[:12]}…"
    ours, other = (pair.text, pair.ground) if own == text else (pair.ground, pair.text)
    lighter = contrast(other, _WHITE) >= pair.least  # white at least would do
    darker = contrast(other, _BLACK) >= pair.least
    darken = darker and (not lighter or contrast(ours, _BLACK) <= contrast(other, _BLACK))
    way = "暗く（％を大きく）" if darken else "明るく（％を小さく）"
    return warning(
        "palette-faint",
        f"市の色「{key}」では、{pair.page}ページの「{words}」の文字（{text}）と地（{ground}）の明るさの比が"
        f"{'、白黒にすると' if pair.grey else ''}{pair.ratio:.1f}対1です。",
        Where("koho.yaml", lines.get(field) or lines.get("palette"), field=field, page=pair.page),
        f"{pair.least:g}対1より大きくなるように、この色を{way}してください。",
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
