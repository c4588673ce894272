"""Reading: what Telegram's updates say, in the words of the dialogs."""

from aiogram.enums import ContentType
from aiogram.types import Message, User

from dialogs.turn import Command, Event, Given, Introduced, Kind, Located, Sent, Typed

LONGEST_NAME = 100
SENT_BY_HAND = frozenset(
    {
        ContentType.CHECKLIST,
        ContentType.DICE,
        ContentType.GAME,
        ContentType.LIVE_PHOTO,
        ContentType.PAID_MEDIA,
        ContentType.POLL,
        ContentType.RICH_MESSAGE,
        ContentType.STORY,
    }
)


def read_message(message: Message, bot_name: str) -> Event | None:
    """The event of a message in a private chat; None for what needs no answer (a pin, a title)."""
    text = message.text
    if text is not None:
        return read_command(text, bot_name) if is_command(text) else Typed(text, _replied(message))
    return _shared(message) or _sent(message)


def name_of(user: User) -> str:
    """What Telegram calls somebody, in one line that cannot turn the text around it."""
    called = f"{user.full_name} (@{user.username})" if user.username else user.full_name
    return " ".join("".join(filter(str.isprintable, called)).split())[:LONGEST_NAME]


def is_command(text: str) -> bool:
    """Whether a text begins as commands do: a slash with a name right behind it."""
    return text.startswith("/") and text[1:2].isalpha()


def read_command(text: str, bot_name: str) -> Command | None:
    """The command that a text begins with; None if it is meant for another bot."""
    first, _, argument = text[1:].partition(" ")
    name, at, addressed = first.partition("@")
    if at and addressed.lower() != bot_name.lower():
        return None
    return Command(name.lower(), argument.strip())


def _shared(message: Message) -> Given | None:
    if message.venue is not None:
        where = message.venue.location
        return Located(where.latitude, where.longitude, message.venue.title)
    if message.location is not None:
        return Located(message.location.latitude, message.location.longitude)
    if message.contact is not None:
        sender = message.from_user.id if message.from_user else None
        own = sender is not None and message.contact.user_id == sender
        return Introduced(message.contact.phone_number, own)
    return None


def _replied(message: Message) -> int | None:
    """The message that this one is a reply to."""
    return message.reply_to_message.message_id if message.reply_to_message else None


def _sent(message: Message) -> Sent | None:
    album = message.media_group_id or ""
    caption = message.caption or ""
    reply_to = _replied(message)
    if message.photo:
        largest = message.photo[-1]
        return Sent(
            Kind.PHOTO,
            largest.file_id,
            size=largest.file_size or 0,
            caption=caption,
            album=album,
            reply_to=reply_to,
        )
    for kind, file in (
        # An animation comes as a document, too, but can only be sent on as what it is.
        (Kind.ANIMATION, message.animation),
        (Kind.DOCUMENT, message.document),
        (Kind.VIDEO, message.video),
        (Kind.VIDEO_NOTE, message.video_note),
        (Kind.VOICE, message.voice),
        (Kind.AUDIO, message.audio),
    ):
        if file is not None:
            name = getattr(file, "file_name", None) or ""
            return Sent(kind, file.file_id, name, file.file_size or 0, caption, album, reply_to)
    if message.sticker is not None:
        return Sent(Kind.STICKER)
    return Sent(Kind.OTHER) if message.content_type in SENT_BY_HAND else None
