"""In a group: what the bot says where several people read."""

from dialogs.screen import Button, Link, Screen
from dialogs.speech import Speech


def show_invitation(say: Speech, bot_name: str) -> Screen:
    """Parents are helped in private only."""
    return Screen(
        say("I help parents one to one, so that nobody reads along. Open a private chat with me."),
        ((Button(say.label("Open a private chat"), Link(f"https://t.me/{bot_name}?start=g")),),),
    )


def private_only(say: Speech) -> str:
    """What is flashed over a button pressed in a group."""
    return say.label("This works in a private chat with me only.")
