"""What one machine keeps of the feeds that it reads, for the others."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "feed_copies",
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("slug", "name", name=op.f("pk_feed_copies")),
    )


def downgrade() -> None:
    op.drop_table("feed_copies")
