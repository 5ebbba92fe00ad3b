"""Several machines: what each has, who of several workers has a job, and that there is new content."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "machines",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("seen_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("served_since", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("key_mark", sa.String(length=64), nullable=False),
        sa.Column("postcodes", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_machines")),
    )
    op.create_table(
        "content_news",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_news")),
    )
    op.create_table(
        "job_turns",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("due_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("held_by", sa.String(length=300), nullable=False),
        sa.Column("held_until", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_turns")),
    )


def downgrade() -> None:
    for table in ("job_turns", "content_news", "machines"):
        op.drop_table(table)
