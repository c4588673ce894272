"""The glossary: what official words mean, those of the service in hand or all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from core.glossary import Explained, met_in
from core.services.model import Service
from dialogs.doors import GoOn, OpenGlossary
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, paragraphs
from dialogs.paging import fitting_page, turning
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.standing import service_named
from dialogs.turn import Dialog, Reply, Step, View, Visit, aside


@dataclass(frozen=True, slots=True)
class Explaining:
    """The words to explain, and the service whose they are."""

    words: Sequence[Explained]
    service: Service | None
    page: int


def show_glossary(say: Speech, explaining: Explaining) -> Screen:
    """The words page by page, each with what it means."""
    service = explaining.service
    page = fitting_page([_entry(say, each) for each in explaining.words], explaining.page)
    served = service.id if service else None
    others = ((Button(say.label("All the words"), OpenGlossary()),),) if service else ()
    return Screen(
        paragraphs(
            italic(say.of(service.short)) if service else None,
            say("<b>What official words mean</b>"),
            *page.items,
        ),
        (
            *turning(say, page, lambda number: OpenGlossary(served, number)),
            *others,
            back_and_home(say, GoOn()),
        ),
    )


def _entry(say: Speech, word: Explained) -> Markup:
    return Markup("{} – {}").format(bold(say.of(word.term)), say.of(word.text))


async def _explaining(visit: Visit, opened: OpenGlossary) -> Explaining:
    words = visit.knowledge.glossary
    if opened.service is None:
        return Explaining(words, None, opened.page)
    service = service_named(visit, opened.service)
    return Explaining(met_in(service, words, visit.say.language), service, opened.page)


async def _command(visit: Visit, _: str) -> Reply:
    return await aside(visit, OpenGlossary())


DIALOG = Dialog(
    views=(View(OpenGlossary, _explaining, show_glossary),),
    steps=(Step(OpenGlossary, aside),),
    commands={"glossary": _command},
)
