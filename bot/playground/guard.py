"""Who may use the page and the control API: this machine's own browser, and no other site in it."""

import ipaddress
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
WILDCARDS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - to recognise, not to bind
SAFE_METHODS = frozenset({"GET", "HEAD"})
BODY_TYPES = frozenset({"application/json", "multipart/form-data"})
OWN_SITE = frozenset({"same-origin", "none"})
CONTROL = "/play/api/"
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Guard:
    """Checks a request before it reaches the page or the control API."""

    def __init__(self, host: str) -> None:
        self._host = host

    def wrap(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            objection = self.objection(request)
            if objection:
                status, text = objection
                response: web.StreamResponse = web.json_response({"error": text}, status=status)
            else:
                response = await handler(request)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return guarded

    def objection(self, request: web.Request) -> tuple[int, str] | None:
        """Why this request is refused, with its status; None when it may pass."""
        host = host_name(request.headers.get("Host", ""))
        if not self._is_ours(host):
            return HTTPStatus.FORBIDDEN, "this playground is not served under that host name"
        site = request.headers.get("Sec-Fetch-Site")
        changes = request.method not in SAFE_METHODS
        if site and site not in OWN_SITE and (changes or request.path.startswith(CONTROL)):
            return HTTPStatus.FORBIDDEN, "another site cannot use the playground"
        if not changes:
            return None
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.headers["Host"]:
            return HTTPStatus.FORBIDDEN, "another site cannot use the playground"
        if request.can_read_body and request.content_type not in BODY_TYPES:
            return (
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                "send application/json, or multipart/form-data with a file",
            )
        return None

    def _is_ours(self, host: str) -> bool:
        if host in LOOPBACK or host == self._host:
            return bool(host)
        # A name can be pointed at this machine from outside; a bare address cannot.
        return self._host in WILDCARDS and _is_address(host)


def host_name(header: str) -> str:
    """The host of a Host header, without its port."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
