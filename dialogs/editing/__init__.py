"""Editing: those who keep the directory true change offices, settle reports, and look back."""

from dialogs.editing.adding import DIALOG as ADDING
from dialogs.editing.fields import DIALOG as FIELDS
from dialogs.editing.finding import DIALOG as FINDING
from dialogs.editing.merging import DIALOG as MERGING
from dialogs.editing.serving import DIALOG as SERVING

DIALOGS = (FINDING, FIELDS, SERVING, MERGING, ADDING)
