"""Complaints, what happens to them, and their files."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DRAFT = sa.text("state = 'draft'")
OPEN = sa.text("state NOT IN ('draft', 'answered', 'closed', 'withdrawn')")


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "complaints",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("service", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("office", sa.Text()),
        sa.Column("addressee", sa.Text()),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("taken_by", sa.BigInteger()),
        sa.Column("incoming_number", sa.Text()),
        sa.Column("registered_on", sa.Text()),
        sa.Column("extended_days", sa.Integer(), nullable=False),
        sa.Column("follows", sa.BigInteger()),
        sa.Column("joined_to", sa.BigInteger()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        comment="Complaints as they stand; what was said is sealed, one draft a person.",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_complaints_person_id"), "complaints", ["person_id"])
    op.create_index(
        "ix_complaints_draft",
        "complaints",
        ["person_id"],
        unique=True,
        sqlite_where=DRAFT,
        postgresql_where=DRAFT,
    )
    op.create_index(
        "ix_complaints_open",
        "complaints",
        ["addressee", "id"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "complaint_events",
        sa.Column("id", ID, nullable=False),
        sa.Column("complaint", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("office", sa.Text()),
        sa.Column("words", sa.Text()),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint"],
            ["complaints.id"],
            name=op.f("fk_complaint_events_complaint"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_events")),
        comment="All that ever happened to complaints, in its order; rows are only added.",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_complaint_events_complaint"), "complaint_events", ["complaint"])
    op.create_table(
        "complaint_files",
        sa.Column("id", ID, nullable=False),
        sa.Column("complaint", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.BigInteger()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint"],
            ["complaints.id"],
            name=op.f("fk_complaint_files_complaint"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_files")),
        comment="Files of complaints, which stay at Telegram; here is how to ask for them.",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_complaint_files_complaint"), "complaint_files", ["complaint"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("complaint_files")
    op.drop_table("complaint_events")
    op.drop_table("complaints")
