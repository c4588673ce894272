"""What every file of the project keeps to."""

import ast
import re

from tests.house.tree import FLOORS, files_of, name_of, text_files

# The home of one person or machine; nobody else has it.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|Users|work|mnt)/[\w.]")


def test_every_module_says_what_belongs_in_it() -> None:
    modules = [path for path in files_of(*FLOORS) if path.suffix == ".py" and path.stat().st_size]
    silent = [
        name_of(path)
        for path in modules
        if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert modules
    assert not silent


def test_nothing_names_one_machine() -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in text_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert not found
