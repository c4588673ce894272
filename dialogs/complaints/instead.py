"""Instead: what parents can do themselves while no official of the bot has their complaint."""

from collections.abc import Iterator

from markupsafe import Markup

from core.complaints.deadlines import Appeals
from core.complaints.model import can
from dialogs.complaints.actions import GoFurther, OpenWays, SavePaper
from dialogs.complaints.words import Facts
from dialogs.doors import OpenComplaint
from dialogs.markup import bold, lines, paragraphs
from dialogs.screen import Button, Link, Rows, Screen
from dialogs.speech import Speech

PORTAL = "eotinish"
"""The way out, by its id in data/appeals.yaml, that has a page to open."""


def show_not_taken(say: Speech, facts: Facts, appeals: Appeals) -> Screen:
    """That nobody has taken it in time, and everything to send it without the bot."""
    own = facts.complaint.id
    text = paragraphs(
        bold(say.label("Complaint No. {number}", number=facts.number)),
        say("No official has taken your complaint in this bot by the end of the next working day."),
        *yourself(say, facts, appeals),
        say("<b>What shall we do?</b> Here it stays open as well."),
    )
    further: Rows = ()
    if can(facts.complaint.state, "went_on"):
        further = ((Button(say.label("Complain one step higher"), GoFurther(own)),),)
    opens = (Button(say.label("Open the complaint"), OpenComplaint(own)),)
    return Screen(text, (*by_oneself(say, facts, appeals), *further, opens))


def yourself(say: Speech, facts: Facts, appeals: Appeals) -> Iterator[Markup]:
    """Where to send the paper, that there is a portal, and how much time there is."""
    office = facts.addressee or facts.about
    if office is None:
        yield say(
            "You can send it yourself: print the paper, find the address of the office, and hand "
            "it in or post it. Or use eOtinish."
        )
    else:
        details = (say.of(office.address), ", ".join(office.phones))
        yield lines(
            say(
                "You can send it yourself: print the paper and hand it in or post it, or use "
                "eOtinish. The office:"
            ),
            Markup.escape(say.of(office.name)),
            *(Markup.escape(each) for each in details if each),
        )
    ground = appeals.grounds[appeals.months_ground]
    yield say.plural(
        "There is {number} month for it from the day you learned of the matter "
        "(article {article}: {act}).",
        "There are {number} months for it from the day you learned of the matter "
        "(article {article}: {act}).",
        appeals.months_to_complain,
        article=ground.article,
        act=say.of(ground.act),
    )


def by_oneself(say: Speech, facts: Facts, appeals: Appeals) -> Rows:
    """The paper in both languages, the portal, and all other ways."""
    own = facts.complaint.id
    portal = [
        Button(say.label("Open {name}", name="eOtinish"), Link(str(each.url)))
        for each in appeals.ways
        if each.id == PORTAL and each.url is not None
    ]
    return (
        papers_row(say, own),
        (*portal, Button(say.label("Other ways"), OpenWays(own))),
    )


def papers_row(say: Speech, complaint: int) -> tuple[Button, ...]:
    """The complaint on paper, in either language."""
    return (
        Button(say.label("Paper in Kazakh"), SavePaper(complaint, "kk")),
        Button(say.label("Paper in Russian"), SavePaper(complaint, "ru")),
    )
