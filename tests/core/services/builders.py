"""Small services for tests: a whole one that loads, and ways to change a part of it."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from core.services.acts import Act
from core.services.checking import Surroundings
from core.services.library import load_library, load_service
from core.services.model import Service

DATA = Path(__file__).parents[3] / "data"

ACT = Act.model_validate(
    {
        "id": "act_1",
        "title": {"kk": "Акт", "ru": "Акт"},
        "issuer": {"kk": "Әкімдік", "ru": "Акимат"},
        "number": "1",
        "date": "2012-01-01",
        "status": "repealed",
        "services": ["bus", "coach"],
        "regulations": [{"paragraphs": "1..20, 6.1..6.4", "annexes": ["1", "2"]}],
    }
)
AROUND = Surroundings(
    acts={"act_1": ACT},
    services=frozenset({"bus", "coach"}),
    situations=frozenset({"school"}),
)


def text(word: str) -> dict[str, str]:
    """One word as a text in both languages."""
    return {"kk": word, "ru": word}


def question(name: str, *options: str, **more: Any) -> dict[str, Any]:
    """A question with these options."""
    listed = [{"id": each, "label": text(each)} for each in options]
    return {"id": name, "text": text(name), "options": listed, **more}


def document(name: str, **more: Any) -> dict[str, Any]:
    """A document asked for by paragraph 11."""
    return {"id": name, "text": text(name), "source": ["11"], **more}


def verdict(says: str, when: Any = None, **more: Any) -> dict[str, Any]:
    """A verdict; its text is unlike others'."""
    condition = {"when": when} if when else {}
    return {"says": says, "text": text(f"{says} {when}"), **condition, **more}


def service_data(**changes: Any) -> dict[str, Any]:
    """A whole service file as data: a bus pass for those who live far."""
    data: dict[str, Any] = {
        "id": "bus",
        "version": 1,
        "acts": ["act_1"],
        "title": text("bus"),
        "short": text("bus"),
        "about": text("bus"),
        "jurisdiction": {"level": "country"},
        "situations": ["school"],
        "search": {"kk": ["автобус"], "ru": ["автобус"]},
        "categories": [{"id": "far", "text": text("far"), "source": ["6.1"]}],
        "questions": [
            question("distance", "far", "near", "unknown"),
            question("applicant", "parent", "guardian"),
        ],
        "rules": [
            {
                "id": "distance",
                "source": ["6"],
                "verdicts": [
                    verdict("eligible", {"distance": "far"}),
                    verdict("not_eligible", {"distance": "near"}),
                    verdict("unknown"),
                ],
            }
        ],
        "documents": [
            document("card"),
            document("guardianship", when={"applicant": "guardian"}),
        ],
        "terms": [
            {
                "id": "processing",
                "what": "processing",
                "amount": 5,
                "unit": "working_day",
                "text": text("5"),
                "source": ["7"],
            }
        ],
        "providers": [
            {
                "id": "school",
                "kind": "school",
                "does": ["accepts"],
                "text": text("school"),
                "source": ["1"],
            }
        ],
        "refusals": [{"id": "papers", "text": text("papers"), "source": ["16"]}],
        "routes": [
            {
                "id": "court",
                "subjects": ["refused"],
                "step": 1,
                "to": {"text": text("court"), "kind": "court"},
                "source": ["18"],
            }
        ],
        "silent": [{"fact": each} for each in ("fee", "hours", "result", "slip", "complaint_slip")],
    }
    return deepcopy(data) | changes


def service(**changes: Any) -> Service:
    """The small service with some keys changed, as the engine takes it."""
    return Service.model_validate(service_data(**changes), context={"act": "act_1"})


def load_written(folder: Path, written: str) -> Service:
    """A service from the text of a file."""
    file = folder / "bus.yaml"
    file.write_text(written, encoding="utf-8")
    return load_service(file, AROUND)


def load_data(folder: Path, **changes: Any) -> Service:
    """The small service with some keys changed, written to a file and loaded from it."""
    return load_written(folder, yaml.safe_dump(service_data(**changes), allow_unicode=True))


LIBRARY = load_library(DATA)
