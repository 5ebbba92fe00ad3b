"""Whom a gap is for, in any number; how many residents it would help, by each who asked; words of a report."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0014"
down_revision = "0012"

GAPS, INDEX = "gaps", "ix_gaps_figures"
BEFORE = ["status", "place", "theme", "created_at", "answered_at", "closed_at", "people", "merged_into_id"]
ADDED = ["outcome", "workstream", "reporter_team", "residents_low", "residents_high", "residents_more"]
BAND = sa.Enum("", "1", "2-5", "6-20", "21+", "unknown", name="band", native_enum=False, length=20)


def upgrade() -> None:
    op.create_table(
        "gap_audiences",
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.id"], name=op.f("fk_gap_audiences_gap_id_gaps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("gap_id", "audience", name=op.f("pk_gap_audiences")),
    )
    op.create_index(op.f("ix_gap_audiences_audience_gap_audiences_gap_id"), "gap_audiences", ["audience", "gap_id"])
    op.execute("insert into gap_audiences (gap_id, audience) select id, audience from gaps where audience <> ''")
    op.drop_column(GAPS, "audience")
    for table in (GAPS, "gap_supports"):
        op.add_column(table, sa.Column("may_quote", sa.Boolean(), nullable=False, server_default=sa.false()))
        op.add_column(table, sa.Column("residents", BAND, nullable=False, server_default=""))
    for name in ("residents_low", "residents_high", "residents_more"):
        op.add_column(GAPS, sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.drop_index(INDEX, GAPS)
    op.create_index(INDEX, GAPS, BEFORE + ADDED)
    op.create_table(
        "report_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=300), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("recommendations", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_report_words_by_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_words")),
    )
    op.create_index(op.f("ix_report_words_scope_report_words_id"), "report_words", ["scope", "id"])


def downgrade() -> None:
    op.drop_table("report_words")
    op.drop_index(INDEX, GAPS)
    op.create_index(INDEX, GAPS, BEFORE)
    for name in ("residents_more", "residents_high", "residents_low"):
        op.drop_column(GAPS, name)
    for table in ("gap_supports", GAPS):
        op.drop_column(table, "residents")
        op.drop_column(table, "may_quote")
    op.add_column(GAPS, sa.Column("audience", sa.String(length=100), nullable=False, server_default=""))
    # Only one has room in the old column: the first by its letters.
    op.execute(
        "update gaps set audience = coalesce((select min(audience) from gap_audiences where gap_id = gaps.id), '')"
    )
    op.drop_table("gap_audiences")
