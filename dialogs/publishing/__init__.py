"""Publishing: new versions of services, from a file or from the chat, and all that were."""

from dialogs.publishing.drafts import DIALOG as DRAFTS
from dialogs.publishing.editing import DIALOG as EDITING
from dialogs.publishing.uploading import DIALOG as UPLOADING
from dialogs.publishing.versions import DIALOG as VERSIONS

DIALOGS = (VERSIONS, UPLOADING, DRAFTS, EDITING)
