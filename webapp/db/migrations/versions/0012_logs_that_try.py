"""Whether a learning log says what will be tried, beside what figures count it by."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

INDEX, TABLE = "ix_learning_logs_figures", "learning_logs"
BEFORE = ["week", "team", "helped", "author_id", "withdrawn_at"]
AFTER = ["week", "team", "helped", "tries", "author_id", "withdrawn_at"]


def upgrade() -> None:
    # A default of the database's own for as long as the program before this one still writes.
    op.add_column(TABLE, sa.Column("tries", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("update learning_logs set tries = (will_try <> '')")
    op.drop_index(INDEX, TABLE)
    op.create_index(INDEX, TABLE, AFTER)


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
    op.create_index(INDEX, TABLE, BEFORE)
    op.drop_column(TABLE, "tries")
