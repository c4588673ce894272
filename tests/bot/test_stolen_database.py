"""A database file in the wrong hands: without the key it tells nothing that a person said."""

import asyncio
from pathlib import Path

from bot.playground.server import PlaygroundServer
from dialogs.complaints.actions import AskOwn, SendComplaint, SetContact
from dialogs.doors import NameEnquiry, OpenQueue, StartEnquiry
from dialogs.enquiry import Answer
from tests.bot.complaining import REGION, WORDS, Talker, gives
from tests.bot.running import OFFICIAL, PARENT_RU, running, settings_for, sqlite_at

NAME, PHONE, LABEL = "Тестова Придумана Ивановна", "+77010000042", "Придуманыш"
ANSWER, QUESTION = "Придуманный ответ отдела", "йцукенг шщзхъ"
SECRETS = (WORDS[:30], NAME, PHONE.removeprefix("+"), LABEL, ANSWER, QUESTION)


def copied(folder: Path) -> dict[str, bytes]:
    """The files of the database, as a thief finds them while the bot runs."""
    return {each.name: each.read_bytes() for each in folder.glob("bot.db*")}


async def test_nothing_that_people_said_stands_in_the_files(tmp_path: Path) -> None:
    async with (
        PlaygroundServer(limits=False) as server,
        running(settings_for(server, sqlite_at(tmp_path))) as app,
    ):
        parent, official = (Talker(server, person) for person in (PARENT_RU, OFFICIAL))
        for each in (parent, official):
            await each.begins()
        await gives(app, OFFICIAL, "official", **REGION)
        await parent.says(QUESTION)
        for action in (
            StartEnquiry("free_school_meals"),
            Answer(1, "school", "state"),
            Answer(1, "family", "assistance"),
            NameEnquiry(1),
        ):
            await parent.presses_data(parent.last()["message_id"], action.pack())
        await parent.says(LABEL)
        draft = await parent.drafts(app)
        await parent.presses_data(parent.last()["message_id"], SetContact(draft, "named").pack())
        for what, said in (("name", NAME), ("phone", PHONE)):
            await parent.presses_data(parent.last()["message_id"], AskOwn(draft, what).pack())
            await parent.says(said)
        await parent.presses_data(parent.last()["message_id"], SendComplaint(draft).pack())
        await parent.settled(app)
        await official.replies(app, official.got("would not take my papers"), ANSWER)
        assert parent.has(ANSWER)
        await official.presses_data(official.last()["message_id"], OpenQueue().pack())
        files = await asyncio.to_thread(copied, tmp_path)
    assert sum(map(len, files.values())) > 1_000_000
    found = [
        (name, secret)
        for name, content in files.items()
        for secret in SECRETS
        for form in (secret.encode(), secret.encode("utf-16-le"), ascii(secret)[1:-1].encode())
        if form in content
    ]
    assert found == []
