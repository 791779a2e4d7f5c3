"""How a finished PDF becomes bytes: the same content, the same bytes."""

from __future__ import annotations

from io import BytesIO

import pikepdf


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file's bytes, compressed, its two ids (ISO 32000-1, 14.4) made from its content and nothing else."""
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    target = BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return target.getvalue()
