"""When teams hold a spotlight and what came of it; measures that the council enters itself."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "measures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("better", sa.Enum("higher", "lower", name="better", native_enum=False, length=20), nullable=False),
        sa.Column("scope", sa.String(length=100), nullable=False),
        sa.Column("target", sa.Float(), nullable=True),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("changed_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
        sa.UniqueConstraint("slug", "scope", name=op.f("uq_measures_slug_scope")),
    )
    op.create_table(
        "measure_points",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("trajectory", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_measure_points_measure_id_measures"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("measure_id", "month", name=op.f("pk_measure_points")),
    )
    op.create_table(
        "spotlight_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spotlight", sa.String(length=200), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("starts_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("ends_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("join", sa.String(length=500), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("changed_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("came", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("actions", sa.Text(), nullable=False),
        sa.Column("held_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["people.id"],
            name=op.f("fk_spotlight_sessions_created_by_id_people"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spotlight_sessions")),
    )
    with op.batch_alter_table("spotlight_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spotlight_sessions_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_spotlight_sessions_spotlight"), ["spotlight"], unique=False)
        batch_op.create_index(batch_op.f("ix_spotlight_sessions_starts_at"), ["starts_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_spotlight_sessions_team_spotlight_sessions_starts_at"), ["team", "starts_at"], unique=False
        )

    op.create_table(
        "spotlight_session_themes",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["spotlight_sessions.id"],
            name=op.f("fk_spotlight_session_themes_session_id_spotlight_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "theme", name=op.f("pk_spotlight_session_themes")),
    )
    with op.batch_alter_table("spotlight_session_themes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spotlight_session_themes_theme"), ["theme"], unique=False)

    op.create_table(
        "spotlight_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column(
            "useful", sa.Enum("yes", "partly", "no", name="useful", native_enum=False, length=20), nullable=False
        ),
        sa.Column("will_try", sa.Text(), nullable=False),
        sa.Column("in_the_way", sa.Text(), nullable=False),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("barrier_id", sa.Integer(), nullable=True),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["barrier_id"], ["barriers.id"], name=op.f("fk_spotlight_feedback_barrier_id_barriers"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["spotlight_sessions.id"],
            name=op.f("fk_spotlight_feedback_session_id_spotlight_sessions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_spotlight_feedback_user_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spotlight_feedback")),
        sa.UniqueConstraint("session_id", "user_id", name=op.f("uq_spotlight_feedback_session_id_user_id")),
    )
    with op.batch_alter_table("spotlight_feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spotlight_feedback_barrier_id"), ["barrier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_spotlight_feedback_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_spotlight_feedback_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("spotlight_feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spotlight_feedback_user_id"))
        batch_op.drop_index(batch_op.f("ix_spotlight_feedback_created_at"))
        batch_op.drop_index(batch_op.f("ix_spotlight_feedback_barrier_id"))

    op.drop_table("spotlight_feedback")
    with op.batch_alter_table("spotlight_session_themes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spotlight_session_themes_theme"))

    op.drop_table("spotlight_session_themes")
    with op.batch_alter_table("spotlight_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spotlight_sessions_team_spotlight_sessions_starts_at"))
        batch_op.drop_index(batch_op.f("ix_spotlight_sessions_starts_at"))
        batch_op.drop_index(batch_op.f("ix_spotlight_sessions_spotlight"))
        batch_op.drop_index(batch_op.f("ix_spotlight_sessions_created_by_id"))

    op.drop_table("spotlight_sessions")
    op.drop_table("measure_points")
    op.drop_table("measures")
