"""The whole directory: its offices, the ids that merged away, and the places they are in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.directory.model import Kind, Office
from core.places.boundaries import Rings
from core.places.model import Place


@dataclass(frozen=True, slots=True)
class Directory:
    """Offices and places by id, as the database holds them."""

    offices: Mapping[str, Office]
    aliases: Mapping[str, str]
    places: Mapping[str, Place]
    boundaries: Mapping[str, Rings] = field(default_factory=dict)
    _standing: Mapping[tuple[Kind, str | None], Sequence[Office]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Sort the offices that stand by kind and region, so that nobody looks through them all."""
        standing: dict[tuple[Kind, str | None], list[Office]] = defaultdict(list)
        for each in self.offices.values():
            if not each.closed:
                standing[each.kind, None if each.kind == "ministry" else each.region].append(each)
        object.__setattr__(self, "_standing", dict(standing))

    def standing(self, kind: Kind, region: str | None) -> Sequence[Office]:
        """The offices of a kind that are not closed in a region; a ministry is in every one."""
        return self._standing.get((kind, None if kind == "ministry" else region), ())

    def office(self, office_id: str) -> Office | None:
        """The office of an id, also of one that merged away."""
        return self.offices.get(self.id_now(office_id))

    def id_now(self, office_id: str) -> str:
        """The id that stands for an office today: another one if it merged away."""
        return self.aliases.get(office_id, office_id)
