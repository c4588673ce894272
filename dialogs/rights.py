"""Rights: who may press a button or stand at a view, asked of the database at that very moment.

Whoever may not is told nothing of what is there: it answers like a thing that is gone.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from core.roles import RoleName
from core.store import roles
from core.store.roles import Role
from dialogs.action import Action
from dialogs.turn import CommandStep, Given, GoneError, Input, Reply, Step, View, Visit

A = TypeVar("A", bound=Action)
F = TypeVar("F")


async def held(visit: Visit) -> Sequence[Role]:
    """The roles that the person holds now."""
    return await roles.of(visit.tx, visit.person.id)


async def demand(visit: Visit, *names: RoleName) -> Sequence[Role]:
    """The roles of these names that the person holds; as if nothing were there if none."""
    fitting = [each for each in await held(visit) if each.role in names]
    if not fitting:
        raise GoneError(names)
    return fitting


def guarded_step(
    action: type[A], take: Callable[[Visit, A], Awaitable[Reply]], *names: RoleName
) -> Step[A]:
    """A step that only these roles may take."""

    async def guarded(visit: Visit, pressed: A) -> Reply:
        await demand(visit, *names)
        return await take(visit, pressed)

    return Step(action, guarded)


def guarded_view(
    action: type[A],
    load: Callable[[Visit, A], Awaitable[F]],
    show: Callable[..., Any],
    *names: RoleName,
) -> View[A, F]:
    """A view that only these roles may see."""

    async def guarded(visit: Visit, opened: A) -> F:
        await demand(visit, *names)
        return await load(visit, opened)

    return View(action, guarded, show)


def guarded_input(
    action: type[A],
    take: Callable[[Visit, A, Given], Awaitable[Reply | None]],
    *names: RoleName,
) -> Input[A]:
    """What only these roles may type or send at a view."""

    async def guarded(visit: Visit, asked: A, given: Given) -> Reply | None:
        await demand(visit, *names)
        return await take(visit, asked, given)

    return Input(action, guarded)


def guarded_command(step: CommandStep, *names: RoleName) -> CommandStep:
    """A command that only these roles may give."""

    async def guarded(visit: Visit, argument: str) -> Reply:
        await demand(visit, *names)
        return await step(visit, argument)

    return guarded
