"""Offices and what was found of them as the JSON of the contract."""

from typing import Any

from core.directory.finding import Finding, FoundOffice
from core.directory.model import Office


def office_json(office: Office) -> dict[str, Any]:
    """One office with all its listings."""
    return office.model_dump(mode="json", by_alias=True)


def finding_json(finding: Finding, place: str | None, ambiguous: list[Any]) -> dict[str, Any]:
    """What the command `office find` prints."""
    instead = finding.instead
    return {
        "place": place,
        "ambiguous": ambiguous,
        "offices": [_found_json(each) for each in finding.offices],
        "instead": None
        if instead is None
        else {
            "office": instead.office.id if instead.office else None,
            "why": instead.why.model_dump(),
            "service": instead.service,
        },
        "territory": finding.territory,
    }


def _found_json(found: FoundOffice) -> dict[str, Any]:
    return {
        **office_json(found.office),
        "distance_km": found.distance_km,
        "distance_exact": found.exact,
        "why": found.why.model_dump(),
    }
