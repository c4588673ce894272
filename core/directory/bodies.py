"""An office as plain JSON, seen field by field: how two states differ, and one with other values.

A field is a key of the contract's office; a text in two languages is two fields, `name.kk` and
`name.ru`.
"""

from collections.abc import Mapping
from typing import Any

Body = Mapping[str, Any]
Values = Mapping[str, Any]
Differences = dict[str, tuple[Any, Any]]

BILINGUAL = ("name", "address")


def fields_of(body: Body) -> dict[str, Any]:
    """Every field of an office with its value."""
    found: dict[str, Any] = {}
    for key, value in body.items():
        if key in BILINGUAL and value is not None:
            found |= {f"{key}.{language}": text for language, text in value.items()}
        else:
            found[key] = value
    return found


def value_of(body: Body, field: str) -> Any:
    """What an office has in one field."""
    if "." not in field:
        return body.get(field)
    key, _, language = field.partition(".")
    return (body.get(key) or {}).get(language)


def with_values(body: Body, values: Values) -> dict[str, Any]:
    """The same office with these fields put otherwise; the one given stays as it is."""
    changed = dict(body)
    for field, value in values.items():
        key, dot, language = field.partition(".")
        changed[key] = {**(changed.get(key) or {}), language: value} if dot else value
    return changed


def differences(old: Body, new: Body) -> Differences:
    """The fields in which two states of an office differ, each with both values."""
    before, after = fields_of(old), fields_of(new)
    names = [*before, *(each for each in after if each not in before)]
    return {
        each: (before.get(each), after.get(each))
        for each in names
        if before.get(each) != after.get(each)
    }
