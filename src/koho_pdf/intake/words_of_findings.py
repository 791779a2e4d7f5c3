"""The findings that several readers of formats share."""

from __future__ import annotations

from koho_pdf.findings import Finding, Where, warning

MOST_SHOWN = 4000
"""The most characters that one finding quotes: more are told in several."""


def outside(address: str, where: Where) -> Finding:
    """Something outside of the file that it refers to."""
    return warning(
        "received-outside",
        f"ファイルの外にあるもの「{address}」を指しています。開きませんでした。",
        where,
        "要るものなら、担当課にファイルそのものをもらってください。",
    )


def unread_picture(name: str, where: Where) -> Finding:
    """A picture that cannot be taken out."""
    return warning(
        "received-picture",
        f"写真「{name}」を取り出せません。",
        where,
        "担当課に、写真を JPEG か PNG のファイルでもらってください。",
    )
