"""The error of an operator who gave something that cannot be used."""


class InputError(Exception):
    """What was given cannot be used; the text is one line that says what would be right."""
