"""Who takes themselves off a rota can be put back; an invitation can be withdrawn."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("community_rota", sa.Column("off_at", webapp.db.engine.Moment(timezone=True), nullable=True))
    op.add_column(
        "community_invitations", sa.Column("withdrawn_at", webapp.db.engine.Moment(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("community_invitations", "withdrawn_at")
    op.drop_column("community_rota", "off_at")
