"""Commands run as an operator runs them, in a process of their own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from core.release import DATA

ROOT = DATA.parent
Ended = subprocess.CompletedProcess[str]
Run = Callable[..., Ended]


def command_at(folder: Path, **settings: str) -> Run:
    """Run commands on one database in a folder, which the first of them makes."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'bagyt.db'}",
        "SECRET_KEY": "a key for the commands",
        **settings,
    }

    def command(*words: str) -> Ended:
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    return command
