"""Reminders by their day instead of as written messages; what waits in the queue moves over."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TO_COME = sa.text("day IS NOT NULL")

queue = sa.table(
    "outgoing",
    sa.column("chat_id", sa.BigInteger()),
    sa.column("cause", sa.Text()),
    sa.column("about", sa.Text()),
    sa.column("state", sa.Text()),
    sa.column("error", sa.Text()),
    sa.column("not_before", MOMENT),
    sa.column("created_at", MOMENT),
)
watches = sa.table(
    "watches", sa.column("id"), sa.column("person_id"), sa.column("service", sa.Text())
)
enquiries = sa.table(
    "enquiries", sa.column("id"), sa.column("person_id"), sa.column("service", sa.Text())
)
KINDS = (("answer", "watch:", watches), ("papers", "enquiry:", enquiries))


def upgrade() -> None:
    """Make the table, and note in it what was written for later days."""
    made = op.create_table(
        "reminders",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("of", sa.BigInteger(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("said_on", sa.Date()),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('answer', 'papers', 'season')", name=op.f("ck_reminders_kind")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_reminders_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("kind", "of", name=op.f("uq_reminders_kind")),
        comment="Of what people are to be reminded, and on which day; the words are drawn on it.",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reminders_person_id"), "reminders", ["person_id"])
    op.create_index(
        "ix_reminders_day",
        "reminders",
        ["day"],
        sqlite_where=TO_COME,
        postgresql_where=TO_COME,
    )
    database = op.get_bind()
    written = sa.and_(queue.c.cause == "reminder", queue.c.state == "waiting")
    for kind, prefix, things in KINDS:
        # The mornings that were written were at ten, which is the same day by any clock.
        waiting = database.execute(
            sa.select(
                queue.c.chat_id,
                things.c.id,
                things.c.service,
                sa.func.min(queue.c.not_before).label("first"),
                sa.func.max(queue.c.created_at).label("changed"),
            )
            .select_from(
                queue.join(
                    things,
                    sa.and_(
                        queue.c.about == sa.literal(prefix) + sa.cast(things.c.id, sa.Text()),
                        queue.c.chat_id == things.c.person_id,
                    ),
                )
            )
            .where(written)
            .group_by(queue.c.chat_id, things.c.id, things.c.service)
        ).all()
        for row in waiting:
            database.execute(
                sa.insert(made).values(
                    person_id=row.chat_id,
                    kind=kind,
                    of=row.id,
                    service=row.service,
                    day=row.first.date(),
                    changed_at=row.changed,
                )
            )
    database.execute(sa.update(queue).where(written).values(state="cancelled", error="changed"))


def downgrade() -> None:
    """Drop it; whoever asked for a reminder has to ask again."""
    op.drop_table("reminders")
