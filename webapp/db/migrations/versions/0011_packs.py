"""Support packs: what one person gathered, and the links by which it is shared."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "packs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("used_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("removed_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_packs_owner_id_people"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packs")),
    )
    op.create_index(op.f("ix_packs_owner_id_packs_used_at"), "packs", ["owner_id", "used_at"])
    op.create_index(op.f("ix_packs_used_at"), "packs", ["used_at"])
    op.create_table(
        "pack_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("added_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("removed_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["pack_id"], ["packs.id"], name=op.f("fk_pack_items_pack_id_packs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_items")),
        sa.UniqueConstraint("pack_id", "path", name=op.f("uq_pack_items_pack_id_path")),
    )
    op.create_table(
        "shared_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("token_seed", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("expires_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("stopped_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("last_opened", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["people.id"], name=op.f("fk_shared_links_owner_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pack_id"], ["packs.id"], name=op.f("fk_shared_links_pack_id_packs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_shared_links_token_hash")),
    )
    for column in ("owner_id", "pack_id", "expires_at"):
        op.create_index(op.f(f"ix_shared_links_{column}"), "shared_links", [column])


def downgrade() -> None:
    for table in ("shared_links", "pack_items", "packs"):
        op.drop_table(table)
