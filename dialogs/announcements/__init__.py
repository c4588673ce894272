"""Announcements: what admins tell many, and how parents agree to be told or not."""

from dialogs.announcements.news import DIALOG as NEWS_DIALOG
from dialogs.announcements.writing import DIALOG as WRITING_DIALOG

DIALOGS = (NEWS_DIALOG, WRITING_DIALOG)
