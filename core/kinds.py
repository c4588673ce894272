"""Kinds that services and the directory name alike: of offices, and the days of a week."""

from typing import Literal

OfficeKind = Literal[
    "region_akimat",
    "district_akimat",
    "rural_akim",
    "region_education_department",
    "district_education_department",
    "social_department",
    "service_centre",
    "school",
    "kindergarten",
    "college",
    "extra_education",
    "special_school",
    "ministry",
    "other",
]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
