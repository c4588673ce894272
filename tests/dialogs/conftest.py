"""A visitor to talk as, on a fresh SQLite database with the services of the project's own data."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.clock import FixedClock
from core.keep import Keep
from core.knowledge import Knowledge, make_knowledge
from core.release import DATA, load_directory
from core.services.library import Library, load_library
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready
from dialogs.conversation import Conversation
from dialogs.house import make_conversation
from tests.databases import KEY, migrated_at
from tests.dialogs.visits import NOW, Visitor


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(DATA)


@pytest.fixture(scope="session")
def knowledge(library: Library) -> Knowledge:
    return make_knowledge(library, load_directory(DATA), Keep())


@pytest.fixture(scope="session")
def conversation() -> Conversation:
    return make_conversation()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = migrated_at(tmp_path / "dialogs.db")
    opened = await open_ready(url, Sealer.from_setting(KEY), clock=FixedClock(NOW))
    yield opened
    await opened.close()


@pytest.fixture
def visitor(conversation: Conversation, database: Database, knowledge: Knowledge) -> Visitor:
    return Visitor(conversation, database, knowledge)
