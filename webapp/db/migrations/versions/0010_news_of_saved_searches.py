"""What is new in a saved search, and which of its groups were full when it was last looked at."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("searches_saved", sa.Column("looked_at", webapp.db.engine.Moment(timezone=True), nullable=True))
    op.add_column("searches_saved", sa.Column("full", sa.JSON(), nullable=True))
    op.add_column("searches_saved", sa.Column("news", sa.JSON(), nullable=True))


def downgrade() -> None:
    for column in ("news", "full", "looked_at"):
        op.drop_column("searches_saved", column)
