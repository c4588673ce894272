"""Sources: what each annex that names an office says of it, and the same word for word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from core.directory.model import Listing, Office
from core.services.acts import Act
from dialogs.doors import OpenOffice
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.offices.actions import OfficePrinted, OfficeSources
from dialogs.offices.card import place_in_act
from dialogs.offices.doubts import ACTS_LANGUAGE
from dialogs.offices.looking import office_named, way_back
from dialogs.paging import fitting_page, turning
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.statements import validity
from dialogs.turn import Dialog, Step, View, Visit, aside


@dataclass(frozen=True, slots=True)
class Sources:
    """What the listings of an office are told from."""

    office: Office
    acts: Mapping[str, Act]
    opened: OfficeSources | OfficePrinted


def show_sources(say: Speech, sources: Sources) -> Screen:
    """Where it is listed; a reader of the annexes' own language sees their words as well."""
    return _show(say, sources, printed=say.language == ACTS_LANGUAGE)


def show_printed(say: Speech, sources: Sources) -> Screen:
    """The annexes word for word, whatever language the rest is in: nothing else can be checked."""
    return _show(say, sources, printed=True)


def _show(say: Speech, sources: Sources, *, printed: bool) -> Screen:
    office, opened = sources.office, sources.opened
    parts = [
        _part(say, sources.acts, said, listings)
        for said, listings in _grouped(office.listings, printed=printed).items()
    ]
    page = fitting_page(parts or [say("No act lists this office.")], opened.page)
    turns = turning(say, page, lambda number: type(opened)(office.id, opened.service, number))
    more = [Button(say.label("The office"), OpenOffice(office.id, opened.service))]
    if parts and not printed:
        words = OfficePrinted(office.id, opened.service)
        more.append(Button(say.label("As it is printed, in Kazakh"), words))
    text = paragraphs(bold(say.of(office.name)), *page.items)
    return Screen(text, (*turns, *((each,) for each in more), *way_back(say)))


def _grouped(listings: Sequence[Listing], *, printed: bool) -> dict[tuple[str, ...], list[Listing]]:
    """Listings of one act that say the same are told once."""
    grouped: dict[tuple[str, ...], list[Listing]] = {}
    for each in listings:
        words = (each.name, each.address) if printed else ()
        said = (
            each.act,
            *words,
            ", ".join((*each.phones, *each.faxes)),
            ", ".join((*each.emails, *each.websites)),
        )
        grouped.setdefault(said, []).append(each)
    return grouped


def _part(
    say: Speech, acts: Mapping[str, Act], said: Sequence[str], listings: Sequence[Listing]
) -> Markup:
    act = acts.get(listings[0].act)
    places = dict.fromkeys(", ".join(place_in_act(say, each)) for each in listings)
    head = "; ".join(each for each in (*_act(say, act), *places) if each)
    return lines(italic(head), *(Markup.escape(each) for each in said[1:] if each))


def _act(say: Speech, act: Act | None) -> Iterator[str]:
    if act is not None:
        number = say.label("No. {number} of {date}", number=act.number, date=say.date(act.date))
        yield f"{number}, {validity(say, act)}"


async def _sources(visit: Visit, opened: OfficeSources | OfficePrinted) -> Sources:
    office = office_named(visit, opened.office)
    return Sources(office, visit.knowledge.library.acts, opened)


DIALOG = Dialog(
    views=(
        View(OfficeSources, _sources, show_sources),
        View(OfficePrinted, _sources, show_printed),
    ),
    steps=(Step(OfficeSources, aside), Step(OfficePrinted, aside)),
)
