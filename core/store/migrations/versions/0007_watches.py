"""Papers that were handed in and whose answer is waited for."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "watches",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("enquiry", sa.BigInteger()),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("office", sa.Text()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reminds", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_watches_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        comment="Papers that were handed in and whose answer is waited for; the days are sealed.",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_watches_person_id"), "watches", ["person_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("watches")
