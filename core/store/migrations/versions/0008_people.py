"""Invites, and all that was ever done about roles."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "invites",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.Column("opened_by", sa.BigInteger()),
        sa.Column("opened_name", sa.Text()),
        sa.Column("opened_at", MOMENT),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("decided_at", MOMENT),
        sa.Column("granted", sa.Boolean()),
        sa.CheckConstraint(
            "role IN ('admin', 'editor', 'official', 'viewer')", name=op.f("ck_invites_role")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invites")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invites_token_hash")),
        comment="Links that give a role to whoever opens one first and is confirmed; "
        "kept as hashes.",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "role_events",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("by", sa.BigInteger()),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("invite", sa.BigInteger()),
        sa.CheckConstraint(
            "kind IN ('granted', 'revoked', 'invited', 'withdrawn', 'opened', 'refused')",
            name=op.f("ck_role_events_kind"),
        ),
        sa.CheckConstraint(
            "origin IN ('chat', 'command', 'settings')", name=op.f("ck_role_events_origin")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_events")),
        comment="All that was ever done about roles, by whom and from where; rows are only added.",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_role_events_person_id"), "role_events", ["person_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("role_events")
    op.drop_table("invites")
