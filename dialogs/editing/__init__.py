"""Editing: those who keep the directory true change offices, settle reports, and look back."""

from dialogs.editing.adding import DIALOG as ADDING
from dialogs.editing.fields import DIALOG as FIELDS
from dialogs.editing.finding import DIALOG as FINDING
from dialogs.editing.history import DIALOG as HISTORY
from dialogs.editing.judging import DIALOG as JUDGING
from dialogs.editing.merging import DIALOG as MERGING
from dialogs.editing.reporting import DIALOG as REPORTING
from dialogs.editing.serving import DIALOG as SERVING

DIALOGS = (FINDING, FIELDS, SERVING, MERGING, ADDING, HISTORY, REPORTING, JUDGING)
