"""Posters: a page for a foyer whose code opens the bot where it helps, and how often it did."""

from dialogs.posters.making import DIALOG

__all__ = ["DIALOG"]
