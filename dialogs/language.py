"""Language: asked once at the start, changed at any time, the present screen redrawn in place."""

from dataclasses import dataclass, replace
from typing import ClassVar

from dialogs.action import Action
from dialogs.doors import GoOn, OpenLanguage
from dialogs.screen import Button, Screen
from dialogs.speech import LANGUAGES, Languages, Speech
from dialogs.turn import Dialog, GoneError, Reply, Step, View, Visit


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Action):
    """The question which language to speak."""

    code: ClassVar[str] = "lc"


@dataclass(frozen=True, slots=True)
class SetLanguage(Action):
    """The answer."""

    code: ClassVar[str] = "ls"
    language: str


def show_choice(say: Speech, languages: Languages) -> Screen:
    """The question, with every language named in itself."""
    return Screen(
        say("<b>Which language shall we speak?</b>\n\nYou can change it at any time: /language"),
        tuple((Button(languages[each].label("English"), SetLanguage(each)),) for each in LANGUAGES),
    )


async def _languages(visit: Visit, _: ChooseLanguage) -> Languages:
    return visit.languages


async def open_choice(visit: Visit, _: object) -> Reply:
    """Ask, as an aside to whatever the person was doing."""
    return Reply(ChooseLanguage(), back_to=visit.where)


async def set_language(visit: Visit, chosen: SetLanguage) -> Reply:
    """From now on speak this language, beginning with the screen the person came from."""
    if chosen.language not in LANGUAGES:
        raise GoneError(chosen.language)
    visit.person = replace(visit.person, language=chosen.language, language_asked=True)
    return Reply(GoOn(), toast=visit.say.label("Now we speak English."))


DIALOG = Dialog(
    views=(View(ChooseLanguage, _languages, show_choice),),
    steps=(Step(OpenLanguage, open_choice), Step(SetLanguage, set_language)),
    commands={"language": open_choice},
)
