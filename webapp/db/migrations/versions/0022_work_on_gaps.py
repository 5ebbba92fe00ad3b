"""When a gap that is planned will be there and for how much, who follows it, what a prototype cost, views to share."""

import sqlalchemy as sa
from alembic import op

from webapp.db.engine import Moment

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("gaps", sa.Column("target_on", sa.Date(), nullable=True))
    op.add_column("gaps", sa.Column("budget", sa.Integer(), nullable=True))
    op.add_column("gaps", sa.Column("searches", sa.Integer(), nullable=True))
    op.add_column("gaps", sa.Column("searchers", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_gaps_status_gaps_target_on"), "gaps", ["status", "target_on"])
    op.create_table(
        "gap_follows",
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.id"], name=op.f("fk_gap_follows_gap_id_gaps"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_gap_follows_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("gap_id", "user_id", name=op.f("pk_gap_follows")),
    )
    op.create_index(op.f("ix_gap_follows_user_id"), "gap_follows", ["user_id"])
    op.add_column("prototypes", sa.Column("cost", sa.Integer(), nullable=True))
    op.add_column("prototypes", sa.Column("reached", sa.Integer(), nullable=True))
    # A default of the database's own for as long as the program before this one still writes.
    op.add_column("saved_views", sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("desk_choices", sa.Column("columns", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("desk_choices", "columns")
    op.drop_column("saved_views", "shared")
    op.drop_column("prototypes", "reached")
    op.drop_column("prototypes", "cost")
    op.drop_table("gap_follows")
    op.drop_index(op.f("ix_gaps_status_gaps_target_on"), "gaps")
    for name in ("searchers", "searches", "budget", "target_on"):
        op.drop_column("gaps", name)
