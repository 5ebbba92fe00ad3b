"""Where a form stood that did not arrive."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("drafts", sa.Column("page", sa.String(length=2000), server_default="/", nullable=False))


def downgrade() -> None:
    op.drop_column("drafts", "page")
