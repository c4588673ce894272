"""A visitor who speaks one language, then the other, for the tests that ask for it."""

import pytest

from tests.dialogs.visits import Visitor


@pytest.fixture(params=["kk", "ru"])
def speaks(request: pytest.FixtureRequest, visitor: Visitor) -> str:
    visitor.language = request.param
    return visitor.language
