"""The type of words on a page: is its face there, in this weight, with these characters, large enough to read."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.composition.fonts.stand_ins import StandIns, is_presentation, seen
from koho_pdf.composition.fonts.turned import SUFFIX
from koho_pdf.composition.owners import Owners, Whose
from koho_pdf.findings import Where, error, warning
from koho_pdf.geometry import q_from_px
from koho_pdf.manuscript.invisible import UNSEEN

_MEDIUM = 500  # a heavier weight is bold (CSS Fonts 4, 5.2)
SMALLEST_Q = 13  # about 9.2 pt: below 9 pt is an error in a leaflet for every reader; ruby is half its base


class TypeChecks:
    """What is told of the type of each text, to the ``owners`` of the words; ``chosen`` has the key of ``koho.yaml``
    for each family that the city has chosen."""

    def __init__(self, faces: Sequence[Face], stand_ins: StandIns, owners: Owners, chosen: Mapping[str, str]) -> None:
        self._faces, self._stand_ins, self._owners, self._chosen = faces, stand_ins, owners, chosen
        self._stood_in: set[tuple[str, str | None]] = set()  # told once for each field, on its first page

    def check(self, style: Any, text: str, whose: Whose, scale: float, *, ruby: bool) -> None:
        """Check a text in this style; ``scale`` is how much larger it stands on the page than its style says."""
        vertical = style["writing_mode"] == "vertical-rl"
        families = [family.removesuffix(SUFFIX) if vertical else family for family in style["font_family"]]
        known = [face for face in self._faces if face.family in families]
        for family in families:
            if not any(face.family == family for face in self._faces):
                self._tell_of_family(family)
        if style["font_style"] != "normal":
            self._owners.tell(
                error(
                    "font-slant-missing",
                    f"「{text[:12]}」に斜体が求められていますが、斜体の書体はありません。",
                    self._owners.where(whose),
                    "レイアウトの font-style を normal にしてください。",
                )
            )
        weights = [face for face in known if face.weight == style["font_weight"]]
        if known and not weights:
            self._tell_of_weight(families[0], style["font_weight"], ruby)
        if weights and not self._stand_ins.is_plain(text, tuple(families), style["font_weight"]):
            self._check_glyphs(text, tuple(families), style["font_weight"], whose)
        size = q_from_px(float(style["font_size"])) * scale
        if not ruby and size < SMALLEST_Q - 0.01:
            self._owners.tell(
                error(
                    "type-too-small",
                    f"「{text[:12]}」が{size:.1f}級です。",
                    self._owners.where(Whose(whose.field, None, whose.template)),
                    f"{SMALLEST_Q}級より小さい文字は読めない人がいます。",
                )
            )

    def _tell_of_weight(self, family: str, weight: int, ruby: bool) -> None:
        """A weight that a family lacks: to the city if it has chosen the family, else to the designer."""
        told = f"{'ルビの' if ruby else ''}書体「{family}」に太さ {weight} はありません。"
        where = Where(self._owners.looks)
        hint = f"レイアウトの{' rt の ' if ruby else ' '}font-weight を、koho fonts が示す太さにしてください。"
        if key := self._chosen.get(family):
            role, where = key.rpartition(".")[2], self._owners.in_koho_yaml(key)
            both = f"[{family}, 太字の書体]" if weight > _MEDIUM else f"[標準の書体, {family}]"
            hint = f"もう1つの太さの書体も「{role}: {both}」のように書くか、どちらの太さもある書体を選んでください。"
            hint += f"同じ書体でよければ「{role}: [{family}, {family}]」と書きます。"
        self._owners.tell(error("font-weight-missing", told, where, hint))

    def _tell_of_family(self, family: str) -> None:
        """A family that is not there, to the editor where the manuscript names it, else to the designer."""
        near = difflib.get_close_matches(family, sorted({face.family for face in self._faces}), 1, 0.6)
        meant = f"「{near[0]}」のことではありませんか。" if near else ""
        told = f"書体「{family}」は fonts.yaml にありません。", f"{meant}使える書体は koho fonts で見られます。"
        source = self._owners.source
        if field := next((each for each in source.lines if source.at(each) == family), None):
            self._owners.tell(
                error("font-family-unknown", told[0], self._owners.where(Whose(field, None, "")), told[1])
            )
        else:
            self._owners.tell(error("font-family-unknown", told[0], Where(self._owners.looks), told[1]))

    def _is_our_sign(self, unit: str, whose: Whose) -> bool:
        """Whether a sign (☎) is printed with a field that does not have it: nobody can choose another one."""
        words = self._owners.source.at(whose.field) if whose.field else None
        return isinstance(words, str) and unit not in words and unicodedata.category(unit[0]).startswith("S")

    def _check_glyphs(self, text: str, asked: tuple[str, ...], weight: int, whose: Whose) -> None:
        """Tell characters that a stand-in draws, and characters that no face draws."""
        for _, unit in seen(text):
            if is_presentation(unit) and not self._stand_ins.is_drawn(unit, asked, weight):
                unit = unit[0]
            told = f"「{unit}」（{' '.join(f'U+{ord(character):04X}' for character in unit)}）"
            if face := self._stand_ins.for_unit(unit, asked, weight):
                if (unit, whose.told) in self._stood_in or self._is_our_sign(unit, whose):
                    continue
                self._stood_in.add((unit, whose.told))
                self._owners.tell(
                    warning(
                        "glyph-stands-in",
                        f"{told}は紙面の書体にない字なので、「{face.family}」の字で組みました。",
                        self._owners.where(whose),
                        "紙面を大きくして、字の形を確かめてください。別の字でよければ改めてください。",
                    )
                )
            elif not self._stand_ins.is_drawn(unit, asked, weight):
                form = f"その形の字（異体字）がどの書体にもありません。もとの字は「{unit[0]}」です。"
                self._owners.tell(
                    error(
                        "glyph-missing",
                        told + (form if UNSEEN.search(unit) else "の字がどの書体にもありません。"),
                        self._owners.where(whose),
                        "使ってよい別の字（常用の字体など）に改めるか、その字のある書体を fonts に加えてください。",
                    )
                )
