"""Statistics: what happens in the bot, told to those who may know, in numbers without persons."""

from dialogs.statistics.board import DIALOG

__all__ = ["DIALOG"]
