"""The shapes in which the acts print their tables."""

from tools.acts.blocks import read_blocks, read_lines
from tools.acts.cells import read_cells
from tools.acts.columns import ColumnReader
from tools.acts.letters import Letters
from tools.acts.spaced import SpacedReader
from tools.acts.words import Words

CELLS = """
\t№
\tӘкімдіктің атауы
\tТелефон

\t1
\t2
\t3

\tАқмола облысы

\t1.
\t«Көкшетау қаласы әкімінің
аппараты» ММ
\t8(7162)255511

\t2
\t«Атбасар ауданы әкімінің аппараты» ММ
\t8(71643)21234
"""

BLOCKS = """
Ақмола облысы

1.
«Ақмола облысы әкімінің
аппараты» ММ

Көкшетау қ., Абай к
., 83.

тел. 8 (7162) 25-79-22

2. «Көкшетау қаласы
әкімінің аппараты» ММ

Көкшетау қ.,

тел. 8 (7162) 25-10-10
"""

LINES = """
1 Ақмола облысының ХҚҚО Көкшетау қ., Әуезов к., 189 «а» үй 40-10-76

2 Ақтөбе облысының ХҚҚО Ақтөбе қ., Тургенев к.,
109 үй 56-57-87
"""

SPACED = """
Ақсу ауданы

1

Ақсу ауылдық округі
әкімінің аппараты

Ж а н с ү г і р о в  ауылы
5 көшесі

8(72832)2-10-10

Қазақстан
Республикасы
12 бап

2

Қапал ауылдық округі әкімінің аппараты
Қапал ауылы

Алакөл ауданы

1

Үшарал қалалық округі әкімінің аппараты
"""


def test_cells_keep_their_breaks_and_their_heading() -> None:
    rows = read_cells(CELLS.split("\n"), 100, numbered=True)
    assert [(row.number, row.group) for row in rows] == [
        ("1", "Ақмола облысы"),
        ("2", "Ақмола облысы"),
    ]
    assert rows[0].cells == ("«Көкшетау қаласы әкімінің\nаппараты» ММ", "8(7162)255511")
    assert rows[0].line == 111


def test_cells_without_numbers_skip_their_head() -> None:
    text = "\tАтауы\n\tМекенжайы\n\n\tСәтбаев қаласының әкімі\n\tСәтбаев қ., 711-00-99\n"
    [row] = read_cells(text.split("\n"), 1, numbered=False)
    assert row.cells[0] == "Сәтбаев қаласының әкімі"


def test_blocks_begin_with_a_number_only_after_a_whole_row(words: Words) -> None:
    rows = read_blocks(BLOCKS.split("\n"), 1, words)
    assert [row.number for row in rows] == ["1", "2"]
    assert rows[0].cells[1] == "Көкшетау қ., Абай к\n., 83."
    assert rows[1].cells[0] == "«Көкшетау қаласы\nәкімінің аппараты» ММ"


def test_a_house_at_a_lines_start_opens_no_row() -> None:
    rows = read_lines(LINES.split("\n"), 1)
    assert [row.number for row in rows] == ["1", "2"]
    assert rows[1].cells[0].endswith("Тургенев к., 109 үй 56-57-87")


def test_spaced_rows_count_anew_in_each_group(words: Words, letters: Letters) -> None:
    rows = SpacedReader(words, letters).read(SPACED.split("\n"), 1)
    assert [(row.group, row.number) for row in rows] == [
        ("Ақсу ауданы", "1"),
        ("Ақсу ауданы", "2"),
        ("Алакөл ауданы", "1"),
    ]
    name, rest = rows[0].cells
    assert name == "Ақсу ауылдық округі әкімінің аппараты"
    assert rest.split("\n") == ["Жансүгіров ауылы", "5 көшесі", "8(72832)2-10-10"]


def test_a_row_torn_by_the_page_is_one(words: Words) -> None:
    lines = [
        "1\tАлматы қаласы Білім басқармасының «№ 1\tАбай к., 5\t255-44-11",
        "\tбөбекжай-балабақшасы» МКҚК\t\t",
        "2\tАлматы қаласы Білім басқармасының «№ 2 бөбекжайы» МКҚК\tДостық к., 7\t255-44-12",
    ]
    rows = ColumnReader(words, 3).read(lines, 1)
    assert [row.number for row in rows] == ["1", "2"]
    assert rows[0].cells[0].endswith("«№ 1 бөбекжай-балабақшасы» МКҚК")
    assert rows[0].cells[1:] == ("Абай к., 5", "255-44-11")


def test_a_beginning_above_its_number_belongs_to_the_row_below(words: Words) -> None:
    lines = [
        "1\tАлматы қаласы Білім басқармасының «№ 1 бөбекжайы»\tАбай к., 5\t255-44-11",
        "\tАлматы қаласы Білім басқармасының «№ 2\t\t",
        "2\tбөбекжайы» МКҚК\tДостық к., 7\t255-44-12",
    ]
    rows = ColumnReader(words, 3).read(lines, 1)
    assert rows[1].cells[0] == "Алматы қаласы Білім басқармасының «№ 2 бөбекжайы» МКҚК"
    assert rows[0].cells[0].endswith("«№ 1 бөбекжайы»")


def test_lines_of_no_row_are_kept_for_the_eye(words: Words) -> None:
    reader = ColumnReader(words, 3)
    reader.read(["Мектептер туралы мәлімет", "1\tМектеп\tАбай к., 5\t255-44-11"], 7)
    assert reader.unread == [(7, "Мектептер туралы мәлімет")]


def test_a_heading_parts_groups_and_what_hangs_before_it(words: Words) -> None:
    lines = [
        "Алмалы ауданы",
        "1\t«№ 1 бөбекжайы»\tАбай к., 5\t255-44-11",
        "\t\tбұрышы Манас к.\t",
        "Медеу ауданы",
        "1\t«№ 2 бөбекжайы»\tДостық к., 7\t255-44-12",
    ]
    rows = ColumnReader(words, 3).read(lines, 1)
    assert [row.group for row in rows] == ["Алмалы ауданы", "Медеу ауданы"]
    assert rows[0].cells[1] == "Абай к., 5 бұрышы Манас к."


def test_an_address_that_begins_anew_belongs_to_the_row_below(words: Words) -> None:
    lines = [
        "1\t«№ 1 бөбекжайы»\tАлматы қаласы, Абай к., 5\t255-44-11",
        "\t\tАлматы қаласы, Достық к.,\t",
        "2\t«№ 2 бөбекжайы»\t7\t255-44-12",
        "\t\t\t",
        "\t\tбұрышы Манас к.\t",
    ]
    first, second = ColumnReader(words, 3).read(lines, 1)
    assert first.cells[1] == "Алматы қаласы, Абай к., 5"
    assert second.cells[1] == "Алматы қаласы, Достық к., 7 бұрышы Манас к."


def test_a_timetable_for_all_rows_is_no_column_of_one(words: Words) -> None:
    lines = [
        "1\t«№ 1 бөбекжайы»\tАбай к., 5\t255-44-11\tДемалыс және мереке күндерін қоспағанда",
        "күн сайын сағат 9.00-ден 18.00-ге дейін",
    ]
    reader = ColumnReader(words, 3)
    [row] = reader.read(lines, 1)
    assert row.cells == ("«№ 1 бөбекжайы»", "Абай к., 5", "255-44-11")
    assert reader.unread == []


def test_an_area_code_printed_apart_is_put_before_its_number(words: Words) -> None:
    lines = ["1\tЛицей\tАбай к., 5\t8 255 44 11\t(727)"]
    [row] = ColumnReader(words, 3).read(lines, 1)
    assert row.cells[2] == "8 (727) 2554411"
