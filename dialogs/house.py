"""The house: all conversations of the bot, joined into one."""

from dialogs import (
    announcements,
    application,
    checklist,
    editing,
    enquiry,
    glossary,
    home,
    interruption,
    language,
    mine,
    naming,
    next_steps,
    posters,
    privacy,
    publishing,
    routes,
    search,
    services,
    statistics,
    telling,
)
from dialogs import help as help_dialog
from dialogs.admin import menu as admin_menu
from dialogs.complaints import (
    contacting,
    drafting,
    following,
    gathering,
    opening,
    placing,
    sending,
    ways,
)
from dialogs.conversation import Conversation
from dialogs.doors import OpenMenu
from dialogs.importing import tables
from dialogs.offices import asking, card, listing, maps, sources
from dialogs.officials import handling, moderating, queue
from dialogs.papers import checklist as checklist_paper
from dialogs.people import adding, joining, revoking
from dialogs.people import listing as people_listing
from dialogs.turn import Dialog
from dialogs.watch import noting, refusing, watching

DIALOGS = (
    home.DIALOG,
    language.DIALOG,
    help_dialog.DIALOG,
    glossary.DIALOG,
    privacy.DIALOG,
    interruption.DIALOG,
    search.DIALOG,
    services.DIALOG,
    telling.DIALOG,
    routes.DIALOG,
    enquiry.DIALOG,
    naming.DIALOG,
    checklist.DIALOG,
    checklist_paper.DIALOG,
    next_steps.DIALOG,
    application.DIALOG,
    mine.DIALOG,
    asking.DIALOG,
    listing.DIALOG,
    card.DIALOG,
    maps.DIALOG,
    sources.DIALOG,
    drafting.DIALOG,
    placing.DIALOG,
    gathering.DIALOG,
    contacting.DIALOG,
    sending.DIALOG,
    ways.DIALOG,
    following.DIALOG,
    opening.DIALOG,
    handling.DIALOG,
    moderating.DIALOG,
    queue.DIALOG,
    statistics.DIALOG,
    posters.DIALOG,
    *announcements.DIALOGS,
    *publishing.DIALOGS,
    tables.DIALOG,
    watching.DIALOG,
    noting.DIALOG,
    refusing.DIALOG,
    people_listing.DIALOG,
    adding.DIALOG,
    joining.DIALOG,
    revoking.DIALOG,
    *editing.DIALOGS,
    admin_menu.DIALOG,
)


def make_conversation() -> Conversation:
    """The whole conversation; the start command knows the links of all dialogs."""
    links = {name: step for each in DIALOGS for name, step in each.links.items()}
    start = Dialog(commands={"start": home.starting(links)})
    return Conversation((*DIALOGS, start), home=OpenMenu())
