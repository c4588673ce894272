"""The alarm: what admins are told when something of ours broke; never what a person wrote."""

from dialogs.markup import lines, paragraphs
from dialogs.screen import Screen
from dialogs.speech import Speech


def show_alarm(say: Speech, where: str, kind: str, place: str) -> Screen:
    """A kind of fault that is new, with where to look for it."""
    return Screen(
        paragraphs(
            say("<b>Something new broke</b>"),
            lines(
                say("Where: {where}", where=where),
                say("What: {kind}", kind=kind),
                say("At: <code>{place}</code>", place=place),
            ),
            say("More is in the log. You will not be told of this kind again."),
        )
    )
