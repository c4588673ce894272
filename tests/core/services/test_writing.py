"""A service written as a file is read back as the same, and reads like a file of ours."""

import pytest

from core.services.library import service_in
from core.services.writing import yaml_of
from core.services.yaml_lines import sheet_of
from tests.core.services.builders import LIBRARY


@pytest.mark.parametrize("name", LIBRARY.services)
def test_what_is_written_is_read_back(name: str) -> None:
    service = LIBRARY.services[name]
    written = yaml_of(service, LIBRARY.acts[service.acts[0]])

    assert service_in(sheet_of(f"{name}.yaml", written.encode()), LIBRARY.around) == service


def test_sources_are_short_and_ids_come_first() -> None:
    service = LIBRARY.services["free_school_meals"]
    written = yaml_of(service, LIBRARY.acts[service.acts[0]])

    assert "source: ['6.1']" in written
    assert "\n  - id: social_assistance\n" in written
    assert "decree_1119_2012\n" not in written
