"""Settlements and positions of an open gazetteer that an operator imported."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "gazetteer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gazetteer")),
        comment="Settlements of an imported gazetteer, and positions of known places.",
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("gazetteer")
