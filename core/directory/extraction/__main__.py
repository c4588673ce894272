"""`python -m core.directory.extraction SOURCES`: the directory anew from the acts' texts."""

import sys
from pathlib import Path

from core.directory.extraction.pipeline import Pipeline

DATA = Path(__file__).resolve().parents[3] / "data"
BAD_USAGE = 2


def main(arguments: list[str]) -> int:
    """Writes the files of `data/directory` and says what was found."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("usage: python -m core.directory.extraction FOLDER_WITH_THE_ACTS\n")
        return BAD_USAGE
    offices = Pipeline(DATA).run(Path(arguments[0]))
    listings = sum(len(office.listings) for office in offices)
    sys.stdout.write(f"{listings} listings, {len(offices)} offices\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
