"""Screens as JSON can hold them, for the outgoing queue: what is read back shows the same."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from markupsafe import Markup

from dialogs.action import Action
from dialogs.screen import Ask, Button, File, FileKind, Inline, Link, Request, Screen, Venue


@dataclass(frozen=True, slots=True)
class Packed(Action):
    """An action as it was packed; another release, which may not know it, still delivers it."""

    code: ClassVar[str] = ""
    data: str

    def pack(self) -> str:
        """The action as it was packed."""
        return self.data


def screen_to_json(screen: Screen) -> dict[str, Any]:
    """A screen as JSON can hold it; what it does not have is left out."""
    written: dict[str, Any] = {"text": str(screen.text)}
    if screen.rows:
        written["rows"] = [[_button_to_json(each) for each in row] for row in screen.rows]
    if screen.file:
        written["file"] = _file_to_json(screen.file)
    if screen.request:
        written["request"] = {"what": screen.request.what.value, "label": screen.request.label}
    if screen.protect:
        written["protect"] = True
    if screen.quiet:
        written["quiet"] = True
    if screen.venue:
        written["venue"] = asdict(screen.venue)
    return written


def screen_from_json(written: Mapping[str, Any]) -> Screen:
    """The screen that was written so; raises what a Screen has against it."""
    request = written.get("request")
    return Screen(
        text=Markup(written["text"]),  # noqa: S704 - it was markup when it was written
        rows=tuple(tuple(map(_button_from_json, row)) for row in written.get("rows", ())),
        file=_file_from_json(written["file"]) if "file" in written else None,
        request=Request(Ask(request["what"]), request["label"]) if request else None,
        protect=written.get("protect", False),
        quiet=written.get("quiet", False),
        venue=Venue(**written["venue"]) if "venue" in written else None,
    )


def _button_to_json(button: Button) -> dict[str, str]:
    match button.does:
        case Link(url):
            does = {"url": url}
        case Inline(query):
            does = {"inline": query}
        case action:
            does = {"action": action.pack()}
    return {"label": button.label, **does}


def _button_from_json(written: Mapping[str, str]) -> Button:
    does: Action | Link | Inline
    if "url" in written:
        does = Link(written["url"])
    elif "inline" in written:
        does = Inline(written["inline"])
    else:
        does = Packed(written["action"])
    return Button(written["label"], does)


def _file_to_json(file: File) -> dict[str, str]:
    written = {"kind": file.kind.value, "name": file.name}
    if file.telegram_id:
        return {**written, "telegram_id": file.telegram_id}
    return {**written, "content": b64encode(file.content).decode("ascii")}


def _file_from_json(written: Mapping[str, str]) -> File:
    return File(
        kind=FileKind(written["kind"]),
        name=written["name"],
        content=b64decode(written.get("content", "")),
        telegram_id=written.get("telegram_id", ""),
    )
