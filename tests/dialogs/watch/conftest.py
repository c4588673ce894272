"""A visitor who has chosen one language, then the other, for the tests that ask for it."""

import pytest

from dialogs.language import SetLanguage
from tests.dialogs.visits import Visitor


@pytest.fixture(params=["kk", "ru"])
async def speaks(request: pytest.FixtureRequest, visitor: Visitor) -> str:
    visitor.language = request.param
    await visitor.starts()
    await visitor.opens(SetLanguage(request.param))
    return visitor.language
