"""Tables of offices that admins send: what each would change, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "imports",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("file_name", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("whole", sa.Boolean()),
        sa.Column("base", sa.BigInteger()),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text()),
        sa.Column("findings", sa.Text()),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("applied_at", MOMENT),
        sa.Column("applied_by", sa.BigInteger()),
        sa.Column("undone_at", MOMENT),
        sa.Column("undone_by", sa.BigInteger()),
        sa.CheckConstraint("origin IN ('chat', 'command')", name=op.f("ck_imports_origin")),
        sa.CheckConstraint(
            "state IN ('waiting', 'ready', 'faulty', 'left', 'applying', 'applied', 'undoing', "
            "'undone')",
            name=op.f("ck_imports_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        comment="Tables of offices that were sent: what each would change, and what became of it.",
        sqlite_autoincrement=True,
    )
    to_do = sa.text("state IN ('waiting', 'applying', 'undoing')")
    op.create_index(
        "ix_imports_to_do", "imports", ["id"], sqlite_where=to_do, postgresql_where=to_do
    )
    op.create_table(
        "import_parts",
        sa.Column("id", ID, nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('table', 'plan', 'marked')", name=op.f("ck_import_parts_kind")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["imports.id"],
            name=op.f("fk_import_parts_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_parts")),
        comment="A table that was sent, its plan and its marked form, in pieces, while needed.",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_parts_import", "import_parts", ["import_id", "kind", "id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("import_parts")
    op.drop_table("imports")
