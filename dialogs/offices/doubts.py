"""Doubts: what is suspicious about the facts of an office, with the readings that differ."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from core.directory.model import Listing, Office
from core.services.acts import Act
from dialogs.markup import lines
from dialogs.speech import Speech

ACTS_LANGUAGE = "kk"
"""The language in which the annexes are printed."""

TRUNK_PREFIX = "8"
PHONES_SHOWN, ADDRESSES_SHOWN = 3, 2
"""So many readings that differ are shown; the page with the sources has all of them."""


def show_doubts(say: Speech, office: Office, acts: Mapping[str, Act]) -> Markup | None:
    """What is doubtful about it; nothing suspicious is hidden."""
    kinds = {each.kind for each in office.flags}
    doubts = [words for kind, words in _doubtful(say).items() if kind in kinds]
    if not doubts:
        return None
    said = say("⚠ Check before you go: {doubts}.", doubts="; ".join(doubts))
    return lines(said, *_readings(say, office, acts, kinds))


def _readings(
    say: Speech, office: Office, acts: Mapping[str, Act], kinds: set[str]
) -> Iterator[Markup]:
    """What each act says where they differ."""
    listings = sorted(
        (each for each in office.listings if each.act in acts),
        key=lambda each: acts[each.act].date,
        reverse=True,
    )
    if "phone_differs" in kinds:
        phones = {_digits(each): each for each in reversed(listings) if each.phones}
        for each in _first(listings, phones, PHONES_SHOWN):
            yield _reading(say, acts[each.act], ", ".join(each.phones))
    # No screen mixes languages: a reader of the other one has the page as printed.
    if "address_differs" in kinds and say.language == ACTS_LANGUAGE:
        addresses = {each.address: each for each in reversed(listings) if each.address}
        for each in _first(listings, addresses, ADDRESSES_SHOWN):
            yield _reading(say, acts[each.act], each.address)


def _first(
    listings: Sequence[Listing], differing: Mapping[Any, Listing], most: int
) -> list[Listing]:
    """Of listings that differ the newest ones."""
    chosen = {id(each) for each in differing.values()}
    return [each for each in listings if id(each) in chosen][:most]


def _digits(listing: Listing) -> frozenset[str]:
    """The numbers of a listing, the same whether the trunk prefix is printed or not."""
    bare = ("".join(filter(str.isdigit, each)) for each in listing.phones)
    return frozenset(each.removeprefix(TRUNK_PREFIX) for each in bare)


def _reading(say: Speech, act: Act, words: str) -> Markup:
    return say("• act of {date}: {words}", date=say.date(act.date), words=words)


def _doubtful(say: Speech) -> dict[str, str]:
    return {
        "phone_differs": say.label("the sources give different phones"),
        "address_differs": say.label("the sources give different addresses"),
        "number_unusable": say.label("a printed phone has too few or too many digits"),
        "area_code_differs": say.label("a phone has the code of another area"),
        "code_added": say.label("the area code of a phone was added by us"),
        "email_as_site": say.label("an e-mail was printed as a site"),
        "email_doubtful": say.label("an e-mail looks miswritten"),
        "site_differs": say.label("the sources spell the site differently"),
        "site_doubtful": say.label("a site looks miswritten"),
        "unread": say.label("something in the source could not be read"),
        "postcode_doubtful": say.label("the postcode looks miswritten"),
        "place_unknown": say.label("its place was not found"),
        "same_name_twice": say.label("another office has the same name"),
        "seat_of_another": say.label("it may sit in another village"),
    }
