"""Changes of offices, field by field, and which fields of an office an admin edited."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table and the columns."""
    op.add_column("offices", sa.Column("edited", sa.Text()))
    op.add_column(
        "office_aliases",
        sa.Column("origin", sa.Text(), nullable=False, server_default="release"),
    )
    op.create_table(
        "changes",
        sa.Column("id", ID, nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("import_id", sa.BigInteger()),
        sa.Column("report_id", sa.BigInteger()),
        sa.Column("undoes", sa.BigInteger()),
        sa.Column("together", sa.BigInteger()),
        sa.CheckConstraint(
            "kind IN ('added', 'changed', 'removed', 'merged', 'parted', 'declined')",
            name=op.f("ck_changes_kind"),
        ),
        sa.CheckConstraint(
            "origin IN ('chat', 'command', 'import', 'report', 'release')",
            name=op.f("ck_changes_origin"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        comment="Every change of an office, field by field; rows are only ever added.",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_changes_office", "changes", ["office", "id"])
    for name, column, also in (
        ("ix_changes_import", "import_id", ["id"]),
        ("ix_changes_undoes", "undoes", []),
    ):
        known = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            name, "changes", [column, *also], sqlite_where=known, postgresql_where=known
        )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("changes")
    op.drop_column("office_aliases", "origin")
    op.drop_column("offices", "edited")
