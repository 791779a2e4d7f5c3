"""Pages of 100 x 100 pt built by hand, one construct each, with the ink every probed point must have.

``CONSTRUCTS`` is read by the tests of the plates, and by whoever compares renderers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

Ink = Mapping[str, float]


@dataclass(frozen=True)
class Construct:
    """Content with its resources, and the inks (0 to 1, none means 0) at points in pt from the foot left."""

    content: str
    probes: Sequence[tuple[tuple[float, float], Ink]]
    resources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    page: Mapping[str, Any] = field(default_factory=dict)


def built(construct: Construct, pages: int = 1) -> bytes:
    """The construct as a PDF."""
    pdf = Pdf.new()
    for _ in range(pages):
        made = {
            kind: {name: _made(pdf, value) for name, value in group.items()}
            for kind, group in construct.resources.items()
        }
        keys = {key: _made(pdf, value) for key, value in construct.page.items()}
        page = Dictionary(
            Type=Name.Page,
            MediaBox=keys.pop("/MediaBox", Array([0, 0, 100, 100])),
            TrimBox=keys.pop("/TrimBox", Array([0, 0, 100, 100])),
            Resources=Dictionary({f"/{kind}": Dictionary(group) for kind, group in made.items()}),
            Contents=pdf.make_stream(construct.content.encode()),
        )
        for key, value in keys.items():
            page[key] = value
        pdf.pages.append(pikepdf.Page(page))
    target = BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


@dataclass(frozen=True)
class _Stream:
    content: bytes
    keys: Mapping[str, Any]


def _made(pdf: Pdf, value: Any) -> Any:
    """Plain values, tuples as arrays and streams, as this PDF's objects."""
    if isinstance(value, _Stream):
        return pdf.make_indirect(Stream(pdf, value.content, {key: _made(pdf, v) for key, v in value.keys.items()}))
    if isinstance(value, Mapping):
        return Dictionary({key: _made(pdf, each) for key, each in value.items()})
    if isinstance(value, (tuple, list)):
        return Array([_made(pdf, each) for each in value])
    if isinstance(value, str):
        return Name(value)
    return value


def _tint(*full: float) -> dict[str, Any]:
    """A tint transform: no ink to ``full``."""
    return {"/FunctionType": 2, "/Domain": [0, 1], "/N": 1, "/C0": [0] * len(full), "/C1": list(full)}


def _ramp(first: Sequence[float], last: Sequence[float]) -> dict[str, Any]:
    return {"/FunctionType": 2, "/Domain": [0, 1], "/N": 1, "/C0": list(first), "/C1": list(last)}


SPOT = ("/Separation", "/DIC 156s", "/DeviceCMYK", _tint(0, 0.8, 0.6, 0))
ALL = ("/Separation", "/All", "/DeviceCMYK", _tint(1, 1, 1, 1))
SPOT_AND_BLACK = (
    "/DeviceN",
    ("/DIC 156s", "/Black"),
    "/DeviceCMYK",
    _Stream(
        b"{ exch dup 0.8 mul exch 0.6 mul 3 -1 roll 0 4 1 roll }",
        {"/FunctionType": 4, "/Domain": [0, 1, 0, 1], "/Range": [0, 1] * 4},
    ),
)
CYAN_AND_BLACK = (
    "/DeviceN",
    ("/Cyan", "/Black"),
    "/DeviceCMYK",
    _Stream(b"{ 0 exch 0 exch }", {"/FunctionType": 4, "/Domain": [0, 1, 0, 1], "/Range": [0, 1] * 4}),
)
SPOT_NAME = "DIC 156s"
OVER = {"/Type": "/ExtGState", "/OP": True, "/op": True, "/OPM": 1}
OVER_0 = {"/Type": "/ExtGState", "/OP": True, "/op": True, "/OPM": 0}
HALF = {"/Type": "/ExtGState", "/ca": 0.5, "/CA": 0.5}
CYAN_LEFT = "1 0 0 0 k 0 0 60 100 re f\n"
_GROUP = {"/Type": "/Group", "/S": "/Transparency", "/CS": "/DeviceCMYK", "/I": True}


def _form(content: str, **more: Any) -> _Stream:
    keys = {"/Type": "/XObject", "/Subtype": "/Form", "/BBox": [0, 0, 100, 100]}
    return _Stream(content.encode(), {**keys, **{f"/{key}": value for key, value in more.items()}})


def _image(content: bytes, space: Any, bits: int = 8, size: tuple[int, int] = (1, 1), **more: Any) -> _Stream:
    keys = {"/Type": "/XObject", "/Subtype": "/Image", "/Width": size[0], "/Height": size[1], "/BitsPerComponent": bits}
    if space is not None:
        keys["/ColorSpace"] = space
    return _Stream(content, {**keys, **{f"/{key}": value for key, value in more.items()}})


def _jpeg(mode: str, value: int | tuple[int, ...]) -> bytes:
    """A JPEG of one colour; Pillow writes CMYK as Adobe does, inverted, with its APP14 marker."""
    target = BytesIO()
    Image.new(mode, (16, 16), value).save(target, "JPEG", quality=95)
    return target.getvalue()


_WHOLE = "q 100 0 0 100 0 0 cm /Im Do Q"
_TYPE3 = {
    "/Type": "/Font",
    "/Subtype": "/Type3",
    "/FontBBox": [0, 0, 1000, 1000],
    "/FontMatrix": [0.001, 0, 0, 0.001, 0, 0],
    "/CharProcs": {"/box": _Stream(b"1000 0 0 0 1000 1000 d1 0 0 1000 1000 re f", {})},
    "/Encoding": {"/Type": "/Encoding", "/Differences": [65, "/box"]},
    "/FirstChar": 65,
    "/LastChar": 65,
    "/Widths": [1000],
    "/Resources": {},
}
_AXIAL = {
    "/ShadingType": 2,
    "/ColorSpace": "/DeviceCMYK",
    "/Coords": [0, 0, 100, 0],
    "/Extend": [True, True],
    "/Function": _ramp((0, 0, 0, 0), (0, 1, 0, 0.5)),
}
_RADIAL = {
    "/ShadingType": 3,
    "/ColorSpace": "/DeviceCMYK",
    "/Coords": [50, 50, 0, 50, 50, 50],
    "/Extend": [True, True],
    "/Function": _ramp((1, 0, 0, 0), (0, 0, 1, 0)),
}
_STITCHED = {
    "/FunctionType": 3,
    "/Domain": [0, 1],
    "/Bounds": [0.5],
    "/Encode": [0, 1, 0, 1],
    "/Functions": [_ramp((0, 0, 0, 0), (1, 0, 0, 0)), _ramp((1, 0, 0, 0), (1, 0, 1, 0))],
}
_SAMPLED = _Stream(
    bytes((0, 0, 0, 0, 255, 0, 0, 0)),
    {"/FunctionType": 0, "/Domain": [0, 1], "/Range": [0, 1] * 4, "/Size": [2], "/BitsPerSample": 8},
)
_MID = (50, 50)
_IN_BOTH, _IN_TOP = (45, 50), (75, 50)  # the cyan ends at x = 60, the paint over it starts at x = 30

CONSTRUCTS: dict[str, Construct] = {
    "black overprints cyan (OPM 1)": Construct(
        CYAN_LEFT + "/G gs 0 0 0 1 k 30 0 60 100 re f",
        [(_IN_BOTH, {"Cyan": 1, "Black": 1}), (_IN_TOP, {"Black": 1}), ((10, 50), {"Cyan": 1})],
        {"ExtGState": {"/G": OVER}},
    ),
    "black text overprints cyan": Construct(
        CYAN_LEFT + "/G gs 0 0 0 1 k BT /F 60 Tf 30 20 Td (A) Tj ET",
        [(_IN_BOTH, {"Cyan": 1, "Black": 1}), (_IN_TOP, {"Black": 1})],
        {"ExtGState": {"/G": OVER}, "Font": {"/F": _TYPE3}},
    ),
    "black line overprints cyan": Construct(
        CYAN_LEFT + "/G gs 0 0 0 1 K 10 w 30 50 m 90 50 l S",
        [(_IN_BOTH, {"Cyan": 1, "Black": 1}), (_IN_TOP, {"Black": 1})],
        {"ExtGState": {"/G": OVER}},
    ),
    "black knocks cyan out": Construct(
        CYAN_LEFT + "0 0 0 1 k 30 0 60 100 re f", [(_IN_BOTH, {"Black": 1}), (_IN_TOP, {"Black": 1})]
    ),
    "black with OPM 0 knocks cyan out": Construct(
        CYAN_LEFT + "/G gs 0 0 0 1 k 30 0 60 100 re f", [(_IN_BOTH, {"Black": 1})], {"ExtGState": {"/G": OVER_0}}
    ),
    "white knocks cyan out": Construct(
        CYAN_LEFT + "0 0 0 0 k 30 0 60 100 re f", [(_IN_BOTH, {}), ((10, 50), {"Cyan": 1})]
    ),
    "white overprinting is lost (OPM 1)": Construct(
        CYAN_LEFT + "/G gs 0 0 0 0 k 30 0 60 100 re f", [(_IN_BOTH, {"Cyan": 1})], {"ExtGState": {"/G": OVER}}
    ),
    "overprint ends with its Q": Construct(
        CYAN_LEFT + "q /G gs Q 0 0 0 1 k 30 0 60 100 re f", [(_IN_BOTH, {"Black": 1})], {"ExtGState": {"/G": OVER}}
    ),
    "gray is black ink": Construct("0.25 g 0 0 100 100 re f", [(_MID, {"Black": 0.75})]),
    "spot tint": Construct("/S cs 0.5 scn 0 0 100 100 re f", [(_MID, {SPOT_NAME: 0.5})], {"ColorSpace": {"/S": SPOT}}),
    "spot knocks cyan out": Construct(
        CYAN_LEFT + "/S cs 1 scn 30 0 60 100 re f", [(_IN_BOTH, {SPOT_NAME: 1})], {"ColorSpace": {"/S": SPOT}}
    ),
    "spot overprints cyan": Construct(
        CYAN_LEFT + "/G gs /S cs 1 scn 30 0 60 100 re f",
        [(_IN_BOTH, {"Cyan": 1, SPOT_NAME: 1})],
        {"ColorSpace": {"/S": SPOT}, "ExtGState": {"/G": OVER}},
    ),
    "black knocks spot out": Construct(
        "/S cs 1 scn 0 0 60 100 re f 0 0 0 1 k 30 0 60 100 re f",
        [(_IN_BOTH, {"Black": 1}), ((10, 50), {SPOT_NAME: 1})],
        {"ColorSpace": {"/S": SPOT}},
    ),
    "black overprints spot": Construct(
        "/S cs 1 scn 0 0 60 100 re f /G gs 0 0 0 1 k 30 0 60 100 re f",
        [(_IN_BOTH, {"Black": 1, SPOT_NAME: 1})],
        {"ColorSpace": {"/S": SPOT}, "ExtGState": {"/G": OVER}},
    ),
    "DeviceN of spot and black": Construct(
        "/S cs 0.3 0.6 scn 0 0 100 100 re f",
        [(_MID, {SPOT_NAME: 0.3, "Black": 0.6})],
        {"ColorSpace": {"/S": SPOT_AND_BLACK}},
    ),
    "DeviceN of cyan and black": Construct(
        "/S cs 0.3 0.6 scn 0 0 100 100 re f",
        [(_MID, {"Cyan": 0.3, "Black": 0.6})],
        {"ColorSpace": {"/S": CYAN_AND_BLACK}},
    ),
    "registration colour": Construct(
        "/S cs 0 scn 0 0 50 100 re f /A cs 1 scn 50 0 50 100 re f /A CS 1 SCN 10 w 0 50 m 50 50 l S",
        [
            ((75, 50), {"Cyan": 1, "Magenta": 1, "Yellow": 1, "Black": 1, SPOT_NAME: 1}),
            ((25, 50), {"Cyan": 1, "Magenta": 1, "Yellow": 1, "Black": 1, SPOT_NAME: 1}),
        ],
        {"ColorSpace": {"/S": SPOT, "/A": ALL}},
    ),
    "linear gradient": Construct(
        "/Sh sh",
        [(_MID, {"Magenta": 0.5, "Black": 0.25}), ((90.5, 50), {"Magenta": 0.905, "Black": 0.4525})],
        {"Shading": {"/Sh": _AXIAL}},
    ),
    "linear gradient as a pattern": Construct(
        "/Pattern cs /P scn 10 10 80 80 re f",
        [(_MID, {"Magenta": 0.5, "Black": 0.25}), ((5, 5), {})],
        {"Pattern": {"/P": {"/Type": "/Pattern", "/PatternType": 2, "/Shading": _AXIAL}}},
    ),
    "gradient of several stops": Construct(
        "/Sh sh",
        [((25, 50), {"Cyan": 0.5}), ((75, 50), {"Cyan": 1, "Yellow": 0.5})],
        {"Shading": {"/Sh": {**_AXIAL, "/Function": _STITCHED}}},
    ),
    "gradient of a function an ink": Construct(
        "/Sh sh",
        [(_MID, {"Cyan": 0.5, "Magenta": 0.25})],
        {"Shading": {"/Sh": {**_AXIAL, "/Function": [_tint(1), _tint(0.5), _tint(0), _tint(0)]}}},
    ),
    "gradient of samples": Construct(
        "/Sh sh", [(_MID, {"Cyan": 0.5})], {"Shading": {"/Sh": {**_AXIAL, "/Function": _SAMPLED}}}
    ),
    "radial gradient": Construct(
        "/Sh sh",
        [((50.5, 50.5), {"Cyan": 1}), ((75, 50), {"Cyan": 0.5, "Yellow": 0.5})],
        {"Shading": {"/Sh": _RADIAL}},
    ),
    "linear gradient in a spot": Construct(
        "/Sh sh",
        [(_MID, {SPOT_NAME: 0.5}), ((90.5, 50), {SPOT_NAME: 0.905})],
        {"Shading": {"/Sh": {**_AXIAL, "/ColorSpace": SPOT, "/Function": _tint(1)}}},
    ),
    "radial gradient in a spot": Construct(
        "/Sh sh",
        [((75, 50), {SPOT_NAME: 0.5})],
        {"Shading": {"/Sh": {**_RADIAL, "/ColorSpace": SPOT, "/Function": _ramp((0,), (1,))}}},
    ),
    "gradient in gray": Construct(
        "/Sh sh",
        [(_MID, {"Black": 0.5})],
        {"Shading": {"/Sh": {**_AXIAL, "/ColorSpace": "/DeviceGray", "/Function": _ramp((1,), (0,))}}},
    ),
    "tiled pattern": Construct(
        "/Pattern cs /P scn 0 0 100 100 re f",
        [((25, 25), {"Magenta": 1}), ((35, 25), {})],
        {
            "Pattern": {
                "/P": _Stream(
                    b"0 1 0 0 k 0 0 10 20 re f",
                    {
                        "/Type": "/Pattern",
                        "/PatternType": 1,
                        "/PaintType": 1,
                        "/TilingType": 1,
                        "/BBox": [0, 0, 20, 20],
                        "/XStep": 20,
                        "/YStep": 20,
                        "/Resources": {},
                    },
                )
            }
        },
    ),
    "CMYK picture": Construct(
        _WHOLE,
        [(_MID, {"Cyan": 0.2, "Magenta": 0.4, "Yellow": 0.6, "Black": 0.8})],
        {"XObject": {"/Im": _image(bytes((51, 102, 153, 204)), "/DeviceCMYK")}},
    ),
    "CMYK JPEG, inverted as Adobe does, with its Decode": Construct(
        _WHOLE,
        [(_MID, {"Cyan": 0.2, "Magenta": 0.4, "Yellow": 0.6, "Black": 0.8})],
        {
            "XObject": {
                "/Im": _image(
                    _jpeg("CMYK", (51, 102, 153, 204)),
                    "/DeviceCMYK",
                    size=(16, 16),
                    Filter="/DCTDecode",
                    Decode=[1, 0] * 4,
                )
            }
        },
    ),
    "CMYK JPEG, inverted, without Decode": Construct(
        _WHOLE,
        [(_MID, {"Cyan": 0.8, "Magenta": 0.6, "Yellow": 0.4, "Black": 0.2})],
        {
            "XObject": {
                "/Im": _image(_jpeg("CMYK", (51, 102, 153, 204)), "/DeviceCMYK", size=(16, 16), Filter="/DCTDecode")
            }
        },
    ),
    "gray picture": Construct(
        _WHOLE, [(_MID, {"Black": 0.8})], {"XObject": {"/Im": _image(bytes((51,)), "/DeviceGray")}}
    ),
    "gray JPEG": Construct(
        _WHOLE,
        [(_MID, {"Black": 0.8})],
        {"XObject": {"/Im": _image(_jpeg("L", 51), "/DeviceGray", size=(16, 16), Filter="/DCTDecode")}},
    ),
    "gray picture knocks cyan out": Construct(
        CYAN_LEFT + _WHOLE, [(_IN_BOTH, {"Black": 0.8})], {"XObject": {"/Im": _image(bytes((51,)), "/DeviceGray")}}
    ),
    "black and white picture": Construct(
        _WHOLE,
        [((25, 50), {"Black": 1}), ((75, 50), {})],
        {"XObject": {"/Im": _image(bytes((0b01000000,)), "/DeviceGray", 1, (2, 1))}},
    ),
    "picture mask": Construct(
        "0 1 0 0.5 k " + _WHOLE,
        [((25, 50), {"Magenta": 1, "Black": 0.5}), ((75, 50), {})],
        {"XObject": {"/Im": _image(bytes((0b01000000,)), None, 1, (2, 1), ImageMask=True)}},
    ),
    "picture mask overprints": Construct(
        CYAN_LEFT + "/G gs 0 0 0 1 k " + _WHOLE,
        [((25, 50), {"Cyan": 1, "Black": 1}), ((75, 50), {})],
        {"XObject": {"/Im": _image(bytes((0b01000000,)), None, 1, (2, 1), ImageMask=True)}, "ExtGState": {"/G": OVER}},
    ),
    "picture in a spot": Construct(
        _WHOLE, [(_MID, {SPOT_NAME: 0.6})], {"XObject": {"/Im": _image(bytes((153,)), SPOT)}}
    ),
    "picture in DeviceN": Construct(
        _WHOLE,
        [(_MID, {SPOT_NAME: 0.6, "Black": 0.4})],
        {"XObject": {"/Im": _image(bytes((153, 102)), SPOT_AND_BLACK)}},
    ),
    "indexed picture": Construct(
        _WHOLE,
        [((25, 50), {"Yellow": 1}), ((75, 50), {"Magenta": 1})],
        {
            "XObject": {
                "/Im": _image(
                    bytes((0, 1)),
                    ("/Indexed", "/DeviceCMYK", 1, pikepdf.String(bytes((0, 0, 255, 0, 0, 255, 0, 0)))),
                    size=(2, 1),
                )
            }
        },
    ),
    "inline picture": Construct(
        "q 100 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /CMYK /F /AHx ID 336699cc> EI Q",
        [(_MID, {"Cyan": 0.2, "Magenta": 0.4, "Yellow": 0.6, "Black": 0.8})],
    ),
    "picture with a soft mask": Construct(
        CYAN_LEFT + _WHOLE,
        [(_IN_BOTH, {"Cyan": 0.5, "Magenta": 0.5}), (_IN_TOP, {"Magenta": 0.5})],
        {"XObject": {"/Im": _image(bytes((0, 255, 0, 0)), "/DeviceCMYK", SMask=_image(bytes((128,)), "/DeviceGray"))}},
    ),
    "soft mask": Construct(
        CYAN_LEFT + "/G gs 0 1 0 0 k 30 0 60 100 re f",
        [(_IN_BOTH, {"Cyan": 0.5, "Magenta": 0.5}), (_IN_TOP, {"Magenta": 0.5})],
        {
            "ExtGState": {
                "/G": {
                    "/Type": "/ExtGState",
                    "/SMask": {
                        "/Type": "/Mask",
                        "/S": "/Luminosity",
                        "/G": _form(
                            "0.5 g 0 0 100 100 re f",
                            Group={"/Type": "/Group", "/S": "/Transparency", "/CS": "/DeviceGray"},
                        ),
                    },
                }
            }
        },
    ),
    "opacity": Construct(
        CYAN_LEFT + "/G gs 0 0 0 1 k 30 0 60 100 re f",
        [(_IN_BOTH, {"Cyan": 0.5, "Black": 0.5}), (_IN_TOP, {"Black": 0.5})],
        {"ExtGState": {"/G": HALF}},
    ),
    "opacity of a group": Construct(
        CYAN_LEFT + "/G gs /Fm Do",
        [(_IN_BOTH, {"Cyan": 0.5, "Black": 0.5}), (_IN_TOP, {"Black": 0.5})],
        {
            "ExtGState": {"/G": HALF},
            "XObject": {"/Fm": _form("0 1 0 0 k 30 0 60 100 re f 0 0 0 1 k 30 0 60 100 re f", Group=_GROUP)},
        },
    ),
    "opacity of a spot": Construct(
        CYAN_LEFT + "/G gs /S cs 1 scn 30 0 60 100 re f",
        [(_IN_BOTH, {"Cyan": 0.5, SPOT_NAME: 0.5}), (_IN_TOP, {SPOT_NAME: 0.5})],
        {"ExtGState": {"/G": HALF}, "ColorSpace": {"/S": SPOT}},
    ),
    "overprint within a group": Construct(
        "/Fm Do",
        [(_IN_BOTH, {"Cyan": 1, "Black": 1})],
        {
            "XObject": {
                "/Fm": _form(
                    CYAN_LEFT + "/G gs 0 0 0 1 k 30 0 60 100 re f",
                    Group=_GROUP,
                    Resources={"/ExtGState": {"/G": OVER}},
                )
            }
        },
    ),
    "multiply": Construct(
        "0.5 0 0 0 k 0 0 60 100 re f /G gs 0.5 0 0 1 k 30 0 60 100 re f",
        [(_IN_BOTH, {"Cyan": 0.75, "Black": 1}), (_IN_TOP, {"Cyan": 0.5, "Black": 1})],
        {"ExtGState": {"/G": {"/Type": "/ExtGState", "/BM": "/Multiply"}}},
    ),
    "clipped": Construct(
        "q 30 30 40 40 re W n 1 0 0 0 k 0 0 100 100 re f Q",
        [(_MID, {"Cyan": 1}), ((20, 50), {})],
    ),
    "form within a form": Construct(
        "q 0.5 0 0 0.5 50 0 cm /Fm Do Q",
        [((75, 25), {"Yellow": 1}), ((25, 25), {}), ((75, 75), {})],
        {"XObject": {"/Fm": _form("/In Do", Resources={"/XObject": {"/In": _form("0 0 1 0 k 0 0 100 100 re f")}})}},
    ),
    "turned page": Construct(
        "1 0 0 0 k 0 0 50 100 re f", [((25, 50), {"Cyan": 1}), ((75, 50), {})], page={"/Rotate": 180}
    ),
    "trim within the media": Construct(
        "1 0 0 0 k 20 20 30 60 re f 0 0 0 1 k 0 0 20 100 re f",
        [((35, 50), {"Cyan": 1}), ((65, 50), {})],
        page={"/TrimBox": [20, 20, 80, 80]},
    ),
    "negative origin": Construct(
        "1 0 0 0 k -10 0 60 100 re f",
        [((25, 50), {"Cyan": 1}), ((75, 50), {})],
        page={"/MediaBox": [-10, -10, 110, 110]},
    ),
    "cropped": Construct(
        "1 0 0 0 k 0 0 50 100 re f",
        [((25, 50), {"Cyan": 1}), ((75, 50), {})],
        page={"/MediaBox": [-10, -10, 110, 110], "/CropBox": [-5, 0, 110, 110]},
    ),
}
