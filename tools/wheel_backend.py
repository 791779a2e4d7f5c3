"""How a wheel is built: by flit, with the files of a workspace inside the package, under ``koho_pdf/shipped``.

In the repository these files stand once, at its top, because the repository is a workspace itself; in a wheel they are
what `koho init` writes. pip finds this module by `[build-system]` in pyproject.toml (PEP 517, `backend-path`). The same
files give the same bytes.
"""

import os
import sys
from pathlib import Path

from flit_core import wheel
from flit_core.buildapi import build_editable, prepare_metadata_for_build_editable, prepare_metadata_for_build_wheel

__all__ = ["build_editable", "build_wheel", "prepare_metadata_for_build_editable", "prepare_metadata_for_build_wheel"]

ROOT = Path(__file__).resolve().parents[1]


class _Builder(wheel.WheelBuilder):
    def copy_module(self):
        super().copy_module()
        sys.path.insert(0, str(ROOT / "src"))
        from koho_pdf.platform.installed import BESIDE, shipped_files

        files = {**shipped_files(ROOT), **{name: ROOT / name for name in BESIDE}}
        for name, path in sorted(files.items()):
            self._add_file(path, f"koho_pdf/shipped/{name}")


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Build the wheel in ``wheel_directory``; its name (PEP 517)."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1577836800")
    made = Path(wheel_directory) / "unnamed.whl"
    try:
        with made.open("w+b") as file:
            builder = _Builder.from_ini_path(ROOT / "pyproject.toml", file)
            builder.build()
        made.replace(made.with_name(builder.wheel_filename))
    finally:
        made.unlink(missing_ok=True)
    return builder.wheel_filename
