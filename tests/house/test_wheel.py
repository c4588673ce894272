"""What is installed is whole: the packages, and beside them what is known and what is said."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from tests.house.tree import FLOORS, ROOT, files_of, name_of


def test_wheel_holds_all_that_the_bot_reads(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert not built.returncode, built.stderr
    (wheel,) = tmp_path.glob("bagyt-*.whl")
    packed = set(ZipFile(wheel).namelist())
    assert {name_of(path) for path in files_of(*FLOORS, "data", "locales")} <= packed
    assert not [name for name in packed if name.startswith(("tests/", "tools/", "var/", "deploy/"))]
