"""The tables, as the newest migration leaves them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from core.store.columns import Id, Json, Moment, SealedText

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    comment="Facts about the database itself: that the key fits, which data it holds.",
)

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("language", Text),
    Column("language_asked", Boolean, nullable=False),
    Column("view", Text, nullable=False),
    Column("was", Text),
    Column("memory", SealedText),
    Column("message_id", BigInteger),
    Column("message_at", Moment),
    Column("seen", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("active_at", Moment, nullable=False),
    comment="The state of each person's conversation, by Telegram id; no name is kept.",
)

chats = Table(
    "chats",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("migrated_to", BigInteger),
    Column("changed_at", Moment, nullable=False),
    CheckConstraint(
        "state IN ('active', 'blocked', 'deleted', 'kicked', 'migrated')", name="state"
    ),
    comment="Whether the bot can still write to a chat, and where a group moved.",
)

outgoing = Table(
    "outgoing",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("lane", SmallInteger, nullable=False),
    Column("body", SealedText, nullable=False),
    Column("cause", Text, nullable=False),
    Column("once", Text),
    Column("about", Text),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("attempts", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("taken_at", Moment),
    Column("sent_at", Moment),
    Column("message_id", BigInteger),
    Column("error", Text),
    CheckConstraint("state IN ('waiting', 'sending', 'sent', 'failed', 'cancelled')", name="state"),
    UniqueConstraint("once"),
    Index(
        "ix_outgoing_due",
        "lane",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_outgoing_unfinished",
        "chat_id",
        "lane",
        "id",
        sqlite_where=text("state IN ('waiting', 'sending')"),
        postgresql_where=text("state IN ('waiting', 'sending')"),
    ),
    Index(
        "ix_outgoing_not_before",
        "not_before",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_outgoing_expires_at",
        "expires_at",
        sqlite_where=text("state = 'waiting' AND expires_at IS NOT NULL"),
        postgresql_where=text("state = 'waiting' AND expires_at IS NOT NULL"),
    ),
    Index("ix_outgoing_message", "chat_id", "message_id"),
    Index(
        "ix_outgoing_about",
        "about",
        sqlite_where=text("about IS NOT NULL"),
        postgresql_where=text("about IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
    comment="What is said to others than the person being answered, sent or waiting.",
)

roles = Table(
    "roles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", BigInteger, nullable=False),
    Column("role", Text, nullable=False),
    Column("scope", Json, nullable=False),
    Column("name", SealedText),
    Column("granted_by", BigInteger),
    Column("granted_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    CheckConstraint("role IN ('admin', 'editor', 'official', 'viewer')", name="role"),
    Index(
        "ix_roles_held",
        "person_id",
        "role",
        "scope",
        unique=True,
        sqlite_where=text("revoked_at IS NULL"),
        postgresql_where=text("revoked_at IS NULL"),
    ),
    comment="Who may do what and where; a role taken back stays, with its end.",
)

invites = Table(
    "invites",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("scope", Json, nullable=False),
    Column("made_by", BigInteger, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("opened_by", BigInteger),
    Column("opened_name", SealedText),
    Column("opened_at", Moment),
    Column("decided_by", BigInteger),
    Column("decided_at", Moment),
    Column("granted", Boolean),
    CheckConstraint("role IN ('admin', 'editor', 'official', 'viewer')", name="role"),
    UniqueConstraint("token_hash"),
    sqlite_autoincrement=True,
    comment="Links that give a role to whoever opens one first and is confirmed; kept as hashes.",
)

role_events = Table(
    "role_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("origin", Text, nullable=False),
    Column("by", BigInteger),
    Column("person_id", BigInteger),
    Column("role", Text, nullable=False),
    Column("scope", Json, nullable=False),
    Column("invite", BigInteger),
    CheckConstraint(
        "kind IN ('granted', 'revoked', 'invited', 'withdrawn', 'opened', 'refused')", name="kind"
    ),
    CheckConstraint("origin IN ('chat', 'command', 'settings')", name="origin"),
    Index(None, "person_id"),
    sqlite_autoincrement=True,
    comment="All that was ever done about roles, by whom and from where; rows are only added.",
)

lookups = Table(
    "lookups",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("origin", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    CheckConstraint("origin IN ('command', 'chat')", name="origin"),
    sqlite_autoincrement=True,
    comment="Who read what is personal where masks would have hidden it; rows are only added.",
)

bindings = Table(
    "bindings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("person_id", BigInteger, nullable=False),
    Column("bound_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ended_why", Text),
    CheckConstraint("ended_why IN ('unbound', 'kicked', 'revoked')", name="ended_why"),
    Index(
        "ix_bindings_held",
        "chat_id",
        "person_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
    Index("ix_bindings_person_id", "person_id"),
    sqlite_autoincrement=True,
    comment="Groups that hear of the complaints that somebody has; an ended binding stays.",
)

faults = Table(
    "faults",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("count", Integer, nullable=False),
    Column("told_at", Moment),
    comment="Errors by kind, so that the admins hear of each once.",
)

copies = Table(
    "copies",
    metadata,
    Column("id", Text, primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("beat_at", Moment, nullable=False),
    comment="The running copies of the bot and their last sign of life.",
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", Moment, nullable=False),
    comment="Which copy does what only one may do at a time.",
)

enquiries = Table(
    "enquiries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("service", Text, nullable=False),
    Column("rules_version", Text, nullable=False),
    Column("answers", SealedText, nullable=False),
    Column("ticked", SealedText, nullable=False),
    Column("label", SealedText),
    Column("state", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("active_at", Moment, nullable=False),
    Index(None, "person_id"),
    sqlite_autoincrement=True,
    comment="What a parent answered to one service and which documents are ready.",
)

service_versions = Table(
    "service_versions",
    metadata,
    Column("service", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("body", Json, nullable=False),
    Column("origin", Text, nullable=False),
    Column("valid_from", Moment),
    Column("published_at", Moment, nullable=False),
    Column("published_by", BigInteger),
    Column("withdrawn_at", Moment),
    Column("withdrawn_by", BigInteger),
    CheckConstraint("origin IN ('release', 'admin')", name="origin"),
    comment="Every version of a service that was ever published.",
)

service_drafts = Table(
    "service_drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("service", Text, nullable=False),
    Column("body", Json, nullable=False),
    Column("based_on", Text, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("service", "person_id"),
    sqlite_autoincrement=True,
    comment="New versions of services that admins are working on, one each.",
)

service_offers = Table(
    "service_offers",
    metadata,
    Column("service", Text, primary_key=True),
    Column("body", Json, nullable=False),
    Column("offered_at", Moment, nullable=False),
    Column("declined_at", Moment),
    Column("declined_by", BigInteger),
    comment="What the last release says otherwise of services that an admin published.",
)

offices = Table(
    "offices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("region", Text),
    Column("district", Text),
    Column("locality", Text),
    Column("body", Json, nullable=False),
    Column("origin", Text, nullable=False),
    Column("offered", Json),
    Column("changed_at", Moment, nullable=False),
    Column("edited", Json),
    CheckConstraint("origin IN ('release', 'admin')", name="origin"),
    Index("ix_offices_where", "region", "district", "kind"),
    comment="The offices as the contract shows them; what an admin changed, no release does.",
)

office_aliases = Table(
    "office_aliases",
    metadata,
    Column("old", Text, primary_key=True),
    Column("office", Text, nullable=False),
    Column("origin", Text, nullable=False, server_default="release"),
    comment="Ids of offices that turned out to be another office.",
)

places = Table(
    "places",
    metadata,
    Column("id", Text, primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("body", Json, nullable=False),
    comment="The places of the directory, each after the one it lies in.",
)

boundaries = Table(
    "boundaries",
    metadata,
    Column("place", Text, primary_key=True),
    Column("rings", Json, nullable=False),
    comment="The drawn districts that an operator imported; no release touches them.",
)

gazetteer = Table(
    "gazetteer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("body", Json, nullable=False),
    comment="Settlements of an imported gazetteer, and positions of known places.",
)

complaints = Table(
    "complaints",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", BigInteger),
    Column("language", Text, nullable=False),
    Column("service", Text),
    Column("place", Text),
    Column("office", Text),
    Column("addressee", Text),
    Column("step", Integer, nullable=False),
    Column("subject", Text),
    Column("state", Text, nullable=False),
    Column("said", SealedText, nullable=False),
    Column("taken_by", BigInteger),
    Column("incoming_number", SealedText),
    Column("registered_on", Text),
    Column("extended_days", Integer, nullable=False),
    Column("follows", BigInteger),
    Column("joined_to", BigInteger),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("changed_at", Moment, nullable=False),
    Index(None, "person_id"),
    Index(
        "ix_complaints_draft",
        "person_id",
        unique=True,
        sqlite_where=text("state = 'draft'"),
        postgresql_where=text("state = 'draft'"),
    ),
    Index(
        "ix_complaints_open",
        "addressee",
        "id",
        sqlite_where=text("state NOT IN ('draft', 'answered', 'closed', 'withdrawn')"),
        postgresql_where=text("state NOT IN ('draft', 'answered', 'closed', 'withdrawn')"),
    ),
    sqlite_autoincrement=True,
    comment="Complaints as they stand; what was said is sealed, one draft a person.",
)

complaint_events = Table(
    "complaint_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column(
        "complaint", BigInteger, ForeignKey("complaints.id", ondelete="CASCADE"), nullable=False
    ),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("person_id", BigInteger),
    Column("office", Text),
    Column("words", SealedText),
    Column("data", Json, nullable=False),
    Index(None, "complaint"),
    sqlite_autoincrement=True,
    comment="All that ever happened to complaints, in its order; rows are only added.",
)

complaint_files = Table(
    "complaint_files",
    metadata,
    Column("id", Id, primary_key=True),
    Column(
        "complaint", BigInteger, ForeignKey("complaints.id", ondelete="CASCADE"), nullable=False
    ),
    Column("event", BigInteger),
    Column("kind", Text, nullable=False),
    Column("file_id", SealedText, nullable=False),
    Column("name", SealedText),
    Column("size", BigInteger, nullable=False),
    Column("added_at", Moment, nullable=False),
    Index(None, "complaint"),
    sqlite_autoincrement=True,
    comment="Files of complaints, which stay at Telegram; here is how to ask for them.",
)

counters = Table(
    "counters",
    metadata,
    Column("day", Date, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Index("ix_counters_what", "what", "day"),
    comment="How often what happened on which day; of nobody in particular.",
)

missed_searches = Table(
    "missed_searches",
    metadata,
    Column("id", Id, primary_key=True),
    Column("words_mark", Text, nullable=False),
    Column("person_mark", Text, nullable=False),
    Column("words", SealedText, nullable=False),
    Column("day", Date, nullable=False),
    UniqueConstraint("words_mark", "person_mark"),
    Index("ix_missed_searches_day", "day"),
    sqlite_autoincrement=True,
    comment="Searches that found nothing, once a person; shown only when several typed the same.",
)

wishes = Table(
    "wishes",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("wish", Text, primary_key=True),
    Column("since", Moment, nullable=False),
    CheckConstraint("wish IN ('news', 'digest')", name="wish"),
    Index("ix_wishes_wish", "wish", "person_id"),
    comment="What people agreed to be sent; without a row they are not.",
)

announcements = Table(
    "announcements",
    metadata,
    Column("id", Id, primary_key=True),
    Column("audience", Json, nullable=False),
    Column("kk", Text),
    Column("ru", Text),
    Column("state", Text, nullable=False),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("begun_at", Moment),
    Column("ended_at", Moment),
    Column("expected", Integer, nullable=False),
    Column("put", Integer, nullable=False),
    Column("reached", BigInteger, nullable=False),
    Column("counted", Json),
    CheckConstraint("state IN ('draft', 'sending', 'paused', 'stopped', 'sent')", name="state"),
    sqlite_autoincrement=True,
    comment="What admins tell many, to whom, and up to which person it has gone out.",
)

watches = Table(
    "watches",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("enquiry", BigInteger),
    Column("service", Text, nullable=False),
    Column("office", Text),
    Column("body", SealedText, nullable=False),
    Column("state", Text, nullable=False),
    Column("reminds", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index(None, "person_id"),
    sqlite_autoincrement=True,
    comment="Papers that were handed in and whose answer is waited for; the days are sealed.",
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("of", BigInteger, nullable=False),
    Column("service", Text, nullable=False),
    Column("day", Date),
    Column("said_on", Date),
    Column("changed_at", Moment, nullable=False),
    CheckConstraint("kind IN ('answer', 'papers', 'season')", name="kind"),
    UniqueConstraint("kind", "of"),
    Index(None, "person_id"),
    Index(
        "ix_reminders_day",
        "day",
        sqlite_where=text("day IS NOT NULL"),
        postgresql_where=text("day IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
    comment="Of what people are to be reminded, and on which day; the words are drawn on it.",
)

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", BigInteger, nullable=False),
    Column("language", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("said", SealedText, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_by", BigInteger),
    Column("decided_by", BigInteger),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    CheckConstraint("state IN ('open', 'asked', 'accepted', 'declined')", name="state"),
    Index("ix_reports_person_id", "person_id", "created_at"),
    Index(
        "ix_reports_waiting",
        "id",
        sqlite_where=text("state IN ('open', 'asked')"),
        postgresql_where=text("state IN ('open', 'asked')"),
    ),
    sqlite_autoincrement=True,
    comment="What parents say is wrong about offices; their words are sealed.",
)

changes = Table(
    "changes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("office", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("fields", Json, nullable=False),
    Column("state", Json, nullable=False),
    Column("origin", Text, nullable=False),
    Column("person_id", BigInteger),
    Column("at", Moment, nullable=False),
    Column("import_id", BigInteger),
    Column("report_id", BigInteger),
    Column("undoes", BigInteger),
    Column("together", BigInteger),
    CheckConstraint(
        "kind IN ('added', 'changed', 'removed', 'merged', 'parted', 'declined')", name="kind"
    ),
    CheckConstraint("origin IN ('chat', 'command', 'import', 'report', 'release')", name="origin"),
    Index("ix_changes_office", "office", "id"),
    Index(
        "ix_changes_import",
        "import_id",
        "id",
        sqlite_where=text("import_id IS NOT NULL"),
        postgresql_where=text("import_id IS NOT NULL"),
    ),
    Index(
        "ix_changes_undoes",
        "undoes",
        sqlite_where=text("undoes IS NOT NULL"),
        postgresql_where=text("undoes IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
    comment="Every change of an office, field by field; rows are only ever added.",
)

imports = Table(
    "imports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("person_id", BigInteger),
    Column("file_name", SealedText),
    Column("state", Text, nullable=False),
    Column("whole", Boolean),
    Column("base", BigInteger),
    Column("rows", Integer, nullable=False),
    Column("summary", Json),
    Column("findings", SealedText),
    Column("made_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("applied_at", Moment),
    Column("applied_by", BigInteger),
    Column("undone_at", Moment),
    Column("undone_by", BigInteger),
    CheckConstraint("origin IN ('chat', 'command')", name="origin"),
    CheckConstraint(
        "state IN ('waiting', 'ready', 'faulty', 'left', 'applying', 'applied', 'undoing', "
        "'undone')",
        name="state",
    ),
    Index(
        "ix_imports_to_do",
        "id",
        sqlite_where=text("state IN ('waiting', 'applying', 'undoing')"),
        postgresql_where=text("state IN ('waiting', 'applying', 'undoing')"),
    ),
    sqlite_autoincrement=True,
    comment="Tables of offices that were sent: what each would change, and what became of it.",
)

import_parts = Table(
    "import_parts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("import_id", BigInteger, ForeignKey("imports.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", SealedText, nullable=False),
    CheckConstraint("kind IN ('table', 'plan', 'marked')", name="kind"),
    Index("ix_import_parts_import", "import_id", "kind", "id"),
    sqlite_autoincrement=True,
    comment="A table that was sent, its plan and its marked form, in pieces, while needed.",
)
