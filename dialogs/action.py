"""Actions: what a button means, as a small typed value that packs into Telegram's 64 bytes.

An action names the thing it is about (which enquiry, which option), never a place on a stack,
so that a button pressed a year later still says the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from types import NoneType, UnionType
from typing import ClassVar, Union, cast, get_args, get_origin, get_type_hints

LIMIT_BYTES = 64
SEPARATOR = ":"
LARGEST = 2**63 - 1
"""The largest number that both databases hold."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

Field = str | int | bool | None
FieldKinds = tuple[tuple[type, bool], ...]


class ActionError(ValueError):
    """An action that cannot be packed, or packed text that is no action of ours."""


@dataclass(frozen=True, slots=True)
class Action:
    """The base of all actions; a subclass names its `code`, which is a persisted name."""

    code: ClassVar[str]

    def pack(self) -> str:
        """This action as callback data; refuses what Telegram would refuse."""
        return _packed(self)


class Codebook:
    """Every kind of action there is, by its code: reads back what buttons hold."""

    def __init__(self, kinds: Iterable[type[Action]]) -> None:
        self._kinds: dict[str, type[Action]] = {}
        self._fields: dict[str, FieldKinds] = {}
        for kind in kinds:
            if SEPARATOR in kind.code or not kind.code:
                msg = f"the code {kind.code!r} of {kind.__name__} is empty or holds a colon"
                raise ActionError(msg)
            other = self._kinds.setdefault(kind.code, kind)
            if other is not kind:
                msg = f"{kind.__name__} and {other.__name__} share the code {kind.code!r}"
                raise ActionError(msg)
            self._fields[kind.code] = _field_kinds(kind)

    def __iter__(self) -> Iterator[type[Action]]:
        return iter(self._kinds.values())

    def unpack(self, packed: str) -> Action:
        """The action behind this callback data; raises ActionError if it is none of ours."""
        if not packed.isprintable():
            msg = f"{packed!r} holds signs that no action of ours does, and not every database"
            raise ActionError(msg)
        code, *values = packed.split(SEPARATOR)
        kind = self._kinds.get(code)
        if kind is None:
            msg = f"no action has the code {code!r}"
            raise ActionError(msg)
        wanted = self._fields[code]
        if len(values) != len(wanted):
            msg = f"{kind.__name__} has {len(wanted)} fields, {len(values)} came"
            raise ActionError(msg)
        return kind(*(_unpack_field(*each) for each in zip(wanted, values, strict=True)))


def base36(number: int) -> str:
    """A whole number in as few letters as a button can spare."""
    if number < 0:
        return "-" + base36(-number)
    digits = ""
    while True:
        number, rest = divmod(number, len(_DIGITS))
        digits = _DIGITS[rest] + digits
        if not number:
            return digits


@lru_cache(maxsize=8192)
def _packed(action: Action) -> str:
    """The same buttons are packed for everybody, again and again."""
    values = (_pack_field(getattr(action, each.name)) for each in fields(action))
    packed = SEPARATOR.join((action.code, *values))
    size = len(packed.encode())
    if size > LIMIT_BYTES:
        msg = f"{packed!r} takes {size} bytes, Telegram allows {LIMIT_BYTES}"
        raise ActionError(msg)
    return packed


def _pack_field(value: Field) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case int():
            return base36(value)
        case _:
            if SEPARATOR in value or not value or not value.isprintable():
                msg = f"a field of an action holds signs, but no colon: {value!r}"
                raise ActionError(msg)
            return value


def _unpack_field(kind: tuple[type, bool], text: str) -> Field:
    wanted, optional = kind
    if not text:
        if optional:
            return None
        msg = f"an empty field where {wanted.__name__} is wanted"
        raise ActionError(msg)
    if wanted is bool:
        if text not in {"0", "1"}:
            msg = f"{text!r} is neither yes nor no"
            raise ActionError(msg)
        return text == "1"
    if wanted is int:
        return _number(text)
    return text


def _number(text: str) -> int:
    try:
        number = int(text, len(_DIGITS))
    except ValueError as wrong:
        msg = f"{text!r} is not a number in base 36"
        raise ActionError(msg) from wrong
    if abs(number) > LARGEST:
        msg = f"{text!r} is a larger number than any of ours"
        raise ActionError(msg)
    return number


def _field_kinds(kind: type[Action]) -> FieldKinds:
    hints = get_type_hints(kind)
    return tuple(_field_kind(kind, each.name, hints[each.name]) for each in fields(kind))


def _field_kind(owner: type[Action], name: str, hint: object) -> tuple[type, bool]:
    optional = False
    if get_origin(hint) in {Union, UnionType}:
        members = set(get_args(hint))
        optional = NoneType in members
        members.discard(NoneType)
        hint = members.pop() if len(members) == 1 else hint
    if hint not in {str, int, bool}:
        msg = f"{owner.__name__}.{name} must be str, int, bool or one of them or None"
        raise ActionError(msg)
    return cast("type", hint), optional
