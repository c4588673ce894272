"""What thinking costs: `python -m bench.enquiry [--rounds N] [--json FILE]`.

Without a database or a network, for every service: replaying an enquiry at each step of each of
its ways, rendering the screen it leads to and the checklist, in both languages; and searching.
Median and the slowest of twenty, in microseconds.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from core.calendar import load_calendar
from core.knowledge import CALENDAR_FILE
from core.release import DATA
from core.services.engine import paths, replay
from core.services.library import Library, load_library
from core.services.model import Service
from core.services.search import load_search
from core.store.enquiries import Enquiry
from dialogs.checklist import Checklist, show_checklist
from dialogs.enquiry import show_enquiry
from dialogs.screen import Screen
from dialogs.speech import Languages, Speech
from dialogs.standing import Standing
from dialogs.statements import citations_of

ROUNDS = 3
WAYS_A_SERVICE = 60
NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
ENOUGH = {
    "replay": 1000.0,
    "replay again": 1000.0,
    "replay and screen": 1000.0,
    "replay and checklist": 1000.0,
    "search": 5000.0,
}


def steps_of(service: Service) -> Iterator[Mapping[str, str]]:
    """The answers at each step of the service's ways, a fair share of them."""
    ways = list(paths(service))
    for way in ways[:: len(ways) // WAYS_A_SERVICE + 1]:
        given = list(way.answers.items())
        for taken in range(len(given) + 1):
            yield dict(given[:taken])


def measured(work: Callable[[], object]) -> float:
    """How many microseconds a piece of work takes."""
    begun = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - begun) / 1000


def measure_service(
    service: Service, library: Library, languages: Languages, versions: Iterator[int]
) -> Iterator[tuple[str, float]]:
    """The time of each replay and screen of one service."""
    calendar = load_calendar(DATA / CALENDAR_FILE)
    citations = citations_of(service, library)
    for version, answers in zip(versions, steps_of(service), strict=False):
        # Replays are remembered; as another version of the service each is seen the first time.
        fresh = service.model_copy(update={"version": version})
        enquiry = Enquiry(1, 1, service.id, "1", answers, (), None, "open", NOW, NOW)

        def stand(
            fresh: Service = fresh,
            answers: Mapping[str, str] = answers,
            enquiry: Enquiry = enquiry,
        ) -> Standing:
            state = replay(fresh, answers)
            return Standing(enquiry, state, citations, NOW.date(), calendar, "bagyt_bot")

        first = measured(stand)
        yield "replay", first
        yield "replay again", measured(stand)
        for say in languages:
            shown = measured(partial(_shown, say, stand))
            yield "replay and screen", first + shown
            if stand().state.outcome is not None:
                work = Checklist(stand())
                listed = measured(partial(show_checklist, say, work))
                yield "replay and checklist", first + listed


def _shown(say: Speech, stand: Callable[[], Standing]) -> Screen:
    return show_enquiry(say, stand())


def measure_search(library: Library) -> Iterator[tuple[str, float]]:
    """The time of a search for every wording that the data names, and for nonsense."""
    search = load_search(library.services.values(), DATA)
    for service in library.services.values():
        for words in (*service.search.kk, *service.search.ru):
            for written in (words, words[1:], words + " qwerty"):
                yield "search", measured(partial(search.find, written))


def main() -> int:
    """Measure, print a table, and tell whether all is fast enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    library = load_library(DATA)
    languages = Languages(ZoneInfo("Asia/Almaty"), "kk")
    versions = count(1000)
    times: dict[str, list[float]] = {each: [] for each in ENOUGH}
    for _ in range(wanted.rounds):
        for service in library.services.values():
            for what, took in measure_service(service, library, languages, versions):
                times[what].append(took)
        for what, took in measure_search(library):
            times[what].append(took)
    figures = {
        what: {
            "times": len(took),
            "median_us": round(statistics.median(took), 1),
            "p95_us": round(statistics.quantiles(took, n=20)[-1], 1),
        }
        for what, took in times.items()
    }
    for what, figure in figures.items():
        print(
            f"{what:20} {figure['times']:7} times  median {figure['median_us']:8.1f} µs"
            f"  95 % under {figure['p95_us']:8.1f} µs  (allowed {ENOUGH[what]:.0f})"
        )
    if wanted.json:
        wanted.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return int(any(figures[what]["median_us"] > ENOUGH[what] for what in ENOUGH))


if __name__ == "__main__":
    sys.exit(main())
