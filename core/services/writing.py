"""A service written as the file it could have been read from, to be changed by hand and sent back.

Reading it gives the same service; what a person wrote beside the facts is not in the database.
"""

from collections.abc import Iterable
from typing import Any

import yaml

from core.services.acts import Act
from core.services.model import Service

WIDTH = 100
_BESIDE = frozenset({"kk", "ru", "by"})


def yaml_of(service: Service, act: Act) -> str:
    """The whole file; `act` is the service's own, whose paragraphs are written short."""
    data = service.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    own = {"act": act.id, "service": act.named_in_sources(service.id)}
    written = yaml.dump(
        _shortened(data, {key: value for key, value in own.items() if value}),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH,
    )
    return str(written)


def _shortened(data: Any, own: dict[str, str]) -> Any:
    """The same with every place in the service's own act as briefly as a file may name it."""
    match data:
        case dict():
            named = {"id": data["id"]} if "id" in data else {}
            return {
                key: _sources(value, own) if key == "source" else _shortened(value, own)
                for key, value in (named | data).items()
            }
        case list():
            return [_shortened(each, own) for each in data]
        case _:
            return data


def _sources(sources: Any, own: dict[str, str]) -> Any:
    return [_source(each, own) for each in sources or ()] or None


def _source(source: dict[str, Any], own: dict[str, str]) -> Any:
    if any(source.get(key) != value for key, value in own.items()):
        return source
    place = {key: value for key, value in source.items() if key not in own}
    match place:
        case {"para": para} if len(place) == 1:
            return para
        case {"annex": annex} if len(place) == 1:
            return f"annex {annex}"
        case _:
            return place


class _Dumper(yaml.SafeDumper):
    """Writes lists under their keys with an indent, and short things on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT
        """Indent lists too, as all our files do."""
        super().increase_indent(flow, False)


def _mapping(dumper: yaml.SafeDumper, data: dict[str, Any]) -> yaml.MappingNode:
    beside = data.keys() <= _BESIDE and _is_short(data.values())
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=beside)


def _list(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.SequenceNode:
    plain = all(not isinstance(each, dict | list) for each in data) and _is_short(data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=plain)


def _is_short(values: Iterable[Any]) -> bool:
    """Whether they fit into one line together."""
    return sum(len(str(each)) for each in values) < WIDTH * 3 // 4


_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)
