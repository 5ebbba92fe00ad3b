"""What the worker did last, so that the site can say whether it is alive."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "worker_jobs",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("ran_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("done_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("fault", sa.String(length=200), nullable=False),
        sa.Column("fault_since", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_worker_jobs")),
    )


def downgrade() -> None:
    op.drop_table("worker_jobs")
