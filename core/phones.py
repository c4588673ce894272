"""Phones as people write them: read as numbers of Kazakhstan, unless they name another country."""

import phonenumbers

HOME = "KZ"


def read_phone(text: str) -> str | None:
    """The number in the international form; None if it is none that could be called."""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
