"""Versions of services that are taken back, drafts of new ones, and what releases say otherwise."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the columns and the tables."""
    op.add_column("service_versions", sa.Column("withdrawn_at", MOMENT))
    op.add_column("service_versions", sa.Column("withdrawn_by", sa.BigInteger()))
    op.create_table(
        "service_drafts",
        sa.Column("id", ID, nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("based_on", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_drafts")),
        sa.UniqueConstraint("service", "person_id", name=op.f("uq_service_drafts_service")),
        sqlite_autoincrement=True,
        comment="New versions of services that admins are working on, one each.",
    )
    op.create_table(
        "service_offers",
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("offered_at", MOMENT, nullable=False),
        sa.Column("declined_at", MOMENT),
        sa.Column("declined_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("service", name=op.f("pk_service_offers")),
        comment="What the last release says otherwise of services that an admin published.",
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("service_offers")
    op.drop_table("service_drafts")
    op.drop_column("service_versions", "withdrawn_by")
    op.drop_column("service_versions", "withdrawn_at")
