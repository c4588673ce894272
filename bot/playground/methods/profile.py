"""What the bot says about itself: commands, names, descriptions, the menu button."""

import re
from collections.abc import Callable
from typing import Any

from bot.playground.calls import Call
from bot.playground.errors import bad_request
from bot.playground.exchange import Exchange
from bot.playground.methods.registry import Method, method
from bot.playground.town import Profile

LONGEST_COMMAND = 32
LONGEST_COMMAND_DESCRIPTION = 256
MOST_COMMANDS = 100
SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)
MENU_BUTTONS = frozenset({"commands", "web_app", "default"})
NEEDS_CHAT = frozenset({"chat", "chat_administrators", "chat_member"})

Texts = Callable[[Profile], dict[str, str]]


def _scope(exchange: Exchange, call: Call) -> str:
    """The scope as a short key."""
    scope = call.json("scope") or {"type": "default"}
    kind = str(scope.get("type", "")) if isinstance(scope, dict) else ""
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if kind not in NEEDS_CHAT:
        return kind
    inside = Call(call.method, frozenset({"chat_id"}), scope, {})
    return f"{kind}:{exchange.chat(inside).id}:{scope.get('user_id', '')}"


def _language(call: Call) -> str:
    language = call.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("LANG_CODE_INVALID")
    return language


def set_my_commands(exchange: Exchange, call: Call) -> bool:
    commands = call.objects("commands")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = [_command(item) for item in commands]
    key = (_scope(exchange, call), _language(call))
    if kept:
        exchange.town.profile.commands[key] = kept
    else:
        exchange.town.profile.commands.pop(key, None)
    exchange.town.feed.add("commands", 0)
    return True


def _command(item: dict[str, Any]) -> dict[str, str]:
    name = str(item.get("command", "")).removeprefix("/")
    text = str(item.get("description", "")).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > LONGEST_COMMAND:
        raise bad_request(f"command length must not exceed {LONGEST_COMMAND}")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not text:
        raise bad_request("command description must be non-empty")
    if len(text) > LONGEST_COMMAND_DESCRIPTION:
        raise bad_request(
            f"command description length must not exceed {LONGEST_COMMAND_DESCRIPTION}"
        )
    return {"command": name, "description": text}


def get_my_commands(exchange: Exchange, call: Call) -> list[dict[str, str]]:
    key = (_scope(exchange, call), _language(call))
    return exchange.town.profile.commands.get(key, [])


def delete_my_commands(exchange: Exchange, call: Call) -> bool:
    exchange.town.profile.commands.pop((_scope(exchange, call), _language(call)), None)
    exchange.town.feed.add("commands", 0)
    return True


def _text_methods(suffix: str, field: str, longest: int, texts: Texts) -> tuple[Method, Method]:
    """The setter and the getter of one text about the bot."""

    def write(exchange: Exchange, call: Call) -> bool:
        text, language = call.text(field).strip(), _language(call)
        if len(text) > longest:
            raise bad_request(
                f"{field.replace('_', ' ')} must be at most {longest} characters long"
            )
        kept = texts(exchange.town.profile)
        if text:
            kept[language] = text
        else:
            kept.pop(language, None)
        exchange.town.feed.add("commands", 0)
        return True

    def read(exchange: Exchange, call: Call) -> dict[str, str]:
        kept = texts(exchange.town.profile)
        otherwise = exchange.town.bot["first_name"] if field == "name" else ""
        return {field: kept.get(_language(call)) or kept.get("") or otherwise}

    return (
        method(f"setMy{suffix}", write, field, "language_code"),
        method(f"getMy{suffix}", read, "language_code"),
    )


def set_chat_menu_button(exchange: Exchange, call: Call) -> bool:
    button = call.json("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or str(button.get("type")) not in {
        "commands",
        "web_app",
        "default",
    }:
        raise bad_request("can't parse MenuButton: unsupported type specified")
    exchange.town.profile.menu_buttons[call.integer("chat_id")] = button
    return True


def get_chat_menu_button(exchange: Exchange, call: Call) -> dict[str, Any]:
    buttons = exchange.town.profile.menu_buttons
    return buttons.get(call.integer("chat_id")) or buttons.get(0) or {"type": "commands"}


METHODS = (
    method("setMyCommands", set_my_commands, "commands", "scope", "language_code"),
    method("getMyCommands", get_my_commands, "scope", "language_code"),
    method("deleteMyCommands", delete_my_commands, "scope", "language_code"),
    *_text_methods("Name", "name", 64, lambda profile: profile.names),
    *_text_methods("Description", "description", 512, lambda profile: profile.descriptions),
    *_text_methods(
        "ShortDescription", "short_description", 120, lambda profile: profile.short_descriptions
    ),
    method("setChatMenuButton", set_chat_menu_button, "chat_id", "menu_button"),
    method("getChatMenuButton", get_chat_menu_button, "chat_id"),
)
