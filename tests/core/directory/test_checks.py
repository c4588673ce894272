"""What the check of the directory shows."""

from pathlib import Path

from core.directory.checks import check
from core.directory.model import Flag, Office, Text

DATA = Path(__file__).resolve().parents[3] / "data"


def test_offices_without_flags_are_left_out(offices: dict[str, Office]) -> None:
    office = next(iter(offices.values())).model_copy(update={"flags": ()})
    assert check([office]) == []


def test_one_phone_of_two_offices_is_said_of_both(offices: dict[str, Office]) -> None:
    one, other, *_ = (
        office.model_copy(update={"flags": (), "phones": ("+77272554411",)})
        for office in offices.values()
    )
    found = check([one, other])
    assert [item["id"] for item in found] == [one.id, other.id]
    assert found[0]["flags"] == [{"kind": "shared_phone", "text": f"+77272554411: {other.id}"}]
    assert found[1]["flags"] == [{"kind": "shared_phone", "text": f"+77272554411: {one.id}"}]


def test_one_house_of_two_offices_of_a_kind_is_said_of_both(offices: dict[str, Office]) -> None:
    house = Text(kk="Алматы қаласы, Абай даңғылы, 5", ru="г. Алматы, пр. Абая, 5")
    plain = {"flags": (), "phones": (), "address": house}
    one, other, akim = (
        office.model_copy(update={**plain, "kind": kind})
        for office, kind in zip(
            offices.values(), ("school", "school", "district_akimat"), strict=False
        )
    )
    found = check([one, other, akim])
    assert [item["id"] for item in found] == [one.id, other.id]
    assert found[0]["flags"] == [{"kind": "shared_address", "text": f"{house.kk}: {other.id}"}]


def test_an_offices_own_flags_come_first(offices: dict[str, Office]) -> None:
    flag = Flag(kind="no_phone", text="")
    office = next(iter(offices.values())).model_copy(update={"flags": (flag,)})
    [found] = check([office])
    assert found["flags"] == [{"kind": "no_phone", "text": ""}]
    assert found["name"] == {"kk": office.name.kk, "ru": office.name.ru}
