"""Privacy: what is kept of a person, why, and for how long."""

from dialogs.doors import OpenMenu, OpenNews, OpenPrivacy
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, View, Visit, leads_to


def show_privacy(say: Speech, months: int) -> Screen:
    """Every stored thing with its reason and its term."""
    term = say.plural("{number} month", "{number} months", months)
    return Screen(
        say(
            "<b>What I keep about you</b>\n\n"
            "• Your Telegram number (not your phone), so that I can answer you.\n"
            "• Your language, and where we stopped.\n"
            "• Your answers to the questions about a service, locked with a key. "
            "They are deleted when you have not come back for {term}.\n"
            "• The names you give to what you began, locked, for as long.\n"
            "• What you type into an application, locked, until the paper is made, and no longer "
            "than a day; after that only if you ask me to.\n\n"
            "I keep no other name, phone or place of yours, and nobody else sees your answers.",
            term=term,
        ),
        (
            (
                Button(say.label("News"), OpenNews()),
                Button(say.label("Main menu"), OpenMenu()),
            ),
        ),
    )


async def _months(visit: Visit, _: OpenPrivacy) -> int:
    return visit.knowledge.enquiry_keep_months


DIALOG = Dialog(
    views=(View(OpenPrivacy, _months, show_privacy),),
    commands={"privacy": leads_to(OpenPrivacy())},
)
