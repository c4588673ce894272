"""Checks the files of a data folder: `python -m core.services data`."""

import sys
from pathlib import Path

from core.services.engine import paths
from core.services.library import load_library
from core.services.yaml_lines import DataError


def main(folder: Path) -> int:
    """Every problem on stderr, or what there is on stdout."""
    try:
        library = load_library(folder)
    except DataError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    for service in library.services.values():
        ways = sum(1 for _ in paths(service))
        sys.stdout.write(f"{service.id}: {len(service.questions)} questions, {ways} paths\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "data")))
