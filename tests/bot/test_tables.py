"""Over HTTP: an editor sends a table, sees what would change, applies it and takes it back."""

from bot.playground.server import PlaygroundServer
from dialogs.importing.actions import OpenImport
from tests.bot.running import ADMIN, Phone, running, settings_for

PATIENCE = 400
TABLE = "id;Телефоны;Заметка\nof0002;8 727 000 00 01;x\n".encode("cp1251")


async def until(phone: Phone, words: str) -> None:
    """Ask how far it is until the screen says this."""
    for _ in range(PATIENCE):
        await phone.presses_data(phone.last()["message_id"], OpenImport(1).pack())
        if words in phone.last().get("text", ""):
            return
    raise AssertionError(phone.last())


async def test_a_table_is_sent_applied_and_undone(
    server: PlaygroundServer, database_url: str
) -> None:
    async with running(settings_for(server, database_url)):
        admin = Phone(server, ADMIN)
        await admin.says("/start")
        await admin.presses("Русский")
        server.town.upload(ADMIN, ADMIN, "document", TABLE, "a.csv")
        await server.next_message(ADMIN)
        await until(admin, "Применить?")
        assert "+77270000001" in admin.last()["text"]
        documents = [each for each in admin.messages() if "document" in each]
        assert [each["document"]["file_name"] for each in documents] == ["a-1.xlsx"]
        await admin.presses("Применить")
        await until(admin, "Применена целиком")
        await admin.presses("Отменить")
        await admin.presses("Да, отменить")
        await until(admin, "снова такое, как было")
