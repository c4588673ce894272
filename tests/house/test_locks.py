"""The lock files pin all that is installed, name no place to get it from, and match pyproject."""

import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
PIN = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9.-]*)(?:\[[a-z,]+\])?==(?P<version>[\w.!+]+)(?: ; [^\\]+)? \\"
)
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?P<more> \\)?")

Project = dict[str, Any]


@pytest.fixture(scope="module")
def project() -> Project:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pins(lock: str) -> dict[str, str]:
    """Read which version of what a lock file asks for."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    return {match["name"]: match["version"] for line in lines if (match := PIN.fullmatch(line))}


def check_in_step(lock: str, wanted: list[str]) -> None:
    pinned = pins(lock)
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        assert name in pinned, f"{lock} lacks {name}: make lock"
        assert requirement.specifier.contains(pinned[name]), (
            f"{lock} is behind on {name}: make lock"
        )


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_pins_and_hashes_only(lock: str) -> None:
    expecting_hash = False
    for number, line in enumerate((ROOT / lock).read_text("utf-8").splitlines(), 1):
        match = (HASH if expecting_hash else PIN).fullmatch(line)
        assert match, f"{lock}:{number}: {line}"
        expecting_hash = not expecting_hash or match["more"] is not None
    assert not expecting_hash


def test_lock_is_in_step_with_what_runs(project: Project) -> None:
    check_in_step("requirements.lock", project["project"]["dependencies"])


def test_lock_is_in_step_with_what_develops(project: Project) -> None:
    groups = project["dependency-groups"]
    wanted = [line for line in groups["dev"] if line != {"include-group": "build"}]
    check_in_step("requirements-dev.lock", [*wanted, *groups["build"]])


def test_lock_is_in_step_with_what_builds(project: Project) -> None:
    check_in_step("requirements-build.lock", project["dependency-groups"]["build"])
    check_in_step("requirements-build.lock", project["build-system"]["requires"])


def test_what_develops_tests_what_runs() -> None:
    run, develop = pins("requirements.lock"), pins("requirements-dev.lock")
    assert run.items() <= develop.items()
