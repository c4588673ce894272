"""News: whether a parent wants to be told what is new, and what such a message looks like."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from core.announcements import Announcement
from core.store import wishes
from dialogs.action import Action
from dialogs.doors import OpenNews, OpenPrivacy
from dialogs.homeward import home
from dialogs.markup import italic, paragraphs
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, Reply, Step, View, Visit


@dataclass(frozen=True, slots=True)
class SwitchNews(Action):
    """Agree to be told what is new, or not to be any more."""

    code: ClassVar[str] = "nv"
    on: bool


def show_news(say: Speech, agreed: bool) -> Screen:
    """What would come, how seldom, and that it ends with one tap."""
    text = paragraphs(
        say("<b>News</b>"),
        say(
            "Now and then I could write to you by myself: when a rule has changed, or when the "
            "time to apply begins. In each message one button ends it."
        ),
        say("You get the news.") if agreed else say("You get no news: I write only to answer you."),
        say("<b>Shall I write to you?</b>"),
    )
    switch = (
        Button(say.label("No more news"), SwitchNews(on=False))
        if agreed
        else Button(say.label("Yes, send me news"), SwitchNews(on=True))
    )
    return Screen(
        text,
        (
            (switch,),
            (
                Button(say.label("What I keep"), OpenPrivacy()),
                home(say),
            ),
        ),
    )


def show_announcement(say: Speech, announcement: Announcement) -> Screen:
    """The message as those it is for get it."""
    words = Markup.escape(announcement.said(say.language))
    if not announcement.audience.parents:
        why = say("You get this because you work with Bagyt.")
        return Screen(paragraphs(words, italic(why)))
    why = say("You get this because you agreed to news.")
    stop = Button(say.label("No more news"), SwitchNews(on=False))
    menu = home(say)
    return Screen(paragraphs(words, italic(why)), ((stop, menu),))


async def _agreed(visit: Visit, _: OpenNews) -> bool:
    return await wishes.has(visit.tx, visit.person.id, wishes.NEWS)


async def _switch(visit: Visit, wanted: SwitchNews) -> Reply:
    if wanted.on:
        await wishes.agree(visit.tx, visit.person.id, wishes.NEWS, visit.now)
        return Reply(OpenNews(), toast=visit.say.label("Good. I will write when there is news."))
    await wishes.refuse(visit.tx, visit.person.id, wishes.NEWS)
    return Reply(OpenNews(), toast=visit.say.label("Done. No more news will come."))


DIALOG = Dialog(
    views=(View(OpenNews, _agreed, show_news),),
    steps=(Step(SwitchNews, _switch),),
)
