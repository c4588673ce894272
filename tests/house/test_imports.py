"""What the code imports is asked for in pyproject, and not there by somebody else's wish."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import FLOORS, ROOT, files_of, name_of

OURS = {*FLOORS, "bench", "tests", "tools"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FOR_ALL = PROJECT["project"]["dependencies"]
FOR_TESTS = FOR_ALL + [
    line for line in PROJECT["dependency-groups"]["dev"] if isinstance(line, str)
]


def imported_packages(path: Path) -> Iterator[str]:
    """Read the first names of what a module imports from elsewhere."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize(
    ("folders", "wanted"), [((*FLOORS, "tools"), FOR_ALL), (("tests", "bench"), FOR_TESTS)]
)
def test_what_is_imported_is_asked_for(folders: tuple[str, ...], wanted: list[str]) -> None:
    asked = {canonicalize_name(Requirement(line).name) for line in wanted}
    providers = packages_distributions()
    unasked = {
        f"{name_of(path)}: {package}"
        for path in files_of(*folders)
        if path.suffix == ".py"
        for package in imported_packages(path)
        if package not in OURS and package not in sys.stdlib_module_names
        if not asked & {canonicalize_name(name) for name in providers.get(package, [])}
    }
    assert not unasked
