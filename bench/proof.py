"""The proof: what people did and saw is held against what stands in the database, one by one.

Lost is what somebody did or was told and what does not stand or never came; doubled is what stands
or came twice. Both are told by what they are about, so that a reader can look.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bench.crowd import Parent, buttons_of
from bot.playground.server import PlaygroundServer
from core.complaints import number
from core.complaints.model import replayed
from core.knowledge import Knowledge
from core.store import complaints, enquiries, faults, people, tables
from core.store.database import Database, Transaction
from dialogs.action import Action
from dialogs.conversation import Conversation
from dialogs.house import make_conversation
from dialogs.officials.telling import TO_OFFICIAL, about
from dialogs.speech import Languages
from dialogs.turn import Visit

UNSENT = tables.outgoing.c.state.in_(("waiting", "sending"))
PAUSE = 0.5
LANGUAGES = Languages(ZoneInfo("Asia/Almaty"), "kk")
KINDS_OF_FAULTS = 50


@dataclass
class Proof:
    """What was compared, and where it did not agree."""

    parents: int = 0
    enquiries: int = 0
    complaints: int = 0
    notices: int = 0
    screens: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    doubled_messages: int = 0
    """Messages of the queue that came twice; it may do so where Telegram's answer was lost."""
    other_screens: list[str] = field(default_factory=list)
    """Screens that a parent has before them and that are not the one where the bot has them."""
    undelivered: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    updates_left: int = 0
    unsent: int = 0


async def settled(server: PlaygroundServer, database: Database, patience: float) -> None:
    """Wait until every update was taken and nothing waits to be sent, or patience ends."""
    try:
        async with asyncio.timeout(patience):
            while len(server.town.updates) or await unsent(database):  # noqa: ASYNC110
                await asyncio.sleep(PAUSE)
    except TimeoutError:
        pass


async def unsent(database: Database) -> int:
    """How many messages wait in the queue."""
    async with database.reading() as tx:
        return int(await tx.scalar(select(func.count()).select_from(tables.outgoing).where(UNSENT)))


async def prove(
    server: PlaygroundServer,
    database: Database,
    knowledge: Knowledge,
    parents: Sequence[Parent],
    since: datetime,
) -> Proof:
    """Hold everything against everything."""
    proof = Proof(updates_left=len(server.town.updates), unsent=await unsent(database))
    conversation = make_conversation()
    for parent in parents:
        async with database.reading() as tx:
            proof.parents += 1
            await _enquiries(proof, tx, parent, since)
            await _complaints(proof, tx, parent, since)
            await _screen(proof, tx, parent, conversation, knowledge)
    async with database.reading() as tx:
        await _notices(proof, tx, server, [each for one in parents for each in one.complaints])
        for fault in await faults.latest(tx, KINDS_OF_FAULTS):
            proof.faults[fault.kind] = fault.count
    return proof


async def _enquiries(proof: Proof, tx: Transaction, parent: Parent, since: datetime) -> None:
    every = await enquiries.of(tx, parent.id)
    stands = {each.id: each for each in every if each.created_at >= since}
    for mine, begun in parent.begun.items():
        proof.enquiries += 1
        found = stands.pop(mine, None)
        if found is None:
            proof.lost.append(f"enquiry {mine} of {parent.id}")
        elif parent.doubtful:
            continue
        elif dict(found.answers) != begun.answers or list(found.ticked) != begun.ticked:
            proof.lost.append(
                f"answers of enquiry {mine}: {begun.answers} {begun.ticked}, "
                f"but {dict(found.answers)} {list(found.ticked)}"
            )
    if stands and not parent.doubtful:
        proof.doubled += [f"enquiry {each} of {parent.id} was never begun" for each in stands]


async def _complaints(proof: Proof, tx: Transaction, parent: Parent, since: datetime) -> None:
    every = await complaints.of(tx, parent.id)
    stands = {each.id: each for each in every if each.created_at >= since}
    for mine, words in parent.complaints.items():
        proof.complaints += 1
        found = stands.pop(mine, None)
        if found is None:
            if not parent.doubtful:
                proof.lost.append(f"complaint {mine} of {parent.id}")
            continue
        kinds = [each.kind for each in await complaints.events(tx, mine)]
        if found.said.text != words or replayed(kinds) != found.state:
            proof.lost.append(f"complaint {mine}: other words, or {kinds} but {found.state}")
        twice = [kind for kind, times in Counter(kinds).items() if times > 1]
        proof.doubled += [f"{kind} of complaint {mine}" for kind in twice if kind != "undelivered"]
    if not parent.doubtful:
        proof.doubled += [f"complaint {each} of {parent.id} was never sent" for each in stands]


async def _screen(
    proof: Proof,
    tx: Transaction,
    parent: Parent,
    conversation: Conversation,
    knowledge: Knowledge,
) -> None:
    """The buttons that the parent has before them are those of where the bot has them."""
    person = await people.find(tx, parent.id)
    if person is None or parent.doubtful:
        return
    proof.screens += 1
    visit = Visit(
        person=person,
        tx=tx,
        now=datetime.now(tz=LANGUAGES[None].local(person.active_at).tzinfo),
        languages=LANGUAGES,
        knowledge=knowledge,
        bot_name="bot",
        where=conversation.home,
    )
    shown = await conversation.present(visit)
    rows = shown.screen.rows if shown.screen else ()
    wanted = {each.does.pack() for row in rows for each in row if isinstance(each.does, Action)}
    chat = parent.crowd.street.server.town.chat(parent.id)
    seen = chat.messages.get(person.message_id or 0)
    if seen is None or set(buttons_of(seen)) != wanted:
        proof.other_screens.append(f"{parent.id} at {person.view}")


async def _notices(
    proof: Proof, tx: Transaction, server: PlaygroundServer, sent: Sequence[int]
) -> None:
    """Whoever was to be told of a complaint has the message in their chat, once."""
    queue = tables.outgoing
    for mine in sent:
        rows = await tx.all(
            select(queue.c.chat_id, queue.c.state, queue.c.cause).where(
                queue.c.about == about(mine), queue.c.cause == TO_OFFICIAL
            )
        )
        expected = Counter(each.chat_id for each in rows if each.state == "sent")
        proof.undelivered += sum(each.state == "failed" for each in rows)
        if not rows:
            proof.lost.append(f"nobody was told of complaint {mine}")
        for chat, times in expected.items():
            proof.notices += times
            seen = _seen(server, chat, number.shown(mine))
            if seen < times:
                proof.lost.append(f"notice of complaint {mine} to {chat}")
            proof.doubled_messages += max(0, seen - times)


def _seen(server: PlaygroundServer, chat: int, words: str) -> int:
    messages = server.town.chat(chat).messages.values()
    return sum(words in str(each.get("text", "")) for each in messages)
