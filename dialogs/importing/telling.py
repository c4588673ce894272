"""What is written to whoever sent a table and went on with something else meanwhile."""

from dialogs.importing.actions import OpenImport
from dialogs.screen import Button, Screen
from dialogs.speech import Speech


def done_notice(say: Speech, number: int) -> Screen:
    """That the work with a table is done."""
    return Screen(
        say(
            "The work with your table of offices {number} is done. Look at what came of it.",
            number=number,
        ),
        ((Button(say.label("Open it"), OpenImport(number)),),),
    )
