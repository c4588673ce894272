"""What the buttons of publishing mean."""

from dataclasses import dataclass
from typing import ClassVar

from dialogs.action import Action


@dataclass(frozen=True, slots=True)
class OpenVersions(Action):
    """The versions of a service: which holds, which is to come, which were."""

    code: ClassVar[str] = "vs"
    service: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenVersion(Action):
    """One version: since when, by whom, and what differs from the one before."""

    code: ClassVar[str] = "vv"
    service: str
    version: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class SendVersion(Action):
    """A version as a file."""

    code: ClassVar[str] = "vf"
    service: str
    version: int


@dataclass(frozen=True, slots=True)
class TakeVersionBack(Action):
    """Take back a version that has not begun."""

    code: ClassVar[str] = "vw"
    service: str
    version: int


@dataclass(frozen=True, slots=True)
class DraftVersion(Action):
    """Make a draft of a version: of an old one to publish it anew, of the current one to edit."""

    code: ClassVar[str] = "va"
    service: str
    version: int


@dataclass(frozen=True, slots=True)
class OpenOffer(Action):
    """What the last release says otherwise of a service that an admin published."""

    code: ClassVar[str] = "vo"
    service: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class TakeOffer(Action):
    """Make a draft of what the release says."""

    code: ClassVar[str] = "vt"
    service: str


@dataclass(frozen=True, slots=True)
class DeclineOffer(Action):
    """Leave the service as it is."""

    code: ClassVar[str] = "vn"
    service: str


@dataclass(frozen=True, slots=True)
class AskFile(Action):
    """Ask for the file of a service."""

    code: ClassVar[str] = "vu"
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class OpenMistakes(Action):
    """What is wrong in the file that was sent last."""

    code: ClassVar[str] = "vz"
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenDraft(Action):
    """A draft: what differs in it from what holds, and what can be done with it."""

    code: ClassVar[str] = "vd"
    draft: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenMoved(Action):
    """The golden families whose result a draft changes."""

    code: ClassVar[str] = "vm"
    draft: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class DropDraft(Action):
    """Throw a draft away."""

    code: ClassVar[str] = "vx"
    draft: int


@dataclass(frozen=True, slots=True)
class CompareAnew(Action):
    """Put a draft upon the version that meanwhile became the current one."""

    code: ClassVar[str] = "vr"
    draft: int


@dataclass(frozen=True, slots=True)
class AskBeginning(Action):
    """Ask from which day a draft is to hold; `misread` after words that are no such day."""

    code: ClassVar[str] = "vp"
    draft: int
    misread: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmPublishing(Action):
    """The last question; the day is counted from year one, 0 is at once."""

    code: ClassVar[str] = "vc"
    draft: int
    day: int


@dataclass(frozen=True, slots=True)
class PublishDraft(Action):
    """Publish it."""

    code: ClassVar[str] = "vg"
    draft: int
    day: int


@dataclass(frozen=True, slots=True)
class OpenParts(Action):
    """The parts of a draft in which texts and terms can be changed."""

    code: ClassVar[str] = "vq"
    draft: int


@dataclass(frozen=True, slots=True)
class OpenSlots(Action):
    """The texts and terms of one part."""

    code: ClassVar[str] = "vi"
    draft: int
    part: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskValue(Action):
    """Ask for another value: a text in one language, a number, a day."""

    code: ClassVar[str] = "vk"
    draft: int
    path: str
    language: str | None = None
