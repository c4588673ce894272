"""The profile: what Telegram shows of the bot before anything is said."""

from dialogs.speech import Speech


def description(say: Speech) -> str:
    """What stands in an empty chat, above the start button."""
    return say.label(
        "Write what your child needs, in Kazakh or Russian. I find the right service, the papers, "
        "the office and the date, and tell you which paragraph says so."
    )


def short_description(say: Speech) -> str:
    """What stands on the card of the bot and where it is shared."""
    return say.label("Services for families in Kazakhstan: the papers, the office, the date.")


def commands(say: Speech) -> tuple[tuple[str, str], ...]:
    """The list of commands, each with what it does."""
    return (
        ("start", say.label("Begin")),
        ("menu", say.label("Main menu")),
        ("mine", say.label("What I began")),
        ("office", say.label("Find an office")),
        ("watches", say.label("Papers I handed in")),
        ("complain", say.label("A new complaint")),
        ("complaints", say.label("My complaints")),
        ("forget", say.label("Erase it all")),
        ("glossary", say.label("What official words mean")),
        ("help", say.label("How it works")),
        ("language", say.label("Change the language")),
        ("privacy", say.label("What is kept about me")),
        ("cancel", say.label("Stop what we are doing")),
    )
