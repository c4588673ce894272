"""Every view of the conversation, opened by a person in both languages, on a real database."""

from collections.abc import Sequence
from typing import Any, get_args

import pytest

from core.announcements import Audience
from core.granting import Hand, invite
from core.knowledge import Knowledge
from core.release import DATA, body_of
from core.store import announcements, imports, services
from core.store.invites import Opening
from dialogs.action import Action
from dialogs.announcements.writing import (
    AskWords,
    ChooseArea,
    ChooseAudience,
    ConfirmAnnouncement,
    OpenAnnouncement,
)
from dialogs.application import AskField, OpenPreview
from dialogs.checklist import OpenPaper, TurnPapers
from dialogs.conversation import Conversation
from dialogs.doors import (
    FillApplication,
    FindOffice,
    ManageEnquiry,
    NameEnquiry,
    OpenAdmin,
    OpenAnnouncements,
    OpenAnswers,
    OpenEnquiry,
    OpenGlossary,
    OpenGrounds,
    OpenHelp,
    OpenMenu,
    OpenMine,
    OpenNews,
    OpenNextSteps,
    OpenOffice,
    OpenOwnTopic,
    OpenPapers,
    OpenPosters,
    OpenPrivacy,
    OpenPublishing,
    OpenRoutes,
    OpenService,
    OpenServices,
    OpenSituation,
    OpenStatistics,
    OpenTopic,
    StartEnquiry,
)
from dialogs.editing.actions import AskOfficeField, EditOffice
from dialogs.enquiry import Answer, AskAgain
from dialogs.importing.actions import AskUndo, OpenImport, OpenTables
from dialogs.interruption import Came, NotExpected
from dialogs.language import ChooseLanguage, SetLanguage
from dialogs.mine import TurnMine
from dialogs.naming import AskToDelete
from dialogs.next_steps import AskDay, OpenDue
from dialogs.offices.actions import (
    AskDistrict,
    AskPlaceOf,
    AskWhichPlace,
    MissedPlace,
    OfficePrinted,
    OfficesAt,
    OfficesNamed,
    OfficesOfKind,
    OfficeSources,
    WalkPlaces,
)
from dialogs.people.actions import (
    AskGrant,
    AskHow,
    AskPerson,
    AskRevoke,
    AskScope,
    AskScopeServices,
    AskWhichRole,
    ChooseRole,
    LinkOpened,
    OpenInvite,
    OpenInvites,
    OpenPeople,
    OpenRole,
    OpenRoleEvents,
)
from dialogs.privacy import AskToForget, Forgotten
from dialogs.publishing.actions import (
    AskBeginning,
    AskFile,
    AskValue,
    ConfirmPublishing,
    OpenDraft,
    OpenMistakes,
    OpenMoved,
    OpenOffer,
    OpenParts,
    OpenSlots,
    OpenVersion,
    OpenVersions,
)
from dialogs.routes import OpenRoute
from dialogs.screen import LABEL_LIMIT
from dialogs.search import OpenFound
from dialogs.short_ids import short
from dialogs.statistics.board import OpenTopicFigures
from dialogs.statistics.facts import Topic as FiguresTopic
from dialogs.telling import Topic
from dialogs.turn import Kind, Located
from tests.dialogs.complaints.test_screens import (
    of_a_draft,
    of_officials,
    of_one_answered,
    of_one_sent,
)
from tests.dialogs.editing.steps import EDITING, TYPED_FIRST, bring, reported
from tests.dialogs.test_every_path import assert_fits
from tests.dialogs.visits import LANGUAGES, NOW, Visitor
from tests.dialogs.watch.test_watching import of_a_watch

MEALS = "free_school_meals"
ELSEWHERE = {
    type(each)
    for each in (
        *of_a_draft(1),
        *of_one_sent(1),
        *of_one_answered(1),
        *of_officials(1),
        *of_a_watch(1, 1),
        *TYPED_FIRST,
    )
}
"""Views that need a complaint or words; they have samples of their own."""


PEOPLE = (
    OpenPeople(),
    OpenRole(1),
    AskRevoke(1),
    OpenInvites(),
    OpenInvite(1),
    OpenRoleEvents(),
    AskWhichRole(),
    ChooseRole("official"),
    AskScope(),
    AskScopeServices(1),
    AskHow(),
    AskPerson(misread=True),
    AskGrant(7000000003),
    *(LinkOpened(each) for each in get_args(Opening)),
)
"""For an admin; what a role is put together from is remembered from one to the next."""


def samples(number: int) -> Sequence[Action]:
    """Every view at least once, for the finished enquiry of this number."""
    return (
        AskDistrict(MEALS, "p"),
        FindOffice(MEALS, "c"),
        MissedPlace(MEALS, "p"),
        AskWhichPlace(MEALS, "p"),
        AskPlaceOf(MEALS, "p"),
        OfficesNamed(MEALS, "p"),
        OfficesAt(short(MEALS), "p", short("karaganda.balkash_city"), 1),
        OfficesAt(None, "p", short("karaganda")),
        OfficesAt(None, "p", short("karaganda"), 1),
        OfficesOfKind(short("almaty_city"), "school", 2),
        WalkPlaces(short(MEALS), "p"),
        WalkPlaces(None, "p", short("karaganda"), 1),
        OpenOffice("of0351", MEALS),
        OfficeSources("of0351", MEALS, 1),
        OfficePrinted("of0351", MEALS),
        *PEOPLE,
        *EDITING,
        OpenAdmin(),
        OpenMenu(),
        OpenMenu(stopped=True),
        OpenHelp(),
        OpenGlossary(),
        OpenGlossary("free_school_meals", 1),
        OpenPrivacy(),
        AskToForget(),
        Forgotten(),
        ChooseLanguage(),
        *(NotExpected(each.value) for each in (*Came, *Kind)),
        OpenFound(),
        OpenSituation("low_income"),
        OpenServices(),
        OpenServices(1),
        OpenService(MEALS),
        *(OpenTopic(MEALS, each.value) for each in Topic),
        OpenTopic(MEALS, Topic.WHERE.value, 1, spelled=True),
        *(OpenOwnTopic(number, each.value, spelled=True) for each in Topic),
        OpenRoutes(MEALS),
        OpenRoute(MEALS, "refused"),
        OpenEnquiry(number),
        OpenAnswers(number),
        AskAgain(number, "family"),
        OpenGrounds(number),
        OpenPapers(number),
        TurnPapers(number, 9),
        OpenPaper(number, "application"),
        OpenNextSteps(number),
        AskDay(number),
        AskDay(number, misread=True),
        OpenDue(number, NOW.toordinal()),
        ManageEnquiry(number),
        NameEnquiry(number),
        AskToDelete(number),
        FillApplication(number, "application"),
        AskField(number, "child"),
        AskField(number, "child", overlong=True),
        OpenPreview(number),
        OpenMine(),
        TurnMine(1),
        OpenNews(),
        OpenStatistics(),
        *(OpenTopicFigures(each.value, 30) for each in FiguresTopic if each != "all"),
        OpenTopicFigures("stop", 7, MEALS),
        OpenPosters(1),
        OpenPublishing(),
        OpenVersions(MEALS),
        OpenVersion(MEALS, 1),
        OpenOffer(MEALS),
        AskFile(),
        AskFile("large"),
        OpenMistakes(),
        OpenDraft(1),
        OpenMoved(1),
        AskBeginning(1),
        AskBeginning(1, misread=True),
        ConfirmPublishing(1, 0),
        OpenParts(1),
        OpenSlots(1, "terms"),
        AskValue(1, "terms.0.text", "ru"),
        AskValue(1, "terms.0.amount"),
        OpenAnnouncements(),
        ChooseAudience(),
        ChooseArea("official", 1),
        AskWords(1, "kk"),
        AskWords(1, "ru", overlong=True),
        OpenAnnouncement(1),
        ConfirmAnnouncement(1),
        OpenTables(),
        *(OpenTables(trouble=each) for each in ("large", "lost", "broken", "none")),
        *(OpenImport(each) for each in range(1, 1 + len(SENT))),
        AskUndo(1),
    )


FIGURES = {"added": 1, "changed": 2, "removed": 1, "untouched": 9, "absent": 0, "errors": 0}
PROBLEM = {"row": 3, "column": "phones", "value": "12", "wrong": "phone_short"}
FIRST = {"row": 2, "id": "of0351", "field": "phones", "old": None, "new": "+77270000001"}
SENT: tuple[tuple[imports.State, dict[str, Any]], ...] = (
    ("waiting", {}),
    ("ready", {"first": [{"what": "changed", **FIRST}, {"what": "removed", "id": "of0351"}]}),
    ("faulty", {"problems": [{**PROBLEM, "facts": {"given": "12"}}]}),
    ("faulty", {"refused": {"by": "sheet", "wrong": "merged", "facts": {"where": "A1:B1"}}}),
    ("faulty", {"failed": True}),
    ("left", {}),
    ("applying", {}),
    ("applied", {}),
    ("undoing", {}),
    ("undone", {"changes": 3, "left": [{"office": "of0351", "field": "phones"}]}),
)


async def sent_tables(visitor: Visitor) -> None:
    """A table in each state there is."""
    async with visitor.database.writing() as tx:
        for state, findings in SENT:
            number = await imports.begin(
                tx, origin="chat", person_id=visitor.id, file_name="1.csv", now=NOW, state=state
            )
            figures = {**FIGURES, "errors": len(findings.get("problems", ())), "ignored": ["N"]}
            await imports.tell(tx, number, base=0, summary=figures, findings=findings)
            if state in {"applied", "undoing", "undone"}:
                await imports.sign_applied(tx, number, visitor.id, NOW)


async def announced(visitor: Visitor) -> None:
    """The first announcement: a draft in both languages."""
    async with visitor.database.writing() as tx:
        audience = Audience(parents=False, role="official", area="akmola")
        number = await announcements.begin(tx, audience, visitor.id, NOW)
        for language in ("kk", "ru"):
            await announcements.write(tx, number, language, "Abc 123")


async def invited(visitor: Visitor) -> None:
    """The first link for a role."""
    scope = {"offices": ["of0351"], "regions": ["karaganda"], "services": [MEALS]}
    async with visitor.database.writing() as tx:
        await invite(tx, Hand(visitor.id, "chat", NOW), "official", scope)


async def drafted(visitor: Visitor) -> None:
    """A version of a service by an admin, what a release says otherwise, and a draft."""
    library = visitor.knowledge.library
    bodies = [body_of(each) for each in library.services.values()]
    meals = body_of(library.services[MEALS])
    async with visitor.database.writing() as tx:
        await services.bring_release(tx, bodies, NOW)
        await services.publish(
            tx, MEALS, 2, {**meals, "version": 2}, valid_from=NOW, now=NOW, person=visitor.id
        )
        await services.bring_release(tx, [{**meals, "version": 3, "see_also": []}], NOW)
        await services.keep_draft(
            tx,
            MEALS,
            {**meals, "situations": ["low_income"]},
            based_on="1",
            person=visitor.id,
            now=NOW,
        )


def test_no_view_is_without_a_sample(conversation: Conversation) -> None:
    shown = {type(each) for each in samples(1)}
    assert {each.action for each in conversation.views} - shown - ELSEWHERE == set()


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_every_view_is_shown_in_both_languages(visitor: Visitor, language: str) -> None:
    await visitor.starts()
    await visitor.opens(SetLanguage(language))
    await visitor.types("обед")
    await visitor.opens(StartEnquiry(MEALS))
    await visitor.opens(Answer(1, "school", "state"))
    await visitor.opens(Answer(1, "family", "assistance"))
    await visitor.opens(FindOffice(MEALS))
    await visitor.does(Located(46.85, 74.99))
    await visitor.holds("admin", "editor", "viewer")
    await announced(visitor)
    await drafted(visitor)
    await invited(visitor)
    await sent_tables(visitor)
    await bring(visitor)
    await reported(visitor)
    for action in samples(1):
        shown = await visitor.opens(action)
        assert not shown.alert, action
        # What an annex says word for word is shown in its own language to whoever asks for that,
        # and whoever changes an office sees its fields of both.
        both = isinstance(action, OfficePrinted | EditOffice | AskOfficeField)
        of = "kk" if both else language
        assert_fits(visitor.screen, LANGUAGES[of])
        labels = visitor.labels()
        assert all(len(each) <= LABEL_LIMIT for each in labels)
        if language == "ru":
            # The language of the other calls itself by its own name, and so does a region.
            words = "".join(labels).replace("Қазақша", "").replace("Ұлытау", "")
            assert not set("ғқңөұүһ") & set(words.lower())
        again = await visitor.looks_again()
        assert again.screen is not None


@pytest.mark.parametrize("name", sorted(each.stem for each in (DATA / "services").glob("*.yaml")))
async def test_a_service_is_three_taps_from_the_start_at_most(
    visitor: Visitor, knowledge: Knowledge, name: str
) -> None:
    await visitor.starts()
    await visitor.opens(SetLanguage("ru"))
    situation = knowledge.library.services[name].situations[0]
    taps = (OpenSituation(situation), OpenService(name))
    for tap in taps:
        assert tap in [each.does for each in visitor.buttons()]
        await visitor.opens(tap)
    assert StartEnquiry(name) in [each.does for each in visitor.buttons()]
    await visitor.starts(f"s-{name}")
    assert (await visitor.person()).view == OpenService(name).pack()
