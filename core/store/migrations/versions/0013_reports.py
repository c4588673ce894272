"""Reports of parents that something about an office is wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("state IN ('open', 'asked')")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reports",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.BigInteger()),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'asked', 'accepted', 'declined')", name=op.f("ck_reports_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        comment="What parents say is wrong about offices; their words are sealed.",
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_reports_person_id",
        "reports",
        ["person_id", "created_at"],
    )
    op.create_index(
        "ix_reports_waiting",
        "reports",
        ["id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("reports")
