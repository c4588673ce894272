"""Groups that hear of complaints, and who read what is personal."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HELD = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "lookups",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.CheckConstraint("origin IN ('command', 'chat')", name=op.f("ck_lookups_origin")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookups")),
        comment="Who read what is personal where masks would have hidden it; rows are only added.",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "bindings",
        sa.Column("id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("bound_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_why", sa.Text()),
        sa.CheckConstraint(
            "ended_why IN ('unbound', 'kicked', 'revoked')", name=op.f("ck_bindings_ended_why")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bindings")),
        comment="Groups that hear of the complaints that somebody has; an ended binding stays.",
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_bindings_held",
        "bindings",
        ["chat_id", "person_id"],
        unique=True,
        sqlite_where=HELD,
        postgresql_where=HELD,
    )
    op.create_index("ix_bindings_person_id", "bindings", ["person_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("bindings")
    op.drop_table("lookups")
