"""Counters, searches that found nothing, what people agreed to be sent, and announcements."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ABOUT = sa.text("about IS NOT NULL")


def upgrade() -> None:
    """Make the tables, and find quickly what the queue holds about one thing."""
    op.create_table(
        "counters",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "what", "key", name=op.f("pk_counters")),
        comment="How often what happened on which day; of nobody in particular.",
    )
    op.create_index("ix_counters_what", "counters", ["what", "day"])
    op.create_table(
        "missed_searches",
        sa.Column("id", ID, nullable=False),
        sa.Column("words_mark", sa.Text(), nullable=False),
        sa.Column("person_mark", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_searches")),
        sa.UniqueConstraint(
            "words_mark", "person_mark", name=op.f("uq_missed_searches_words_mark")
        ),
        sqlite_autoincrement=True,
        comment="Searches that found nothing, once a person; shown only when several typed "
        "the same.",
    )
    op.create_index("ix_missed_searches_day", "missed_searches", ["day"])
    op.create_table(
        "wishes",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.CheckConstraint("wish IN ('news', 'digest')", name=op.f("ck_wishes_wish")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_wishes_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "wish", name=op.f("pk_wishes")),
        comment="What people agreed to be sent; without a row they are not.",
    )
    op.create_index("ix_wishes_wish", "wishes", ["wish", "person_id"])
    op.create_table(
        "announcements",
        sa.Column("id", ID, nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("kk", sa.Text()),
        sa.Column("ru", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("begun_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("put", sa.Integer(), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.Text()),
        sa.CheckConstraint(
            "state IN ('draft', 'sending', 'paused', 'stopped', 'sent')",
            name=op.f("ck_announcements_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
        sqlite_autoincrement=True,
        comment="What admins tell many, to whom, and up to which person it has gone out.",
    )
    op.create_index(
        "ix_outgoing_about", "outgoing", ["about"], sqlite_where=ABOUT, postgresql_where=ABOUT
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_outgoing_about", "outgoing")
    for table in ("announcements", "wishes", "missed_searches", "counters"):
        op.drop_table(table)
