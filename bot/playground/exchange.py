"""What every Bot API method works with: the town, the limits, the webhook, and which chats."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.playground.calls import Call
from bot.playground.errors import ApiError, bad_request, forbidden
from bot.playground.limits import Limits
from bot.playground.residents import Chat, Message
from bot.playground.town import Town


@dataclass(slots=True)
class Webhook:
    """Where updates go, as the bot asked; an empty address means polling."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = ""
    last_error_date: int = field(default=0, compare=False)
    last_error_message: str = field(default="", compare=False)


class Exchange:
    """One bot's side of the town."""

    def __init__(self, town: Town, limits: Limits) -> None:
        self.town = town
        self.limits = limits
        self.webhook = Webhook()
        self.on_connect: Callable[[Webhook], None] | None = None

    def connect(self, webhook: Webhook) -> None:
        """Send updates there from now on; setting the same webhook again disturbs nothing."""
        if webhook == self.webhook:
            return
        self.webhook = webhook
        if self.on_connect:
            self.on_connect(webhook)

    def chat(self, call: Call, name: str = "chat_id") -> Chat:
        """A chat that the bot may look at."""
        value = call.text(name)
        if not value:
            raise bad_request(f"{name} is empty")
        chat = self._find(value)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable(self, call: Call) -> Chat:
        """A chat that the bot may write to now."""
        chat = self.chat(call)
        if chat.is_private:
            self._check_person(chat.id)
        else:
            self._check_group(chat)
        return chat

    def visible(self, call: Call, name: str = "chat_id") -> Chat:
        """A chat whose members and settings the bot may see."""
        chat = self.chat(call, name)
        if not chat.is_private:
            self._check_group(chat)
        return chat

    def message(self, chat: Chat, message_id: int, purpose: str) -> Message:
        """A message of the chat, for an act that Telegram names `purpose`."""
        if message_id <= 0:
            raise bad_request("message identifier is not specified")
        message = chat.messages.get(message_id)
        if message is None:
            raise bad_request(f"message to {purpose} not found")
        return message

    def _find(self, value: str) -> Chat | None:
        town = self.town
        if value.startswith("@"):
            wanted = value[1:].lower()
            number = next(
                (who.id for who in town.people.values() if who.username.lower() == wanted), 0
            )
            return town.chat(number) if number and town.people[number].started else None
        try:
            number = int(value)
        except ValueError:
            return None
        chat = town.chats.get(number)
        return chat or (town.chat(number) if number in town.people else None)

    def _check_person(self, person_id: int) -> None:
        person = self.town.people[person_id]
        if person.deactivated:
            raise forbidden("user is deactivated")
        if person.blocked_bot:
            raise forbidden("bot was blocked by the user")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")

    def _check_group(self, chat: Chat) -> None:
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        status = chat.statuses.get(self.town.bot_id)
        kind = "supergroup" if chat.type == "supergroup" else "group"
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {kind} chat")
        if not chat.present(self.town.bot_id):
            raise forbidden(f"bot is not a member of the {kind} chat")


def migrated(to: int) -> ApiError:
    what = "group chat was upgraded to a supergroup chat"
    return bad_request(what, migrate_to_chat_id=to)
