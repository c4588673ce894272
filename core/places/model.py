"""A place: a region, a city, a district, an okrug or a settlement that the acts name."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal["region", "city", "district", "city_district", "okrug", "settlement"]


class Place(BaseModel):
    """One place in both languages, as the acts name it and as it is named today."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: Kind
    parent: str | None
    kk: str
    ru: str
    also: tuple[str, ...]
    today_kk: str | None
    today_ru: str | None
    today_parent: str | None
    area_code: str | None
    lat: float | None
    lon: float | None
    position_from: str | None
    note: str

    def moved(self, lat: float | None, lon: float | None, source: str | None) -> "Place":
        """The same place at another position, which this source gives."""
        return self.model_copy(update={"lat": lat, "lon": lon, "position_from": source})

    @property
    def shown_kk(self) -> str:
        """Today's name, with that of the acts in brackets where it has changed."""
        return f"{self.today_kk} ({self.kk})" if self.today_kk else self.kk

    @property
    def shown_ru(self) -> str:
        """The same in Russian."""
        return f"{self.today_ru} ({self.ru})" if self.today_ru else self.ru
