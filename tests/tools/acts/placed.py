"""Listings made for tests."""

from core.directory.model import Kind, Listing
from tools.acts.addresses import Address
from tools.acts.organisations import Placed
from tools.acts.phones import as_e164


def placed(
    name: str,
    *,
    kind: Kind = "school",
    act: str = "almaty_city_4_1097",
    annex: str | None = "1",
    place: int = 1,
    region: str | None = "almaty_city",
    district: str | None = "almaty_city.almaly",
    phones: tuple[str, ...] = (),
    street: tuple[str, frozenset[str]] = ("", frozenset()),
    note: str = "",
    emails: tuple[str, ...] = (),
    websites: tuple[str, ...] = (),
) -> Placed:
    """A listing of the given name with the rest left plain."""
    listing = Listing(
        act=act,
        service="school_admission",
        annex=annex,
        list=None,
        group=None,
        row=place,
        place=place,
        name=name,
        address="",
        phones=phones,
        faxes=(),
        emails=emails,
        websites=websites,
        reception="",
        note=note,
    )
    return Placed(
        listing=listing,
        kind=kind,
        serves=("provider",),
        hours=None,
        address=Address(),
        region=region,
        district=district,
        street=street,
        phones=as_e164(phones, "727"),
        faxes=(),
        emails=emails,
        websites=websites,
    )
