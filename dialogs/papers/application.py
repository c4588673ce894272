"""An application on paper: to whom, what is asked for, and room for the date and the signature."""

import re
from collections.abc import Mapping

from core.papers.model import Address, Blank, Paper, Part, Said, Title
from core.services.model import Form
from core.services.sources import Text
from dialogs.speech import Speech
from dialogs.standing import Standing
from dialogs.statements import source_lines, state_of

LINE = "____________"
_FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def application_paper(
    say: Speech, standing: Standing, form: Form, values: Mapping[str, str]
) -> Paper:
    """What stands on it, in this language."""
    sources = source_lines(say, form.source, standing.citations)
    state = state_of(say, standing.act, standing.service.successor).striptags()
    parts: tuple[Part, ...] = (
        *([Address(filled(say, form.to, values))] if form.to else []),
        Title(say.of(form.title)),
        *([Said(filled(say, form.body, values))] if form.body else []),
        Blank(say.label("Date")),
        Blank(say.label("Signature")),
        *(Said(each.striptags(), quiet=True) for each in sources),
        Said(state, quiet=True),
    )
    return Paper(say.of(form.title), say.language, parts)


def filled(say: Speech, text: Text, values: Mapping[str, str]) -> str:
    """The text with what was typed in its places, and a line where nothing was."""
    return _FIELD.sub(lambda found: values.get(found[1]) or LINE, say.of(text))
