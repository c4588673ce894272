"""What is said about an office rather than decided."""

from dataclasses import replace

from core.directory.model import Flag
from core.places.loading import load_places
from tests.tools.acts.conftest import ROOT
from tests.tools.acts.placed import placed
from tools.acts.flagging import flags_of
from tools.acts.organisations import Organisation, Placed

PLACES = load_places(ROOT / "data")


def flags(*members: Placed) -> list[Flag]:
    return flags_of(Organisation("school", list(members)), members, PLACES)


def kinds(*members: Placed) -> set[str]:
    return {flag.kind for flag in flags(*members)}


def test_an_added_code_is_said_once() -> None:
    one = placed("Мектеп", phones=("255-44-11",))
    other = placed("Мектеп", annex="2", phones=("2554411",))
    assert flags(one, other) == [Flag(kind="code_added", text="+77272554411")]


def test_other_phones_are_a_contradiction_with_both_sides() -> None:
    one = placed("Мектеп", phones=("8 (727) 255-44-11",))
    other = placed("Мектеп", annex="2", phones=("8 (727) 255-44-12",))
    [flag] = flags(one, other)
    assert flag.kind == "phone_differs"
    assert "annex 1 row 1: 8 (727) 255-44-11" in flag.text
    assert "annex 2 row 1: 8 (727) 255-44-12" in flag.text


def test_one_phone_more_is_no_contradiction() -> None:
    one = placed("Мектеп", phones=("8 (727) 255-44-11",))
    other = placed("Мектеп", annex="2", phones=("8 (727) 255-44-11", "8 (727) 255-44-12"))
    assert kinds(one, other) == set()


def test_another_house_is_a_contradiction_a_missing_one_is_not() -> None:
    phone = ("8 (727) 255-44-11",)
    at_five = placed("Мектеп", phones=phone, street=("абай", frozenset({"5"})))
    at_six = placed("Мектеп", annex="2", phones=phone, street=("абай", frozenset({"6"})))
    without = placed("Мектеп", annex="2", phones=phone, street=("абай", frozenset()))
    assert kinds(at_five, at_six) == {"address_differs"}
    assert kinds(at_five, without) == set()


def test_numbers_that_do_not_add_up_are_kept_and_flagged() -> None:
    assert kinds(placed("Мектеп", phones=("255-44",))) == {"number_unusable"}


def test_a_code_of_another_city_is_flagged_a_mobile_is_not() -> None:
    assert kinds(placed("Мектеп", phones=("8 (7212) 42-10-76",))) == {"area_code_differs"}
    assert kinds(placed("Мектеп", phones=("8 701 555 44 11",))) == set()


def test_what_the_table_shows_of_a_row_is_said_with_its_source() -> None:
    member = placed("Мектеп", phones=("8 (727) 255-44-11",))
    warned = replace(member, warnings=(Flag(kind="corrected", text="print slipped"),))
    [flag] = flags(warned)
    assert flag.kind == "corrected"
    assert flag.text == "almaty_city_4_1097 school_admission annex 1 row 1: print slipped"


def test_no_phone_unread_text_and_odd_mail() -> None:
    assert kinds(placed("Мектеп", note="қабылдау", emails=("a@mai1.ru",))) == {
        "no_phone",
        "unread",
        "email_doubtful",
    }


def test_the_mail_of_another_school_is_doubtful() -> None:
    phone = ("8 (727) 255-44-11",)
    own = placed("№ 41 мектеп", phones=phone, emails=("school_41@edualmaty.kz",))
    other = placed("№ 41 мектеп", phones=phone, emails=("school_410@edualmaty.kz",))
    assert kinds(own) == set()
    assert kinds(other) == {"email_doubtful"}


def test_sites_spelled_otherwise_are_a_contradiction_other_sites_are_not() -> None:
    phone = ("8 (727) 255-44-11",)
    one = placed("Мектеп", phones=phone, websites=("http://www.gimnazia.kz/",))
    same = placed("Мектеп", annex="2", phones=phone, websites=("www.gimnazia.kz",))
    spelled = placed("Мектеп", annex="2", phones=phone, websites=("gimnaziya.kz",))
    other = placed("Мектеп", annex="2", phones=phone, websites=("edu.almaty.kz",))
    assert kinds(one, same) == kinds(one, other) == set()
    [flag] = flags(one, spelled)
    assert flag.kind == "site_differs"
    assert "row 1: gimnazia.kz / " in flag.text


def test_what_the_eye_read_is_no_longer_unread() -> None:
    torn = placed("Мектеп", phones=("8 (727) 255-44-11",), note="a@ma l.ru")
    assert kinds(torn) == {"unread"}
    assert kinds(replace(torn, emails=("a@mail.ru",))) == set()
