"""What people take along on visits without a signal: on which devices, and which pages."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "offline_devices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("seen_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_offline_devices_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offline_devices")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_offline_devices_token_hash")),
    )
    for column in ("user_id", "seen_at"):
        op.create_index(op.f(f"ix_offline_devices_{column}"), "offline_devices", [column])
    op.create_table(
        "pinned_pages",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("pinned_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_pinned_pages_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "path", name=op.f("pk_pinned_pages")),
    )
    op.create_index(op.f("ix_pinned_pages_user_id_pinned_pages_pinned_at"), "pinned_pages", ["user_id", "pinned_at"])


def downgrade() -> None:
    for table in ("pinned_pages", "offline_devices"):
        op.drop_table(table)
