"""Findings about a picture that is not printed as its file says: CMYK for another press, too much ink, transparency."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from koho_pdf.composition.pictures.print_pictures import keeps_clear
from koho_pdf.composition.pictures.screen_pictures import bands
from koho_pdf.findings import Finding, warning
from koho_pdf.media.pixels import opened, own_profile
from koho_pdf.press.colour import profile_at
from koho_pdf.press.profile import Press

_ENOUGH = (1500, 1500)  # pixels, to see where a picture is heavy
_ALL_BUT = 1.0  # percent over the limit that rounding may cause


def notes_on(path: Path, press: Press) -> Iterator[Finding]:
    """All findings about the picture at ``path``."""
    yield from _of_inks(path, press)
    if not keeps_clear(press):
        yield from _of_paper(path)


def _of_paper(path: Path) -> Iterator[Finding]:
    with opened(path) as picture:
        if not picture.has_transparency_data or picture.convert("RGBA").getchannel("A").getextrema() == (255, 255):
            return
    yield warning(
        "picture-on-paper",
        f"写真「{path.name[-60:]}」には透けた所があり、紙の白で刷ります（PDF/X-1a は透明を受けません）。",
        hint="下が紙の白なら、そのままで構いません。下に色や絵があるなら、その色で塗りつぶした画像に差し替えるか、"
        "PDF/X-4 の入稿条件を使ってください。",
        why="画面では下の色が見えますが、刷ると白い四角になります。",
    )


def _of_inks(path: Path, press: Press) -> Iterator[Finding]:
    """Findings for CMYK, whose values are already inks: they are for another press, or are more than the press takes.
    None if the job has fewer than four inks, because then it becomes a duotone or a grey.
    """
    if press.inks.kind != "process4":
        return
    with opened(path) as picture:
        if picture.mode != "CMYK":
            return
        picture.draft("CMYK", _ENOUGH)  # for JPEGs; other formats ignore it
        profile, most = _others(path, press), 0.0
        for band in bands(picture):
            most = max(most, _total(band))
    name, lowered = path.name[-60:], most > press.total_ink + _ALL_BUT
    if profile:
        kept = "インキの合計が上限を超える所のほかは、数値を変えずに刷ります" if lowered else "数値は変えずに刷ります"
        yield warning(
            "picture-of-other-inks",
            f"写真「{name}」の CMYK は、別の刷り方「{profile}」のために分けられています。{kept}。",
            hint="色の感じが変わることがあります。RGB の元の写真があれば、それに差し替えてください。"
            "この刷り方のための数値でよければ、そのままで構いません。",
            why="CMYK は紙とインキごとの数値です。黒の文字や線を崩さないために、こちらでは変えていません。",
        )
    if lowered:
        yield warning(
            "picture-ink-lowered",
            f"写真「{name}」に、インキの合計が {most:.0f} % の所があります（{press.total_ink:g} % まで）。"
            "墨は残し、ほかの3色を減らして刷ります。",
            hint="RGB の元の写真があれば、それに差し替えてください（分け直すと、暗い所の調子が保たれます）。"
            "なければ、仕上がりを校正で確かめてください。",
            why="インキが多すぎると乾かず、裏写りします。減らした所は、暗い部分の調子が変わることがあります。",
        )


def _others(path: Path, press: Press) -> str:
    """The name of the profile it was separated with, if the press has another one."""
    with opened(path) as picture:
        own = own_profile(picture)[0]
        if own is None or picture.info["icc_profile"] == press.condition.profile.read_bytes():
            return ""
    said = (own.profile.profile_description or "").strip()
    ours = (profile_at(press.condition.profile).profile.profile_description or "").strip()
    return "" if said == ours else said[:60] or "名前のないプロファイル"


def _total(picture: object) -> float:
    """The most ink of any pixel, in percent."""
    from PIL import ImageMath

    cyan, magenta, yellow, black = (band.convert("I") for band in picture.split())  # type: ignore[attr-defined]
    inks = {"cyan": cyan, "magenta": magenta, "yellow": yellow, "black": black}
    summed = ImageMath.lambda_eval(lambda names: sum(names[ink] for ink in inks), **inks)
    return float(summed.getextrema()[1]) / 2.55
