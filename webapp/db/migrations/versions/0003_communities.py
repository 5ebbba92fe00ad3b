"""A rota and invitations for a community; where somebody's home page and directory begin; indices for both."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "community_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column(
            "answered",
            sa.Enum("waiting", "coming", "cannot", name="reply", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("answered_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_community_invitations_by_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_community_invitations_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_invitations")),
        sa.UniqueConstraint("team", "day", "user_id", name=op.f("uq_community_invitations_team_day_user_id")),
    )
    with op.batch_alter_table("community_invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_community_invitations_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_community_invitations_user_id"), ["user_id"], unique=False)

    op.create_table(
        "community_rota",
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_community_rota_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team", "day", "user_id", name=op.f("pk_community_rota")),
    )
    with op.batch_alter_table("community_rota", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_community_rota_user_id"), ["user_id"], unique=False)

    op.create_table(
        "starting_places",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_starting_places_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_starting_places")),
    )
    with op.batch_alter_table("gaps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gaps_place_gaps_answered_at"), ["place", "answered_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_gaps_reporter_team_gaps_created_at"), ["reporter_team", "created_at"], unique=False
        )

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_team"), ["team"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_team"))

    with op.batch_alter_table("gaps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gaps_reporter_team_gaps_created_at"))
        batch_op.drop_index(batch_op.f("ix_gaps_place_gaps_answered_at"))

    op.drop_table("starting_places")
    with op.batch_alter_table("community_rota", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_community_rota_user_id"))

    op.drop_table("community_rota")
    with op.batch_alter_table("community_invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_community_invitations_user_id"))
        batch_op.drop_index(batch_op.f("ix_community_invitations_by_id"))

    op.drop_table("community_invitations")
