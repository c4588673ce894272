"""Files that are no files of ours: refused with a line and a reason, in no time and no memory."""

import tracemalloc

import pytest

from core.services.yaml_lines import DEEPEST, MOST_BYTES, MOST_VALUES, DataError, sheet_of

BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
DEEP_BOMB = "a: &a []\n" + "".join(
    f"a{number + 1}: &a{number + 1} [*a{number or ''}]\n" for number in range(DEEPEST)
)
HOSTILE = [
    (BOMB.encode(), 5, "more than 30000 values"),
    (DEEP_BOMB.encode(), 31, "more than 32 deep"),
    (b"a: &a [*a]\n", 1, "`*a` repeats nothing"),
    (b"a: 1\nb: *nothing\n", 2, "`*nothing` repeats nothing"),
    (b"[" * 200_000, 1, "more than 32 deep"),
    (b"{a: " * 50_000, 1, "more than 32 deep"),
    (b"a:\n" + b"- 1\n" * (MOST_VALUES + 1), MOST_VALUES - 2, "more than 30000 values"),
    (b"a: " + b"x" * MOST_BYTES, 1, "larger than 300000 bytes"),
    (b"a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "`!` is not used here"),
    (b"a: 1\nb: !secret x\n", 2, "`!` is not used here"),
    (b"a: 1\n---\nb: 2\n", 2, "a second file"),
    ("a: 1\nb: привет\n".encode("cp1251"), 2, "UTF-8"),
    (b"a: 1\n\xff\xfe\n", 2, "UTF-8"),
    (b"a: \x00\n", 1, "no YAML"),
    (b"PK\x03\x04 a spreadsheet", 1, "no YAML"),
    (b"a: [1\nb: 2\n", 2, "no YAML"),
    (b"a: 1\na: 2\n", 2, "`a` stands here twice"),
]


@pytest.mark.parametrize(("content", "line", "said"), HOSTILE, ids=[each[2] for each in HOSTILE])
def test_hostile_file_is_refused(content: bytes, line: int, said: str) -> None:
    tracemalloc.start()
    with pytest.raises(DataError) as raised:
        sheet_of("evil.yaml", content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    problem = raised.value.problems[0]
    assert (problem.line, said in str(problem)) == (line, True), str(problem)
    assert most < 30_000_000


def test_what_is_repeated_is_read_out_in_full() -> None:
    sheet = sheet_of(
        "good.yaml", b"\xef\xbb\xbfa: &a {x: 1}\nb: [*a, *a]\nc: 99999999999999999999\n"
    )

    assert sheet.data == {"a": {"x": 1}, "b": [{"x": 1}, {"x": 1}], "c": "99999999999999999999"}
