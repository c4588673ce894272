"""Complaints on paper: the receipt with its code, and the complaint to be sent by post."""

from collections.abc import Iterator

from core.complaints.deadlines import Appeals
from core.papers.model import Address, Blank, Code, Heading, Paper, Part, Said, Title
from dialogs.complaints.words import Facts, subjects
from dialogs.speech import Speech

UNKNOWN = "____________________"


def link_to(facts: Facts) -> str:
    """The address that opens the state of a complaint, for its author and its officials only."""
    return f"https://t.me/{facts.bot_name}?start=c-{facts.number}"


def receipt_paper(say: Speech, facts: Facts) -> Paper:
    """What the receipt holds: number, day and hour, who has it, whom to ask, and what it is not."""
    complaint = facts.complaint
    sent = complaint.sent_at or complaint.created_at
    title = say.label("Receipt No. {number}", number=facts.number)
    parts: list[Part] = [
        Title(title),
        Said(say.label("{day}, {clock}", day=say.date(sent.date()), clock=say.time(sent))),
        Said(who_has_it(say, facts)),
        *(Said(line) for line in whom_to_ask(say, facts)),
        *(Said(line) for line in _about(say, facts)),
        Said(what_it_is(say)),
        Code(link_to(facts), say.label("The state of the complaint, in Telegram")),
    ]
    return Paper(title, say.language, tuple(parts))


def what_it_is(say: Speech) -> str:
    """That the receipt is the bot's own."""
    return say.label(
        "This is the record of this bot and not yet an official complaint. It becomes one when the "
        "office registers it; only then a term runs."
    )


def who_has_it(say: Speech, facts: Facts) -> str:
    """Which office has the complaint, and whether an official of it uses this bot."""
    if facts.held:
        return say.label(
            "The admins of this bot look at the words first and pass it on then; they are not the "
            "office."
        )
    match facts.owners.has:
        case "officials":
            office = say.of(facts.owners.office.name) if facts.owners.office else ""
            return say.label("It went to: {office}", office=office)
        case "above":
            office = say.of(facts.owners.office.name) if facts.owners.office else ""
            return say.label(
                "No official of that office uses this bot. It went to the office above: {office}",
                office=office,
            )
        case _:
            return say.label(
                "No official of that office uses this bot yet. The admins of this bot have it; "
                "they are not the office. Send it to the office yourself as well."
            )


def whom_to_ask(say: Speech, facts: Facts) -> Iterator[str]:
    """The phone and address of the office that has it, to ask how it stands."""
    office = facts.owners.office or facts.addressee
    if office is None:
        return
    if office.phones:
        yield say.label("Whom to ask: {phones}", phones=", ".join(office.phones))
    address = say.of(office.address)
    if address:
        yield say.label("Address: {address}", address=address)


def complaint_paper(say: Speech, facts: Facts, appeals: Appeals) -> Paper:
    """The complaint as the law in force demands it; what we do not know is left to be filled in."""
    said = facts.complaint.said
    to = facts.addressee or facts.about
    whom = say.of(to.name) if to else UNKNOWN
    address = say.of(to.address) if to else ""
    title = say.label("Complaint")
    parts: list[Part] = [
        Address("\n".join(part for part in (whom, address) if part)),
        Address(say.label("from {name}", name=said.name or UNKNOWN)),
        Address(say.label("IIN: {blank}", blank=UNKNOWN)),
        Address(say.label("address: {address}", address=said.address or UNKNOWN)),
        Address(say.label("phone: {phone}", phone=said.phone or UNKNOWN)),
        Title(title),
        *(Said(line) for line in _about(say, facts)),
        *(Said(line) for line in said.text.splitlines() if line.strip()),
        *_before(say, facts),
        Said(say.label("I ask you to look into this, to put it right, and to answer me.")),
        Said(_by_law(say, facts, appeals)),
    ]
    if facts.files:
        parts.append(Said(say.label("Enclosed: {number} files", number=facts.files)))
    parts += [
        Blank(say.label("Date")),
        Blank(say.label("Signature")),
        Heading(say.label("Check before you send it")),
        Said(
            say.label(
                "The law asks that a complaint names: {demands}.",
                demands="; ".join(say.of(each) for each in appeals.demands),
            ),
            quiet=True,
        ),
    ]
    return Paper(title, say.language, tuple(parts))


def _by_law(say: Speech, facts: Facts, appeals: Appeals) -> str:
    """By which law in force, and in how many days, the answer is due."""
    term = appeals.term(facts.body)
    ground = appeals.grounds[term.ground]
    return say.label(
        "By article {article} of this act the answer is due in {amount} working days from "
        "registration: {act}.",
        article=ground.article,
        amount=term.amount,
        act=say.of(ground.act),
    )


def _about(say: Speech, facts: Facts) -> Iterator[str]:
    complaint = facts.complaint
    if facts.about is not None:
        yield say.label("About: {office}", office=say.of(facts.about.name))
    if facts.service is not None:
        yield say.label("Service: {service}", service=say.of(facts.service.title))
    if complaint.subject is not None:
        yield say.label("Subject: {subject}", subject=subjects(say)[complaint.subject])
    if complaint.said.handed_in is not None:
        day = say.date(complaint.said.handed_in)
        yield say.label("Papers handed in on: {day}", day=day)
    if complaint.said.promised is not None:
        day = say.date(complaint.said.promised)
        yield say.label("Answer promised by: {day}", day=day)


def _before(say: Speech, facts: Facts) -> Iterator[Part]:
    """What was answered before, for a complaint that goes one step up."""
    for event in facts.events:
        if event.kind in ("answered", "closed") and event.words:
            day = say.date(event.at.date())
            yield Said(say.label("Answer of {day}: {words}", day=day, words=event.words))
