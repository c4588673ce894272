"""Boundaries of districts that an operator imported."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "boundaries",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("rings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_boundaries")),
        comment="The drawn districts that an operator imported; no release touches them.",
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("boundaries")
