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
    _of_kind: Mapping[Kind, Sequence[Office]] = field(init=False, repr=False, compare=False)
    _in_region: Mapping[tuple[Kind, str | None], Sequence[Office]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Sort the offices that stand by kind and region, so that nobody looks through them all."""
        of_kind: dict[Kind, list[Office]] = defaultdict(list)
        in_region: dict[tuple[Kind, str | None], list[Office]] = defaultdict(list)
        for each in self.offices.values():
            if not each.closed:
                of_kind[each.kind].append(each)
                in_region[each.kind, each.region].append(each)
        object.__setattr__(self, "_of_kind", dict(of_kind))
        object.__setattr__(self, "_in_region", dict(in_region))

    def of_kind(self, kind: Kind) -> Sequence[Office]:
        """The offices of a kind that are not closed."""
        return self._of_kind.get(kind, ())

    def in_region(self, kind: Kind, region: str | None) -> Sequence[Office]:
        """Those of them in a region."""
        return self._in_region.get((kind, region), ())

    def office(self, office_id: str) -> Office | None:
        """The office of an id, also of one that merged away."""
        return self.offices.get(self.id_now(office_id))

    def id_now(self, office_id: str) -> str:
        """The id that stands for an office today: another one if it merged away."""
        return self.aliases.get(office_id, office_id)
