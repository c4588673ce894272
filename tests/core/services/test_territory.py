"""Whether a place lies where the act of a service applies."""

import pytest

from core.services.territory import territory_of
from tests.core.services.builders import service

CITY = {"level": "city", "place": "almaty_city"}
COUNTRY = {"level": "country"}


@pytest.mark.parametrize(
    ("jurisdiction", "within", "expected"),
    [
        (CITY, ["almaty_city.medeu", "almaty_city"], "inside"),
        (CITY, ["akmola.kokshetau", "akmola"], "outside"),
        (CITY, [], "unknown"),
        (COUNTRY, ["akmola"], "inside"),
        (COUNTRY, [], "unknown"),
    ],
)
def test_territory(jurisdiction: dict[str, str], within: list[str], expected: str) -> None:
    assert territory_of(service(jurisdiction=jurisdiction), within) == expected
