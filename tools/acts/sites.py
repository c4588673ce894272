"""Sites and e-mails as people would type them, so that two spellings of one are one."""

from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

# A site that is so many letters off one that is printed so often is likely a misprint of it.
MISPRINTED_LETTERS = 2
PRINTED_OFTEN = 5
SHORTEST_ALIKE = 7


def host(site: str) -> str:
    """The site without what a browser adds by itself."""
    bare = site.lower().removeprefix("https://").removeprefix("http://")
    return bare.removeprefix("www.").rstrip("/")


def mailbox(email: str) -> str:
    """The e-mail without the letters of a site before it; post offices know no capitals."""
    return email.lower().removeprefix("www.")


def alike(one: str, other: str) -> bool:
    """Whether two sites may be two spellings of one."""
    first, second = host(one), host(other)
    if first == second or min(len(first), len(second)) < SHORTEST_ALIKE:
        return False
    return Levenshtein.distance(first, second) <= MISPRINTED_LETTERS


def misprint_of(site: str, printed: Iterable[str]) -> str | None:
    """The site that a table prints often, if this one is a letter or two off it."""
    counted = Counter(map(host, printed))
    often = (other for other, times in counted.most_common() if times >= PRINTED_OFTEN)
    return next((other for other in often if alike(site, other)), None)
