"""The backups that were made, so that the site can say how old the last one is."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "backups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("verified_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backups")),
    )
    op.create_index("ix_backups_at", "backups", ["at"])


def downgrade() -> None:
    op.drop_index("ix_backups_at", "backups")
    op.drop_table("backups")
