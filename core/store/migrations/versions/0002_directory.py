"""The directory: offices, the ids that merged away, and places."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "offices",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("region", sa.Text()),
        sa.Column("district", sa.Text()),
        sa.Column("locality", sa.Text()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("offered", sa.Text()),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint("origin IN ('release', 'admin')", name=op.f("ck_offices_origin")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
        comment="The offices as the contract shows them; what an admin changed, no release does.",
    )
    op.create_index("ix_offices_where", "offices", ["region", "district", "kind"])
    op.create_table(
        "office_aliases",
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("old", name=op.f("pk_office_aliases")),
        comment="Ids of offices that turned out to be another office.",
    )
    op.create_table(
        "places",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        comment="The places of the directory, each after the one it lies in.",
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("places", "office_aliases", "offices"):
        op.drop_table(table)
