"""What the grid finds is what a scan finds, wherever the point is."""

from hypothesis import given
from hypothesis import strategies as st

from core.places.around import Around, distance_km

LATS = st.floats(40, 56, allow_nan=False)
LONS = st.floats(46, 88, allow_nan=False)
POINTS = st.lists(st.tuples(LATS, LONS), min_size=1, max_size=60)
ANYWHERE = st.tuples(st.floats(-89, 89), st.floats(-170, 170))


@given(POINTS, st.tuples(LATS, LONS), st.integers(1, 5))
def test_the_nearest_are_those_that_a_scan_finds(
    points: list[tuple[float, float]], here: tuple[float, float], limit: int
) -> None:
    around = Around((lat, lon, number) for number, (lat, lon) in enumerate(points))
    found = [round(away, 6) for away, _ in around.nearest(*here, limit)]
    assert found == sorted(round(distance_km(*here, *each), 6) for each in points)[:limit]


@given(POINTS, ANYWHERE)
def test_from_far_away_something_is_found_too(
    points: list[tuple[float, float]], here: tuple[float, float]
) -> None:
    around = Around((lat, lon, number) for number, (lat, lon) in enumerate(points))
    assert len(around.nearest(*here, 3)) == min(3, len(points))


def test_nothing_is_near_where_nothing_is() -> None:
    assert Around[str]([]).nearest(50, 70, 3) == []
