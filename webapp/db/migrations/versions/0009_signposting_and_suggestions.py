"""What became of pointing somebody to a listing, and groups that colleagues found."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "signposting_outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("became", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_signposting_outcomes_person_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signposting_outcomes")),
        sa.UniqueConstraint(
            "path", "person_id", "day", "became", name=op.f("uq_signposting_outcomes_path_person_id_day_became")
        ),
    )
    op.create_index(op.f("ix_signposting_outcomes_day"), "signposting_outcomes", ["day"])
    op.create_index(op.f("ix_signposting_outcomes_person_id"), "signposting_outcomes", ["person_id"])
    op.create_table(
        "suggested_listings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("front", sa.JSON(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=True),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.Column("handled_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["handled_by_id"],
            ["people.id"],
            name=op.f("fk_suggested_listings_handled_by_id_people"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["people.id"], name=op.f("fk_suggested_listings_sender_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggested_listings")),
    )
    op.create_index(op.f("ix_suggested_listings_sender_id"), "suggested_listings", ["sender_id"])
    op.create_index(
        op.f("ix_suggested_listings_state_suggested_listings_created_at"), "suggested_listings", ["state", "created_at"]
    )


def downgrade() -> None:
    op.drop_table("suggested_listings")
    op.drop_table("signposting_outcomes")
