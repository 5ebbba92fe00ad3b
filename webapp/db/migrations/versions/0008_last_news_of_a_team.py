"""What a team passed on, by its last news, and what was answered last, from an index."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_index(
        op.f("ix_gaps_reporter_team_gaps_touched_at"), "gaps", ["reporter_team", "touched_at"], unique=False
    )
    op.create_index(op.f("ix_gaps_answered_at"), "gaps", ["answered_at"], unique=False)
    op.create_index(op.f("ix_barriers_team_barriers_touched_at"), "barriers", ["team", "touched_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_barriers_team_barriers_touched_at"), table_name="barriers")
    op.drop_index(op.f("ix_gaps_answered_at"), table_name="gaps")
    op.drop_index(op.f("ix_gaps_reporter_team_gaps_touched_at"), table_name="gaps")
