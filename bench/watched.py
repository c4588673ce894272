"""A copy of the bot that notes what its statements take: `python -m bench.watched FILE`.

It runs as `python -m bot run` does, and when it ends it writes for each statement how often it ran
and how long; what the statements were given is not noted.
"""

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine


@dataclass
class Taken:
    """What one statement took, each time that it ran."""

    statement: str
    times: int = 0
    seconds: float = 0.0
    longest: float = 0.0

    def add(self, seconds: float) -> None:
        """It ran once more."""
        self.times += 1
        self.seconds += seconds
        self.longest = max(self.longest, seconds)


class Statements:
    """All statements of this process."""

    def __init__(self) -> None:
        self.taken: dict[str, Taken] = {}

    def begin(self) -> None:
        """Note every statement from now on."""
        event.listen(Engine, "before_cursor_execute", self._before)
        event.listen(Engine, "after_cursor_execute", self._after)

    def save(self, file: Path) -> None:
        """Write what was noted."""
        file.write_text(json.dumps([asdict(each) for each in self.taken.values()]))

    def _before(self, _c: Any, _u: Any, _s: str, _p: Any, context: Any, _m: bool) -> None:
        context.began = time.perf_counter()

    def _after(self, _c: Any, _u: Any, statement: str, _p: Any, context: Any, _m: bool) -> None:
        taken = self.taken.get(statement)
        if taken is None:
            taken = self.taken[statement] = Taken(statement)
        taken.add(time.perf_counter() - context.began)


def read_taken(files: list[Path]) -> list[Taken]:
    """What several copies have noted, together; a copy that was killed has written nothing."""
    whole: dict[str, Taken] = {}
    for file in files:
        for each in json.loads(file.read_text()) if file.exists() else ():
            one = Taken(**each)
            known = whole.setdefault(one.statement, Taken(one.statement))
            known.times += one.times
            known.seconds += one.seconds
            known.longest = max(known.longest, one.longest)
    return list(whole.values())


def main() -> None:
    """Run the bot, and write down what its statements took."""
    from bot.cli import run

    statements = Statements()
    statements.begin()
    try:
        run()
    finally:
        statements.save(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
