"""Help: what the bot can do, in a few lines."""

from dialogs.doors import GoOn, OpenHelp, OpenLanguage, OpenMenu, OpenPrivacy
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, Reply, Step, View, Visit, page
