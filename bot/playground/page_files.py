"""The page's own files and its words, served as they are, under a strict content policy."""

import re
from pathlib import Path

from aiohttp import web

from bot.playground.guard import Guard

PAGE = Path(__file__).parent / "page"
LOCALES = Path(__file__).parents[2] / "locales"
TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}
NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.(html|js|css|json|webmanifest)")


class PageFiles:
    """Plain files beside each other; only names of known kinds are looked at."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._guard.wrap(self._file)),
            web.get("/words/{language:[a-z]{2}}.json", self._guard.wrap(self._words)),
            web.get("/{name:.+}", self._guard.wrap(self._file)),
        ]

    async def _file(self, request: web.Request) -> web.Response:
        return _served(PAGE, request.match_info.get("name", "index.html"))

    async def _words(self, request: web.Request) -> web.Response:
        return _served(LOCALES, f"playground.{request.match_info['language']}.json")


def _served(folder: Path, name: str) -> web.Response:
    path = folder / name
    *folders, file = name.split("/")
    if not NAME.fullmatch(file) or not all(part.isalnum() for part in folders):
        raise web.HTTPNotFound
    if path.suffix not in TYPES or not path.is_file():
        raise web.HTTPNotFound
    return web.Response(body=path.read_bytes(), content_type=TYPES[path.suffix], charset="utf-8")
