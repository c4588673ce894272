"""Opening hours as people write them in a line: `mon-fri 9:00-18:00 (13:00-14:00)`.

Days may be named in Kazakh or Russian, in full or in short, alone, in a row or from one to another.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from core.directory.mistakes import MistakeError, Wrong
from core.directory.opening import DAYS
from core.directory.words import Named, Words, by_word, plain
from core.kinds import Weekday

SEPARATOR = "; "
MOST_SPANS = 2
"""From opening to closing, and the break."""

SHORTEST_RANGE = 3
"""So many days are named by the first and the last."""

_TIMES = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|\u2013|\u2014)\s*(\d{1,2})(?:[:.](\d{2}))?")
_RANGE = re.compile(r"\s*(?:-|\u2013|\u2014)\s*")
_BETWEEN = re.compile(r"[\s,/+]+")
_BRACKETS = re.compile(r"[(),:;.]+")
LAST_HOUR, LAST_MINUTE = 23, 59
WORKING = DAYS[:5]

Body = Mapping[str, Any]


class Timetables:
    """Reads and writes hours with the words of the data folder."""

    def __init__(self, words: Words) -> None:
        self._names = words
        self._days: dict[str, Weekday] = by_word({d: n.every() for d, n in words.days.items()})
        self._many: dict[str, Sequence[Weekday]] = {
            **{plain(each): DAYS for each in words.every_day.every()},
            **{plain(each): WORKING for each in words.working_days.every()},
        }
        self._pauses = {plain(each) for each in words.pause.every()}

    def read(self, text: str) -> list[dict[str, Any]]:
        """The hours that a text names, as an office keeps them."""
        parts = (each.strip() for each in re.split(r"[;\n]+", text))
        return [self._read_part(each) for each in parts if each]

    def _read_part(self, text: str) -> dict[str, Any]:
        spans = list(_TIMES.finditer(text))
        if not spans:
            raise MistakeError(Wrong.HOURS_TIME, given=text)
        if len(spans) > MOST_SPANS or not self._is_pause(text, spans[0].end(), spans[-1]):
            raise MistakeError(Wrong.HOURS_TIME, given=text)
        opens, closes = _span(spans[0])
        pause = _span(spans[1]) if len(spans) > 1 else None
        if pause and not opens < pause[0] < pause[1] < closes:
            raise MistakeError(Wrong.HOURS_ORDER, given=text)
        days = self._read_days(text[: spans[0].start()], text)
        return {
            "days": days,
            "from": opens,
            "to": closes,
            "break": list(pause) if pause else None,
            "text": {
                "kk": self._said(days, opens, closes, pause, "kk"),
                "ru": self._said(days, opens, closes, pause, "ru"),
            },
        }

    def _is_pause(self, text: str, end: int, second: re.Match[str]) -> bool:
        """Whether what stands behind the opening hours is nothing or a break, and no more."""
        if second.start() < end:
            return not _BRACKETS.sub("", text[end:]).strip()
        between = plain(_BRACKETS.sub(" ", text[end : second.start()]))
        behind = _BRACKETS.sub("", text[second.end() :]).strip()
        return (not between or between in self._pauses) and not behind

    def _read_days(self, words: str, text: str) -> list[Weekday]:
        words = words.strip(" ,:.-")
        if plain(words) in self._many:
            return list(self._many[plain(words)])
        found: set[Weekday] = set()
        for piece in _BETWEEN.split(_RANGE.sub("-", words)):
            found |= set(self._days_of(piece, text))
        if not found:
            raise MistakeError(Wrong.HOURS_DAYS, given=text)
        return [each for each in DAYS if each in found]

    def _days_of(self, piece: str, text: str) -> Iterator[Weekday]:
        first, dash, last = piece.partition("-")
        begins, ends = self._days.get(plain(first)), self._days.get(plain(last))
        if begins is None or (dash and ends is None):
            raise MistakeError(Wrong.HOURS_DAYS, given=piece or text)
        if ends is None:
            yield begins
            return
        start, stop = DAYS.index(begins), DAYS.index(ends)
        if start > stop:
            raise MistakeError(Wrong.HOURS_DAYS, given=piece)
        yield from DAYS[start : stop + 1]

    def _said(
        self,
        days: Sequence[Weekday],
        opens: str,
        closes: str,
        pause: tuple[str, str] | None,
        language: str,
    ) -> str:
        """The hours in words, as the acts say them."""
        if len(days) == len(DAYS):
            named = _in(self._names.every_day, language)
        else:
            named = ", ".join(self._rows_of_days(days, language))
        said = f"{named}, {_short(opens)}\u2013{_short(closes)}"
        if pause is None:
            return said
        begins, ends = map(_short, pause)
        return f"{said}, {_in(self._names.pause, language)} {begins}\u2013{ends}"

    def _rows_of_days(self, days: Iterable[Weekday], language: str) -> Iterator[str]:
        rows: list[list[Weekday]] = []
        for each in days:
            if rows and DAYS.index(rows[-1][-1]) + 1 == DAYS.index(each):
                rows[-1].append(each)
            else:
                rows.append([each])
        for row in rows:
            names = [_in(self._names.days[each], language) for each in row]
            yield f"{names[0]}\u2013{names[-1]}" if len(row) >= SHORTEST_RANGE else ", ".join(names)


def written(hours: Iterable[Body]) -> str:
    """Hours as a table has them."""
    return SEPARATOR.join(map(_written, hours))


def same(one: Sequence[Body], other: Sequence[Body]) -> bool:
    """Whether two say the same hours, whatever the words."""
    return written(one) == written(other)


def _written(hours: Body) -> str:
    pause = f" ({'-'.join(hours['break'])})" if hours["break"] else ""
    return f"{','.join(hours['days'])} {hours['from']}-{hours['to']}{pause}"


def _span(found: re.Match[str]) -> tuple[str, str]:
    begins, ends = _clock(found[1], found[2], found), _clock(found[3], found[4], found)
    if begins >= ends:
        raise MistakeError(Wrong.HOURS_ORDER, given=found[0].strip())
    return begins, ends


def _clock(hour: str, minute: str | None, found: re.Match[str]) -> str:
    if int(hour) > LAST_HOUR or int(minute or 0) > LAST_MINUTE:
        raise MistakeError(Wrong.HOURS_TIME, given=found[0].strip())
    return f"{int(hour):02d}:{int(minute or 0):02d}"


def _short(clock: str) -> str:
    return clock.removeprefix("0")


def _in(named: Named, language: str) -> str:
    return named.kk if language == "kk" else named.ru
