"""The whole directory: its offices, the ids that merged away, and the places they are in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.directory.model import Office
from core.places.boundaries import Rings
from core.places.model import Place


@dataclass(frozen=True, slots=True)
class Directory:
    """Offices and places by id, as the database holds them."""

    offices: Mapping[str, Office]
    aliases: Mapping[str, str]
    places: Mapping[str, Place]
    boundaries: Mapping[str, Rings] = field(default_factory=dict)

    def office(self, office_id: str) -> Office | None:
        """The office of an id, also of one that merged away."""
        return self.offices.get(self.id_now(office_id))

    def id_now(self, office_id: str) -> str:
        """The id that stands for an office today: another one if it merged away."""
        return self.aliases.get(office_id, office_id)
