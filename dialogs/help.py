"""Help: what the bot can do, in a few lines."""

from dialogs.doors import OpenGlossary, OpenHelp, OpenLanguage, OpenPrivacy
from dialogs.homeward import home
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, leads_to, page


def show_help(say: Speech, _: OpenHelp) -> Screen:
    """What to write, what the buttons do, which commands there are."""
    return Screen(
        say(
            "<b>How I can help</b>\n\n"
            "Write what your child needs, in your own words: “kindergarten”, “free meals”, "
            "“guardianship”. I ask a few questions and then say whether the service is for you, "
            "which papers to bring, and why.\n\n"
            "You can stop at any moment and come back later: I remember where you were. "
            "Old buttons work too.\n\n"
            "/menu – the main menu\n"
            "/mine – what you began\n"
            "/office – find an office\n"
            "/watches – the papers you handed in\n"
            "/complain – write a complaint\n"
            "/complaints – your complaints\n"
            "/glossary – what official words mean\n"
            "/language – change the language\n"
            "/privacy – what I keep about you\n"
            "/cancel – stop what we are doing"
        ),
        (
            (Button(say.label("What do these words mean?"), OpenGlossary()),),
            (home(say),),
            (
                Button(say.label("Language"), OpenLanguage()),
                Button(say.label("What I keep"), OpenPrivacy()),
            ),
        ),
    )


DIALOG = Dialog(
    views=(page(OpenHelp, show_help),),
    commands={"help": leads_to(OpenHelp())},
)
