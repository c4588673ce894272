"""People who keep the directory, and a parent, on a bot that has a few real offices."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.dialogs.editing.steps import bring, ready
from tests.dialogs.visits import Visitor

ADMIN, EDITOR, PARENT = 7000000004, 7000000005, 7000000003
Person = Callable[..., Visitor]


@pytest.fixture
async def someone(visitor: Visitor) -> Person:
    """Another person on the same bot, which has its offices."""
    await bring(visitor)

    def made(number: int, language: str = "ru") -> Visitor:
        return replace(visitor, id=number, language=language, shown=None)

    return made


@pytest.fixture(params=["kk", "ru"])
async def admin(someone: Person, request: pytest.FixtureRequest) -> Visitor:
    """An admin, of either language."""
    boss = someone(ADMIN, request.param)
    await ready(boss)
    await boss.holds("admin")
    return boss


@pytest.fixture
async def editor(someone: Person) -> Visitor:
    """An editor."""
    person = someone(EDITOR, "ru")
    await ready(person)
    await person.holds("editor")
    return person


@pytest.fixture(params=["kk", "ru"])
async def parent(someone: Person, request: pytest.FixtureRequest) -> Visitor:
    """A parent, of either language."""
    person = someone(PARENT, request.param)
    await ready(person)
    return person
