"""The Makefile tells what it can do, and says plainly what it lacks."""

import re
import subprocess
from pathlib import Path

from tests.house.tree import ROOT


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],  # noqa: S607
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )


def test_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    listed = re.findall(r"^make (\w+)", make("help").stdout, re.MULTILINE)
    assert sorted(listed) == sorted(phony[1].split())


def test_unsuitable_python_is_named(tmp_path: Path) -> None:
    done = make("prepare", "PYTHON=false", f"VENV={tmp_path / 'venv'}")
    assert done.returncode
    assert "Bagyt needs Python 3.11 or later, and false is not that." in done.stderr
    assert not (tmp_path / "venv").exists()


def test_python_without_venv_is_named(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\n')
    python.chmod(0o755)
    done = make("prepare", f"PYTHON={python}", f"VENV={tmp_path / 'venv'}")
    assert done.returncode
    assert "apt install python3-venv" in done.stderr
    assert not (tmp_path / "venv").exists()
