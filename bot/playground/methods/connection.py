"""How the bot is connected: who it is, its webhook, logging out. Polling waits, so it is apart."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.playground.calls import Call
from bot.playground.errors import bad_request
from bot.playground.exchange import Exchange, Webhook
from bot.playground.guard import LOOPBACK
from bot.playground.methods.registry import method

LONGEST_SECRET = 256
MOST_CONNECTIONS = 100
USUAL_CONNECTIONS = 40


def get_me(exchange: Exchange, call: Call) -> dict[str, Any]:
    del call
    town = exchange.town
    return {
        **town.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not town.privacy_mode,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def allow(exchange: Exchange, call: Call) -> None:
    """Keep only the kinds of updates that were asked for; not asking leaves all as it was."""
    asked = call.json("allowed_updates")
    if isinstance(asked, list):
        exchange.town.updates.allow(str(kind) for kind in asked)


def set_webhook(exchange: Exchange, call: Call) -> bool:
    url = call.text("url")
    if not url:
        return delete_webhook(exchange, call)
    _check_url(url)
    secret = call.text("secret_token")
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    allow(exchange, call)
    if call.flag("drop_pending_updates"):
        exchange.town.updates.clear()
    most = call.integer("max_connections", USUAL_CONNECTIONS)
    exchange.connect(
        Webhook(
            url=url,
            secret_token=secret,
            max_connections=min(max(1, most), MOST_CONNECTIONS),
            ip_address=call.text("ip_address"),
        )
    )
    return True


def _check_url(url: str) -> None:
    """HTTPS as Telegram demands; plain HTTP only to this very machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise bad_request("bad webhook: invalid webhook URL specified") from error
    if not host:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


def delete_webhook(exchange: Exchange, call: Call) -> bool:
    if call.flag("drop_pending_updates"):
        exchange.town.updates.clear()
    exchange.connect(Webhook())
    return True


def get_webhook_info(exchange: Exchange, call: Call) -> dict[str, Any]:
    del call
    webhook = exchange.webhook
    body: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(exchange.town.updates),
    }
    if webhook.url:
        body["max_connections"] = webhook.max_connections
        if webhook.ip_address:
            body["ip_address"] = webhook.ip_address
        if webhook.last_error_date:
            body["last_error_date"] = webhook.last_error_date
            body["last_error_message"] = webhook.last_error_message
    if exchange.town.updates.allowed:
        body["allowed_updates"] = sorted(exchange.town.updates.allowed)
    return body


def harmless(exchange: Exchange, call: Call) -> bool:
    """Logging out and closing: there is no other server to move to."""
    del exchange, call
    return True


METHODS = (
    method("getMe", get_me),
    method(
        "setWebhook",
        set_webhook,
        "url",
        "secret_token",
        "max_connections",
        "ip_address",
        "allowed_updates",
        "drop_pending_updates",
    ),
    method("deleteWebhook", delete_webhook, "drop_pending_updates"),
    method("getWebhookInfo", get_webhook_info),
    method("logOut", harmless),
    method("close", harmless),
)
