"""`python -m tools.acts SOURCES`: the directory from the acts' texts."""

import argparse
import sys
from pathlib import Path

from tools.acts.pipeline import Pipeline

DATA = Path(__file__).resolve().parents[2] / "data"
LISTS = Path(__file__).resolve().parent / "lists"


def main(arguments: list[str]) -> int:
    """Writes the files of `data/directory` and says what was found."""
    parser = argparse.ArgumentParser(prog="python -m tools.acts")
    parser.add_argument("sources", type=Path, help="the folder with the texts of the acts")
    parser.add_argument(
        "--anew", action="store_true", help="build also offices that stand in the file already"
    )
    given = parser.parse_args(arguments)
    if not given.sources.is_dir():
        parser.error(f"{given.sources} is no folder; give the one with the texts of the acts")
    offices = Pipeline(DATA, LISTS).run(given.sources, anew=given.anew)
    listings = sum(len(office.listings) for office in offices)
    sys.stdout.write(f"{listings} listings, {len(offices)} offices\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
