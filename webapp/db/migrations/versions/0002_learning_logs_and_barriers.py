"""Learning logs, barriers, and who leads a workstream or convenes teams."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "barrier_counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier_counter")),
    )
    op.create_table(
        "learning_log_months",
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("logs", sa.Integer(), nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.Column("partly", sa.Integer(), nullable=False),
        sa.Column("not_yet", sa.Integer(), nullable=False),
        sa.Column("writers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "month", name=op.f("pk_learning_log_months")),
    )
    op.create_table(
        "convened_teams",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_convened_teams_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "team", name=op.f("pk_convened_teams")),
    )
    with op.batch_alter_table("convened_teams", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_convened_teams_team"), ["team"], unique=False)

    op.create_table(
        "learning_log_drafts",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_learning_log_drafts_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_learning_log_drafts")),
    )
    with op.batch_alter_table("learning_log_drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learning_log_drafts_saved_at"), ["saved_at"], unique=False)

    op.create_table(
        "workstream_leads",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("workstream", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_workstream_leads_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "workstream", name=op.f("pk_workstream_leads")),
    )
    with op.batch_alter_table("workstream_leads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workstream_leads_workstream"), ["workstream"], unique=False)

    op.create_table(
        "barriers",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("workstream", sa.String(length=100), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("theme", sa.String(length=100), nullable=False),
        sa.Column(
            "source", sa.Enum("log", "session", "direct", name="source", native_enum=False, length=20), nullable=False
        ),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("new", "looking", "acting", "answered", "cannot", name="status", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("status_reason", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("answer_changed_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("closed_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("gap_id", sa.Integer(), nullable=True),
        sa.Column("prototype_id", sa.Integer(), nullable=True),
        sa.Column("spotlight", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("touched_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.id"], name=op.f("fk_barriers_gap_id_gaps"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["people.id"], name=op.f("fk_barriers_owner_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["prototype_id"], ["prototypes.id"], name=op.f("fk_barriers_prototype_id_prototypes"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["people.id"], name=op.f("fk_barriers_reporter_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barriers")),
    )
    with op.batch_alter_table("barriers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_barriers_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_barriers_gap_id"), ["gap_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_barriers_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_barriers_prototype_id"), ["prototype_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_barriers_reporter_id"), ["reporter_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_barriers_status_barriers_created_at"), ["status", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_barriers_team_barriers_created_at"), ["team", "created_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_barriers_workstream_barriers_status_barriers_created_at"),
            ["workstream", "status", "created_at"],
            unique=False,
        )

    op.create_table(
        "barrier_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("barrier_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column(
            "status",
            sa.Enum("new", "looking", "acting", "answered", "cannot", name="status", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["barrier_id"], ["barriers.id"], name=op.f("fk_barrier_events_barrier_id_barriers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier_events")),
    )
    with op.batch_alter_table("barrier_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_barrier_events_barrier_id"), ["barrier_id"], unique=False)

    op.create_table(
        "barrier_supports",
        sa.Column("barrier_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["barrier_id"], ["barriers.id"], name=op.f("fk_barrier_supports_barrier_id_barriers"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_barrier_supports_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("barrier_id", "user_id", name=op.f("pk_barrier_supports")),
    )
    with op.batch_alter_table("barrier_supports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_barrier_supports_user_id"), ["user_id"], unique=False)

    op.create_table(
        "learning_logs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("changed_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column(
            "helped",
            sa.Enum("helped", "partly", "not_yet", name="helped", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("experience", sa.Text(), nullable=False),
        sa.Column("reflection", sa.Text(), nullable=False),
        sa.Column("concept", sa.Text(), nullable=False),
        sa.Column("experiment", sa.Text(), nullable=False),
        sa.Column("will_try", sa.String(length=500), nullable=False),
        sa.Column("in_the_way", sa.String(length=500), nullable=False),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("share", sa.Boolean(), nullable=False),
        sa.Column("with_peers", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("barrier_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_learning_logs_author_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["barrier_id"], ["barriers.id"], name=op.f("fk_learning_logs_barrier_id_barriers"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_logs")),
    )
    with op.batch_alter_table("learning_logs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_learning_logs_author_id_learning_logs_created_at"), ["author_id", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_learning_logs_barrier_id"), ["barrier_id"], unique=False)
        batch_op.create_index(
            "ix_learning_logs_figures", ["week", "team", "helped", "author_id", "withdrawn_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_learning_logs_team_learning_logs_week"), ["team", "week"], unique=False)

    op.create_table(
        "learning_log_themes",
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["log_id"],
            ["learning_logs.id"],
            name=op.f("fk_learning_log_themes_log_id_learning_logs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("log_id", "theme", name=op.f("pk_learning_log_themes")),
    )
    with op.batch_alter_table("learning_log_themes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learning_log_themes_theme"), ["theme"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("learning_log_themes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learning_log_themes_theme"))

    op.drop_table("learning_log_themes")
    with op.batch_alter_table("learning_logs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learning_logs_team_learning_logs_week"))
        batch_op.drop_index("ix_learning_logs_figures")
        batch_op.drop_index(batch_op.f("ix_learning_logs_barrier_id"))
        batch_op.drop_index(batch_op.f("ix_learning_logs_author_id_learning_logs_created_at"))

    op.drop_table("learning_logs")
    with op.batch_alter_table("barrier_supports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_barrier_supports_user_id"))

    op.drop_table("barrier_supports")
    with op.batch_alter_table("barrier_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_barrier_events_barrier_id"))

    op.drop_table("barrier_events")
    with op.batch_alter_table("barriers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_barriers_workstream_barriers_status_barriers_created_at"))
        batch_op.drop_index(batch_op.f("ix_barriers_team_barriers_created_at"))
        batch_op.drop_index(batch_op.f("ix_barriers_status_barriers_created_at"))
        batch_op.drop_index(batch_op.f("ix_barriers_reporter_id"))
        batch_op.drop_index(batch_op.f("ix_barriers_prototype_id"))
        batch_op.drop_index(batch_op.f("ix_barriers_owner_id"))
        batch_op.drop_index(batch_op.f("ix_barriers_gap_id"))
        batch_op.drop_index(batch_op.f("ix_barriers_created_at"))

    op.drop_table("barriers")
    with op.batch_alter_table("workstream_leads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workstream_leads_workstream"))

    op.drop_table("workstream_leads")
    with op.batch_alter_table("learning_log_drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learning_log_drafts_saved_at"))

    op.drop_table("learning_log_drafts")
    with op.batch_alter_table("convened_teams", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_convened_teams_team"))

    op.drop_table("convened_teams")
    op.drop_table("learning_log_months")
    op.drop_table("barrier_counter")
