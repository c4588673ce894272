"""Made-up offices for the tests of changes and imports, as the bodies that the database keeps."""

from typing import Any


def office(office_id: str = "of9001", **values: Any) -> dict[str, Any]:
    """A made-up school with everything an office has; `values` are put in place of its own."""
    return {
        "id": office_id,
        "kind": "school",
        "name": {"kk": f"Сынақ мектебі {office_id}", "ru": f"Пробная школа {office_id}"},
        "region": "almaty_city",
        "district": "almaty_city.almaly",
        "locality": "almaty_city",
        "address": {"kk": "Алматы қаласы, Сынақ көшесі, 1", "ru": "г. Алматы, ул. Пробная, 1"},
        "postcode": "050000",
        "phones": ["+77270000001"],
        "phones_as_printed": ["000001"],
        "faxes": [],
        "emails": ["school@example.kz"],
        "websites": [],
        "hours": [],
        "reception": [],
        "lat": 43.25,
        "lon": 76.95,
        "position": "locality",
        "closed": False,
        "verified_on": None,
        "serves": [{"service": "school_admission", "as": "provider"}],
        "listings": [],
        "flags": [],
        **values,
    }
