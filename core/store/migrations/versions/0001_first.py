"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "chats",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("migrated_to", sa.BigInteger()),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'blocked', 'deleted', 'kicked', 'migrated')",
            name=op.f("ck_chats_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats")),
        comment="Whether the bot can still write to a chat, and where a group moved.",
    )
    op.create_table(
        "copies",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("beat_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copies")),
        comment="The running copies of the bot and their last sign of life.",
    )
    op.create_table(
        "faults",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("told_at", MOMENT),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_faults")),
        comment="Errors by kind, so that the admins hear of each once.",
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
        comment="Which copy does what only one may do at a time.",
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
        comment="Facts about the database itself: that the key fits, which data it holds.",
    )
    op.create_table(
        "outgoing",
        sa.Column("id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("once", sa.Text()),
        sa.Column("about", sa.Text()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("taken_at", MOMENT),
        sa.Column("sent_at", MOMENT),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("error", sa.Text()),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'failed', 'cancelled')",
            name=op.f("ck_outgoing_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing")),
        sa.UniqueConstraint("once", name=op.f("uq_outgoing_once")),
        comment="What is said to others than the person being answered, sent or waiting.",
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outgoing_due",
        "outgoing",
        ["lane", "id"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_outgoing_not_before",
        "outgoing",
        ["not_before"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_outgoing_expires_at",
        "outgoing",
        ["expires_at"],
        sqlite_where=sa.text("state = 'waiting' AND expires_at IS NOT NULL"),
        postgresql_where=sa.text("state = 'waiting' AND expires_at IS NOT NULL"),
    )
    op.create_index("ix_outgoing_message", "outgoing", ["chat_id", "message_id"])
    op.create_index(
        "ix_outgoing_unfinished",
        "outgoing",
        ["chat_id", "lane", "id"],
        sqlite_where=sa.text("state IN ('waiting', 'sending')"),
        postgresql_where=sa.text("state IN ('waiting', 'sending')"),
    )
    op.create_table(
        "people",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("language_asked", sa.Boolean(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("was", sa.Text()),
        sa.Column("memory", sa.Text()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("message_at", MOMENT),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("active_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        comment="The state of each person's conversation, by Telegram id; no name is kept.",
    )
    op.create_table(
        "roles",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("granted_by", sa.BigInteger()),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.CheckConstraint(
            "role IN ('admin', 'editor', 'official', 'viewer')", name=op.f("ck_roles_role")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        comment="Who may do what and where; a role taken back stays, with its end.",
    )
    op.create_index(
        "ix_roles_held",
        "roles",
        ["person_id", "role", "scope"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "service_versions",
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("valid_from", MOMENT),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("published_by", sa.BigInteger()),
        sa.CheckConstraint(
            "origin IN ('release', 'admin')", name=op.f("ck_service_versions_origin")
        ),
        sa.PrimaryKeyConstraint("service", "version", name=op.f("pk_service_versions")),
        comment="Every version of a service that was ever published.",
    )
    op.create_table(
        "enquiries",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("ticked", sa.Text(), nullable=False),
        sa.Column("label", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("active_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_enquiries_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiries")),
        comment="What a parent answered to one service and which documents are ready.",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enquiries_person_id", "enquiries", ["person_id"])


def downgrade() -> None:
    """Drop them, with their indexes."""
    op.drop_table("enquiries")
    op.drop_table("service_versions")
    op.drop_table("roles")
    op.drop_table("people")
    op.drop_table("outgoing")
    op.drop_table("meta")
    op.drop_table("leases")
    op.drop_table("faults")
    op.drop_table("copies")
    op.drop_table("chats")
