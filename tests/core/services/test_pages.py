"""Pages for those who check the rules without running anything."""

from pathlib import Path

import pytest

from core.services.conditions import read_condition
from core.services.engine import paths
from core.services.pages import cited, flow, service_page, spoken, write_pages
from tests.core.services.builders import LIBRARY, service


@pytest.mark.parametrize("service_id", LIBRARY.services)
def test_page_names_every_fact(service_id: str) -> None:
    told = LIBRARY.services[service_id]
    page = service_page(told, LIBRARY.acts)
    facts = (*told.documents, *told.terms, *told.providers, *told.refusals, *told.conflicts)

    for fact in facts:
        assert fact.text.ru.replace("|", "\\|") in page
        assert cited(fact.source) in page
    for question in told.questions:
        assert f"`{question.id}`" in page
    for walk in paths(told):
        assert f"([{walk.outcome.says}])" in page


def test_flow_joins_ways_that_are_the_same() -> None:
    drawn = flow(service())

    assert drawn.count("([") == 3
    assert '-->|"near"|' in drawn
    assert '-->|"parent / guardian"|' in drawn


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"all": []}, "always"),
        ({"a": "x"}, "a: x"),
        ({"a": ["y", "x"]}, "a: x or y"),
        ({"a": "x", "b": ["y", "z"]}, "a: x and (b: y or z)"),
        ({"any": [{"a": "x"}, {"not": {"b": "y"}}]}, "a: x or (not (b: y))"),
    ],
)
def test_condition_in_a_line(written: object, expected: str) -> None:
    assert spoken(read_condition(written)) == expected


def test_pages_are_written(tmp_path: Path) -> None:
    write_pages(LIBRARY, tmp_path / "services")

    written = {each.stem for each in (tmp_path / "services").glob("*.md")}
    assert written == {*LIBRARY.services, "README"}
    contents = (tmp_path / "services" / "README.md").read_text(encoding="utf-8")
    assert all(f"({each}.md)" in contents for each in LIBRARY.services)
