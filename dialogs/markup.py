"""Markup: bold, italic and paragraphs, with everything that is put into them escaped."""

from markupsafe import Markup, escape


def bold(text: str) -> Markup:
    """The words that matter most on a screen: a title, or the question at its end."""
    return Markup(f"<b>{escape(text)}</b>")  # noqa: S704 - escaped


def italic(text: str) -> Markup:
    """Words in a quiet voice: where we are, what state an act is in."""
    return Markup(f"<i>{escape(text)}</i>")  # noqa: S704 - escaped


def quote(words: str) -> Markup:
    """Somebody's own words."""
    return Markup("<blockquote>{}</blockquote>").format(words)


def clip(words: str, room: int) -> str:
    """Words as far as there is room, counted as Telegram counts; a sign says that there is more."""
    units = words.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * room:
        return words
    kept = units[: 2 * max(0, room - 1)].decode("utf-16-le", "ignore")
    return f"{kept.rstrip()}…"


def paragraphs(*parts: str | None) -> Markup:
    """Parts with an empty line between them; those that are not there leave no gap."""
    return Markup("\n\n").join(each for each in parts if each)


def lines(*parts: str) -> Markup:
    """Parts one below the other."""
    return Markup("\n").join(parts)
