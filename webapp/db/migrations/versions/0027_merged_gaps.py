"""Indexes that answer the figures of gaps.

That of merged gaps holds those alone, so that no database goes through it for the others, which are nearly all. What is
counted by audience is found without reading a gap, and so is what closed within some days.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

GAPS, MERGED, FIGURES, CLOSED = "gaps", "ix_gaps_merged_into_id", "ix_gaps_figures", "ix_gaps_closed_at"
BEFORE = ["status", "place", "theme", "created_at", "answered_at", "closed_at", "people", "merged_into_id"]
BEFORE += ["outcome", "workstream", "reporter_team", "residents_low", "residents_high", "residents_more"]
ARE_MERGED = sa.text("merged_into_id IS NOT NULL")


def upgrade() -> None:
    _again(MERGED, ["merged_into_id"], sqlite_where=ARE_MERGED, postgresql_where=ARE_MERGED)
    _again(FIGURES, [*BEFORE, "id"])
    op.create_index(CLOSED, GAPS, ["closed_at"])


def downgrade() -> None:
    op.drop_index(CLOSED, GAPS)
    _again(FIGURES, BEFORE)
    _again(MERGED, ["merged_into_id"])


def _again(name: str, columns: list[str], **where: Any) -> None:
    op.drop_index(name, GAPS)
    op.create_index(name, GAPS, columns, **where)
