"""Measures: how much a turn costs here, beside bare aiogram in the same run."""
