"""The pictures of docs/composition.md: each feature as the specimen prints it. Run by ``make compare-composition``."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2

from bench.ours import ROOT, set_by_us, specimen

# For each: its text, whether it is vertical, whether punctuation hangs, its measure.
FEATURES = {
    "justify": (
        "市民の皆さんとともに、海と山に囲まれた留萌らしいまちをつくり、次の世代へ手渡します。",
        False,
        False,
        15,
    ),
    "punctuation": ("彼は「（仮称）まち会議」、『第一歩。』（案）・「題」と言う。「はい。」", False, False, 15),
    "autospace": ("会費は3,500円、Wi-Fiと5GのPDFを2013年度にWebで3月21日（日）に配る。", False, False, 15),
    "hanging": ("春が来て花が咲いて鳥の声が響き、夏が来て海が光って波の音が歌い、そして秋。", False, True, 15),
    "ruby": (
        "{留萌|るもい}の{志|こころざし}と{政策|せい|さく}、{暑寒別岳|しょかんべつだけ}と{鰊番屋|にしん|ばん|や}。",
        False,
        False,
        15,
    ),
    "kenten": ("《《いちばん大切》》なことは、《《市民の、ための》》まちです。", False, False, 15),
    "vertical": ("平成25年3月21日、「NHKの番組」――（仮称）は、18℃の港で{留萌|るもい}を《《歩く》》。", True, False, 14),
}
SCALE = 1.8


def main() -> None:
    folder = ROOT / "docs" / "pictures" / "composition"
    folder.mkdir(parents=True, exist_ok=True)
    for name, (text, vertical, hanging, measure) in FEATURES.items():
        issue = specimen().model_copy(update={"hanging": hanging})
        with tempfile.TemporaryDirectory() as scratch:
            target = Path(scratch) / "feature.pdf"
            (box,) = set_by_us(issue, [measure], vertical=vertical, target=target, texts=[text])
            with pypdfium2.PdfDocument(target) as pdf:
                image = pdf[box.page - 1].render(scale=SCALE, grayscale=True).to_pil()
        along = box.measure + box.size * (1.5 if hanging else 0.4)
        width, height = (box.width, along) if vertical else (along, box.height)
        left, top = box.left - 4, box.top - (2 if vertical else 9)
        edges = (left, top, left + width + 8, top + height + 10)
        image.crop(tuple(round(edge * SCALE) for edge in edges)).quantize(16).save(
            folder / f"{name}.png", optimize=True
        )


if __name__ == "__main__":
    main()
