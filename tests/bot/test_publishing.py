"""Over HTTP: an admin sends a service's file, mends it and publishes it, and a parent is told."""

from bot.playground.server import PlaygroundServer
from core.release import DATA
from core.services.library import load_library
from core.services.writing import yaml_of
from dialogs.doors import OpenEnquiry, OpenPapers, StartEnquiry
from dialogs.enquiry import Answer
from dialogs.publishing.actions import AskFile
from tests.bot.running import ADMIN, PARENT_KK, Phone, running, settings_for

MEALS = "free_school_meals"
LIBRARY = load_library(DATA)
PATIENCE = 300


async def sends(phone: Phone, content: bytes) -> str:
    """Send a file, and read the screen that answers it."""
    phone.server.town.upload(phone.person, phone.person, "document", content, f"{MEALS}.yaml")
    phone.shown = await phone.server.next_message(phone.person)
    return phone.text


async def test_a_file_is_mended_published_and_a_parent_is_told(
    server: PlaygroundServer, database_url: str
) -> None:
    service = LIBRARY.services[MEALS]
    text = yaml_of(service, LIBRARY.acts[service.acts[0]])
    async with running(settings_for(server, database_url)):
        parent, admin = Phone(server, PARENT_KK), Phone(server, ADMIN)
        for phone, language in ((parent, "Қазақша"), (admin, "Русский")):
            await phone.says("/start")
            await phone.presses(language)
        for action in (
            StartEnquiry(MEALS),
            Answer(1, "school", "state"),
            Answer(1, "family", "assistance"),
        ):
            await parent.presses_data(parent.last()["message_id"], action.pack())

        await admin.presses_data(admin.last()["message_id"], AskFile().pack())
        broken = text.replace("says: eligible", "says: perhaps", 1)
        assert "perhaps" in await sends(admin, broken.encode())
        assert "кодировке UTF-8" in await sends(admin, "id: привет".encode("cp1251"))
        assert "большой" in await sends(admin, b"x" * 400_000)
        mended = text.replace(service.documents[0].text.kk, "Жаңаша аталған өтініш", 1)
        await sends(admin, mended.encode())
        await admin.presses("Опубликовать")
        await admin.presses("Сразу")
        answer = await admin.presses("Да, опубликовать")
        assert "версия 2" in answer["text"]

        assert await told(parent)
        assert "Жаңаша аталған өтініш" in await papers(parent)


async def told(parent: Phone) -> bool:
    """Open the enquiry until the bot has learned of the new version and says so, once."""
    for _ in range(PATIENCE):
        answer = await parent.presses_data(parent.last()["message_id"], OpenEnquiry(1).pack())
        if answer["alert"]:
            return "мәлімет жаңарды" in answer["text"]
    return False


async def papers(parent: Phone) -> str:
    await parent.presses_data(parent.last()["message_id"], OpenPapers(1).pack())
    return parent.text
