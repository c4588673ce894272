"""How many taps each thing takes, and that back and the main menu are on every screen.

The figures of docs/journeys.md are those that these tests hold.
"""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from core.release import DATA
from core.roles import RoleName
from dialogs.action import Action
from dialogs.complaints.actions import (
    AskContact,
    AskFiles,
    Consent,
    OpenDraft,
    SendComplaint,
    SetContact,
    SetSubject,
)
from dialogs.doors import (
    FindOffice,
    GoOn,
    OpenAnnouncements,
    OpenComplaint,
    OpenComplaints,
    OpenEnquiry,
    OpenLanguage,
    OpenMenu,
    OpenOffice,
    OpenPapers,
    OpenPosters,
    OpenPrivacy,
    OpenQueue,
    OpenService,
    OpenSituation,
    OpenStatistics,
    StartComplaint,
    StartEnquiry,
)
from dialogs.editing.actions import (
    DropEdit,
    EditOffice,
    FindToEdit,
    OpenChange,
    OpenHistory,
    OpenLatest,
    OpenReports,
    PreviewEdit,
)
from dialogs.enquiry import Answer
from dialogs.language import ChooseLanguage, SetLanguage
from dialogs.people.actions import OpenPeople
from dialogs.privacy import Forgotten
from dialogs.watch.actions import HandedIn
from tests.dialogs.complaints.steps import WORDS, complaint_of, draft_of, drafts, sends
from tests.dialogs.editing.steps import BALKASH, bring, reported
from tests.dialogs.visits import NOW, Visitor

MEALS = "free_school_meals"
OFFICE = "of0351"
SERVICES = sorted(each.stem for each in (DATA / "services").glob("*.yaml"))

TO_QUESTIONS = 3
TO_OFFICE = 2
COMPLAINT_MESSAGES = 6
COMPLAINT_TAPS = 7
TO_LANGUAGE = 2


def button(visitor: Visitor, kind: type[Action], **fields: object) -> Action:
    """What the first button of this kind on the screen means; there must be one."""
    return next(
        each.does
        for each in visitor.buttons()
        if isinstance(each.does, kind)
        and all(getattr(each.does, name) == value for name, value in fields.items())
    )


async def walks_to_outcome(visitor: Visitor, service: str) -> tuple[int, int]:
    """From the main menu to the outcome by what the screens offer: taps before, and answers."""
    situation = visitor.knowledge.library.services[service].situations[0]
    await visitor.opens(OpenMenu())
    before = answers = 0
    for kind, name, value in (
        (OpenSituation, "situation", situation),
        (OpenService, "service", service),
        (StartEnquiry, "service", service),
    ):
        await visitor.opens(button(visitor, kind, **{name: value}))
        before += 1
    while answering := [each for each in visitor.buttons() if isinstance(each.does, Answer)]:
        await visitor.opens(answering[-1].does)  # type: ignore[arg-type]
        answers += 1
    return before, answers


@pytest.mark.parametrize("service", SERVICES)
async def test_any_outcome_takes_three_taps_and_its_questions(
    visitor: Visitor, service: str
) -> None:
    await visitor.starts()
    await visitor.opens(SetLanguage("kk"))
    before, answers = await walks_to_outcome(visitor, service)
    assert before <= TO_QUESTIONS
    assert answers <= len(visitor.knowledge.library.services[service].questions)
    view = (await visitor.person()).view
    assert view == OpenEnquiry(1).pack() or view == StartEnquiry(service).pack()
    assert not [each for each in visitor.buttons() if isinstance(each.does, Answer)]


async def finished(visitor: Visitor) -> None:
    await visitor.starts()
    await visitor.opens(SetLanguage("ru"))
    await visitor.opens(StartEnquiry(MEALS))
    await visitor.opens(Answer(1, "school", "state"))
    await visitor.opens(Answer(1, "family", "assistance"))


async def test_the_office_of_a_checklist_is_two_taps_away(visitor: Visitor) -> None:
    await finished(visitor)
    # A place that was named before is one tap; the list of its offices is there.
    await visitor.opens(FindOffice(MEALS))
    await visitor.types("Балқаш қаласы")
    await visitor.opens(OpenPapers(1))
    await visitor.opens(button(visitor, FindOffice))
    taps = 1
    place = visitor.knowledge.directory.places["karaganda.balkash_city"]
    await visitor.presses(visitor.say().label("{place} again", place=place.shown_ru))
    taps += 1
    assert isinstance(button(visitor, OpenOffice), OpenOffice)
    assert taps <= TO_OFFICE


class Chat:
    """How many messages a chat has grown by: what was typed, and what came new and not edited."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self.messages = 0
        self.taps = 0

    async def presses(self, action: Action) -> None:
        """A tap edits the living message; only what comes before it is new."""
        assert action in [each.does for each in self._visitor.buttons()], action
        shown = await self._visitor.opens(action)
        self.taps += 1
        # What is sent before pushes the living message down: it comes anew.
        self.messages += len(shown.before) + bool(shown.before)

    async def types(self, text: str) -> None:
        """Words are a message, and the answer to them is one."""
        shown = await self._visitor.types(text)
        self.messages += 2 + len(shown.before)


async def test_a_complaint_from_an_office_takes_six_messages_at_most(visitor: Visitor) -> None:
    await finished(visitor)
    await visitor.opens(OpenOffice(OFFICE, MEALS))
    chat = Chat(visitor)
    await chat.presses(StartComplaint(MEALS, OFFICE))
    draft = (await draft_of(visitor)).id
    await chat.presses(SetSubject(draft, "not_taken"))
    await chat.presses(Consent(draft))
    await chat.types(WORDS)
    await chat.presses(AskFiles(draft))
    await chat.presses(AskContact(draft))
    await chat.presses(SetContact(draft, "telegram"))
    await chat.presses(SendComplaint(draft))
    assert (await complaint_of(visitor, draft)).sent_at is not None
    assert chat.messages <= COMPLAINT_MESSAGES
    assert chat.taps <= COMPLAINT_TAPS


async def test_the_language_is_two_taps_away(visitor: Visitor) -> None:
    await finished(visitor)
    await visitor.opens(OpenMenu())
    await visitor.opens(button(visitor, OpenLanguage))
    await visitor.opens(button(visitor, SetLanguage, language="kk"))
    assert (await visitor.person()).language == "kk"
    assert (await visitor.person()).view == OpenMenu().pack()


INSTANCES = 3
"""So many screens of one kind are looked at; more would be the same again."""

ROLES: tuple[RoleName, ...] = ("admin", "editor", "viewer")
PRIVILEGED = (
    OpenQueue(),
    OpenPeople(),
    OpenStatistics(),
    OpenPosters(),
    OpenAnnouncements(),
    FindToEdit(),
    EditOffice(BALKASH),
    OpenReports(),
    OpenLatest(),
)

UPWARDS: dict[type[Action], type[Action]] = {
    OpenComplaint: OpenComplaints,
    OpenDraft: OpenComplaints,
    OpenChange: OpenHistory,
    OpenPrivacy: OpenMenu,
    PreviewEdit: DropEdit,
    Forgotten: OpenMenu,
}
"""Where one goes back to from screens that are opened from many places, by a button's own words."""


@dataclass
class Walk:
    """A walk over every screen that buttons lead to, from the main menu on."""

    visitor: Visitor
    count: Counter[type[Action]] = field(default_factory=Counter)
    seen: set[Action] = field(default_factory=set)
    astray: list[str] = field(default_factory=list)

    async def goes(self, *doors: Action) -> None:
        """Press each button of each screen; what changes something comes last."""
        views = {each.action for each in self.visitor.conversation.views}
        looks: list[tuple[Action, Action]] = []
        for door in (OpenMenu(), *doors):
            assert not (await self.visitor.opens(door)).alert, door
            looks += self._looks(door)
        gentle = deque(each for each in looks if type(each[1]) in views)
        changing = deque(each for each in looks if type(each[1]) not in views)
        while gentle or changing:
            at, action = gentle.popleft() if gentle else changing.popleft()
            if (await self.visitor.opens(at)).alert or (await self.visitor.opens(action)).alert:
                continue
            here = self.visitor.conversation._read((await self.visitor.person()).view)
            if here in self.seen or self.count[type(here)] >= INSTANCES:
                continue
            self._judges(here, at)
            for each in self._looks(here):
                (gentle if type(each[1]) in views else changing).append(each)

    def _looks(self, here: Action) -> list[tuple[Action, Action]]:
        self.seen.add(here)
        self.count[type(here)] += 1
        return [
            (here, each.does) for each in self.visitor.buttons() if isinstance(each.does, Action)
        ]

    def _judges(self, here: Action, before: Action) -> None:
        buttons = self.visitor.buttons()
        does = [each.does for each in buttons]
        kinds = {type(each) for each in does}
        at_home = isinstance(here, OpenMenu | ChooseLanguage)
        if not at_home and OpenMenu not in kinds:
            self.astray.append(f"{here}: no main menu")
        back = (
            at_home
            or isinstance(before, OpenMenu)
            or before in does
            or GoOn in kinds
            or UPWARDS.get(type(here)) in kinds
            or any(each.label.startswith("←") for each in buttons)
        )
        if not back:
            self.astray.append(f"{here}: no way back to {before}")


@pytest.mark.parametrize(
    ("holds", "doors", "screens"), [((), (), 50), (ROLES, PRIVILEGED, 65)], ids=["parent", "admin"]
)
async def test_back_and_the_main_menu_are_on_every_screen_that_can_be_reached(
    visitor: Visitor, holds: Sequence[RoleName], doors: Sequence[Action], screens: int
) -> None:
    await finished(visitor)
    await visitor.opens(HandedIn(1, NOW.toordinal()))
    await sends(visitor)
    await drafts(visitor, subject="late")
    await visitor.holds(*holds)
    await bring(visitor)
    await reported(visitor)
    walk = Walk(visitor)
    await walk.goes(*doors)
    assert not walk.astray
    assert len(walk.count) >= screens
