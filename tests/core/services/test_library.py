"""What the loader says of files that are not in order."""

from pathlib import Path

import pytest

from core.services.library import load_library
from core.services.model import Service
from core.services.yaml_lines import DataError
from tests.core.services.builders import DATA, LIBRARY, load_data, load_written

WRITTEN = """\
id: bus
version: 1
acts: [act_1]
title: {kk: Автобус, ru: Автобус}
short: {kk: Автобус, ru: Автобус}
about: {kk: Автобус, ru: Автобус}
jurisdiction: {level: country}
situations: [school]
search: {kk: [автобус], ru: [автобус]}
categories:
  - {id: far, text: {kk: Алыс, ru: Далеко}, source: [6.1]}
questions:
  - id: distance
    text: {kk: Алыс па?, ru: Далеко?}
    options:
      - {id: far, label: {kk: Иә, ru: Да}}
      - {id: near, label: {kk: Жоқ, ru: Нет}}
  - id: applicant
    text: {kk: Кім?, ru: Кто?}
    options:
      - {id: parent, label: {kk: Ата-ана, ru: Родитель}}
      - {id: guardian, label: {kk: Қамқоршы, ru: Опекун}}
rules:
  - id: distance
    source: [6]
    verdicts:
      - when: {distance: far}
        says: eligible
        text: {kk: Алыс, ru: Далеко}
      - says: not_eligible
        text: {kk: Жақын, ru: Близко}
documents:
  - id: card
    text: {kk: Куәлік, ru: Удостоверение}
    source: [11]
  - id: guardianship
    when: {applicant: guardian}
    text: {kk: Шешім, ru: Решение}
    source: [11]
terms:
  - id: processing
    what: processing
    amount: 5
    unit: working_day
    text: {kk: 5 күн, ru: 5 дней}
    source: [7]
providers:
  - id: school
    kind: school
    does: [accepts]
    text: {kk: Мектеп, ru: Школа}
    source: [annex 1]
refusals:
  - {id: papers, text: {kk: Толық емес, ru: Не все}, source: [16]}
routes:
  - id: court
    subjects: [refused]
    step: 1
    to: {text: {kk: Сот, ru: Суд}, kind: court}
    source: [18]
silent:
  - {fact: fee}
  - {fact: hours}
  - {fact: result}
  - {fact: slip}
  - {fact: complaint_slip}
"""

# What is written, what stands there instead, where the message points, and what it says.
BROKEN = [
    ("about: {kk: Автобус, ru: Автобус}\n", "", "id: bus", "`about` is missing"),
    ("{kk: Алыс па?, ru: Далеко?}", "{kk: Алыс па?}", "{kk: Алыс па?}", "in Russian too"),
    ("{kk: Шешім, ru: Решение}", "{ru: Решение}", "{ru: Решение}", "in Kazakh too"),
    ("    source: [7]\n", "", "- id: processing", "every fact says where it stands"),
    ("source: [7]", "source: []", "source: []", "`source` is empty"),
    ("source: [7]", "source: [77]", "source: [77]", "no paragraph 77"),
    ("source: [annex 1]", "source: [annex 9]", "source: [annex 9]", "no annex 9"),
    ("source: [7]", "source: [paragraph 7]", "source: [paragraph 7]", "write 11.1"),
    ("source: [7]", "source: [{act: act_2, para: 7}]", "[{act: act_2", "`act_2` is no act"),
    ("source: [7]", "source: [{act: act_1}]", "source: [{act", "neither a paragraph"),
    ("acts: [act_1]", "acts: [act_9]", "acts: [act_9]", "`act_9` is no act here; known: act_1"),
    ("{applicant: guardian}", "{aplicant: guardian}", "when: {aplicant", "`aplicant` is not a"),
    ("{applicant: guardian}", "{applicant: aunt}", "when: {applicant", "no option `aunt`"),
    ("{applicant: guardian}", "[guardian]", "when: [guardian]", "is no condition"),
    ("says: eligible", "says: maybe", "says: maybe", "eligible, not_eligible, commission"),
    ("unit: working_day", "unit: wday", "unit: wday", "`wday` is not known here"),
    ("    unit: working_day\n", "", "- id: processing", "`amount` and `unit` go together"),
    ("what: processing", "what: window", "- id: processing", "`opens` or `closes`"),
    ("situations: [school]", "situations: [sea]", "situations: [sea]", "no life situation"),
    ("situations: [school]", "situations: school", "situations: school", "a list is wanted"),
    ("id: guardianship", "id: card", "- id: card\n    when", "`card` stands twice"),
    ("id: guardianship", "id: Guardianship", "id: Guardianship", "ids are lower-case"),
    ("id: applicant", "id: who_is_it_that_applies_here", "id: who_is", "longer than 24"),
    ("{fact: fee}", "{fact: cost}", "{fact: cost}", "`cost` is not known here"),
    ("  - {fact: fee}\n", "", "id: bus", "nothing is said of `fee`"),
    ("{fact: fee}", "{fact: terms}", "silent:", "stated above and yet called silent"),
    ("step: 1", "stage: 1", "stage: 1", "did you mean `step`?"),
    ("ru: Удостоверение}", "ru: Паспорт, копия}", "ru: Паспорт", "written in quotes"),
    ("ru: Школа", "ru: Шкoла", "ru: Шкoла", "mixes Latin and Cyrillic"),
    ("ru: Школа", "ru: Школа c", "ru: Школа c", "`c` standing alone is Latin"),
    ("kk: Шешім", "kk: Ш е ш і м", "kk: Ш е", "letter-spaced"),
    ("ru: Школа", "ru: Мектеп қайда", "ru: Мектеп", "Kazakh letter `қ`"),
    ("version: 1", "version: 1\nversion: 2", "version: 2", "`version` stands here twice"),
    ("id: bus", "id: coach", "id: coach", "call the file coach.yaml"),
    ("step: 1", "step: 0", "step: 0", "greater than or equal to 1"),
    ("[accepts]", "[takes]", "[takes]", "`takes` is not known here"),
    ("{level: country}", "{level: city}", "{level: city}", "names its `place`"),
    (
        "      - says: not_eligible",
        "      - says: commission\n        text: {kk: Бар, ru: Есть}\n      - says: not_eligible",
        "      - says: not_eligible",
        "no answers lead to this verdict",
    ),
    (
        "      - says: not_eligible\n        text: {kk: Жақын, ru: Близко}\n",
        "",
        "rules:",
        "no rule says anything about distance: near",
    ),
    (
        "{applicant: guardian}",
        "{distance: near, applicant: guardian}",
        "- id: guardianship",
        "no answers lead to this",
    ),
    ("    when: {applicant: guardian}\n", "", "- id: applicant", "this is never asked"),
    (
        "    when: {applicant: guardian}\n",
        "    when: {any: [{applicant: parent}, {applicant: guardian}]}\n",
        "- id: applicant",
        "the question `applicant` changes nothing",
    ),
    (
        "    options:\n      - {id: far",
        "    when: {applicant: parent}\n    options:\n      - {id: far",
        "when: {applicant: parent}",
        "is not an earlier question",
    ),
    (
        "text: {kk: Алыс, ru: Далеко}, source",
        "when: {distance: [near], applicant: parent}, text: {kk: Алыс, ru: Далеко}, source",
        "- {id: far",
        "no answers put anybody here",
    ),
    ("id: card", "id: card\n    one_of: any", "one_of: any", "alternatives are two"),
    ("id: card", "id: card\n    channels: [post]", "channels: [post]", "`post` is no channel"),
    ("id: card", "id: card\n    basis: referred", "basis: referred", "say under `referred`"),
    ("id: card", "id: card\n    basis: later_act", "source: [11]", "its source names it"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "at", "said"), BROKEN)
def test_broken_file_is_explained(tmp_path: Path, good: str, bad: str, at: str, said: str) -> None:
    assert good in WRITTEN
    written = WRITTEN.replace(good, bad, 1)

    with pytest.raises(DataError) as raised:
        load_written(tmp_path, written)

    line = written[: written.index(at)].count("\n") + 1
    messages = [str(each) for each in raised.value.problems]
    assert any(each.startswith(f"bus.yaml:{line}:") and said in each for each in messages), messages


def test_broken_yaml_is_explained(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"bus\.yaml:[56]: this is no YAML"):
        load_written(tmp_path, WRITTEN.replace("short: {kk", "short: {{kk", 1))


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DataError) as raised:
        load_written(tmp_path, WRITTEN.replace("[7]", "[77]").replace("[16]", "[66]"))

    assert len(raised.value.problems) == 2


def test_whole_file_loads(tmp_path: Path) -> None:
    assert load_written(tmp_path, WRITTEN).documents[1].id == "guardianship"
    assert load_data(tmp_path).id == "bus"


def test_too_many_ways_are_refused(tmp_path: Path) -> None:
    names = [f"q{number}" for number in range(12)]
    options = [{"id": each, "label": {"kk": each, "ru": each}} for each in ("a", "b")]
    documents = [
        {"id": f"d_{name}", "text": {"kk": "d", "ru": "d"}, "source": ["11"], "when": {name: "a"}}
        for name in names
    ]
    questions = [
        {"id": name, "text": {"kk": name, "ru": name}, "options": options} for name in names
    ]
    rules = [
        {
            "id": "all",
            "source": ["6"],
            "verdicts": [{"says": "eligible", "text": {"kk": "a", "ru": "a"}}],
        }
    ]

    with pytest.raises(DataError, match="more than 1000 ways"):
        load_data(tmp_path, questions=questions, rules=rules, documents=documents)


def test_service_is_the_same_out_of_the_database() -> None:
    for each in LIBRARY.services.values():
        body = each.model_dump(mode="json", by_alias=True)

        assert Service.model_validate(body) == each


def test_services_stand_in_the_order_of_the_acts() -> None:
    order = [service for act in LIBRARY.acts.values() for service in act.services]

    assert list(LIBRARY.services) == order
    assert len(order) >= 23


def test_problems_of_all_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "services").mkdir()
    for name in ("acts.yaml", "situations.yaml"):
        (tmp_path / name).write_text((DATA / name).read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("bus", "coach"):
        (tmp_path / "services" / f"{name}.yaml").write_text(f"id: {name}\n", encoding="utf-8")

    with pytest.raises(DataError) as raised:
        load_library(tmp_path)

    assert {each.file for each in raised.value.problems} == {"bus.yaml", "coach.yaml"}
