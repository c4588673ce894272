"""A printed number as E.164, or the reason why it cannot be one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import phonenumbers

NATIONAL_LENGTH = 10
TRUNK = "8"
COUNTRY = "7"


@dataclass(frozen=True)
class Number:
    """A number with what was printed; `e164` is absent where digits do not add up."""

    printed: str
    e164: str | None
    code_added: bool = False


def as_e164(
    printed: Sequence[str], area_code: str | None, carried: str | None = None
) -> list[Number]:
    """Numbers of one cell: an area code printed once holds for those after it."""
    numbers = []
    for text in printed:
        code, local = _parts(text)
        carried = code or carried
        national = local if _is_national(local) and not code else (carried or "") + local
        added = False
        if not carried and not _is_national(local) and area_code:
            national, added = area_code + local, True
        numbers.append(_checked(text, _without_trunk(national), added=added))
    return numbers


def last_area_code(printed: Sequence[str]) -> str | None:
    """The area code that the last number with one carries, for the faxes after the phones."""
    codes = [code for code, _ in map(_parts, printed) if code]
    return codes[-1] if codes else None


def _parts(text: str) -> tuple[str | None, str]:
    code = re.search(r"\(([\d\s-]+)\)", text)
    if code:
        local = re.sub(r"\D", "", text[code.end() :])
        return _without_trunk(re.sub(r"\D", "", code.group(1))), local
    apart = re.match(r"^8[\s-]?(7\d{2,4})\s+([\d-]{5,})$", text)
    if apart:
        return apart.group(1), re.sub(r"\D", "", apart.group(2))
    return None, _without_trunk(re.sub(r"\D", "", text))


def _is_national(digits: str) -> bool:
    return len(digits) == NATIONAL_LENGTH


def _without_trunk(digits: str) -> str:
    international = digits.startswith(COUNTRY) and len(digits) == NATIONAL_LENGTH + 1
    too_long = international or (digits.startswith(TRUNK) and len(digits) > NATIONAL_LENGTH)
    return digits[1:] if too_long or digits.startswith("87") else digits


def _checked(printed: str, national: str, *, added: bool) -> Number:
    if len(national) == NATIONAL_LENGTH:
        number = phonenumbers.parse(f"+7{national}")
        if phonenumbers.is_valid_number(number):
            text = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            return Number(printed, text, code_added=added)
    return Number(printed, None)
