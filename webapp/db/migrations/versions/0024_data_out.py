"""What has changed since when, the service key, how far the audit trail is checked, and who signed in last."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0024"
down_revision = "0023"

# Where a row was last changed before anybody noted it.
STAMPED = {
    "gaps": "coalesce(touched_at, created_at)",
    "gap_supports": "created_at",
    "gap_events": "at",
    "prototypes": "coalesce(decided_at, created_at)",
    "barriers": "coalesce(touched_at, created_at)",
}
PUBLIC_ID = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "replace(cast(gen_random_uuid() as text), '-', '')"}
AUDIT_INDEXES = {f"ix_audit_{name}_audit_id": [name, "id"] for name in ("actor", "action", "kind")}


def _moment(name: str, nullable: bool = True, default: str | None = None) -> sa.Column[datetime]:
    return sa.Column(name, webapp.db.engine.Moment(timezone=True), nullable=nullable, server_default=default)


def upgrade() -> None:
    for table, expression in STAMPED.items():
        # A default of the database's own for as long as the program before this one still writes.
        op.add_column(table, _moment("modified_at", nullable=False, default="1970-01-01 00:00:00+00:00"))
        op.execute(f"update {table} set modified_at = {expression}")  # nosec B608 # noqa: S608 - the names above
    op.add_column("gap_supports", sa.Column("public_id", sa.String(32), nullable=True))
    op.execute(f"update gap_supports set public_id = {PUBLIC_ID[op.get_bind().dialect.name]}")  # nosec B608 # noqa: S608
    op.create_index(op.f("ix_gap_supports_public_id"), "gap_supports", ["public_id"], unique=True)
    op.add_column("people", _moment("last_sign_in_at"))
    op.execute(
        "update people set last_sign_in_at = (select max(created_at) from sign_ins where sign_ins.user_id = people.id)"
    )
    for name, columns in AUDIT_INDEXES.items():
        op.create_index(op.f(name), "audit", columns)
    op.create_table(
        "service_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        _moment("made_at", nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        _moment("ends_at", nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        _moment("last_used_at"),
        _moment("window_at", nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["people.id"], name=op.f("fk_service_keys_made_by_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_service_keys_key_hash")),
    )
    op.create_index(op.f("ix_service_keys_made_by_id"), "service_keys", ["made_by_id"])
    op.create_table(
        "audit_check",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        _moment("round_ended_at"),
        _moment("whole_at"),
        sa.Column("whole_entry", sa.Integer(), nullable=False),
        sa.Column("whole_entries", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=200), nullable=False),
        sa.Column("fault_entry", sa.Integer(), nullable=True),
        _moment("fault_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_check")),
    )


def downgrade() -> None:
    op.drop_table("audit_check")
    op.drop_table("service_keys")
    for name in AUDIT_INDEXES:
        op.drop_index(op.f(name), "audit")
    op.drop_column("people", "last_sign_in_at")
    op.drop_index(op.f("ix_gap_supports_public_id"), "gap_supports")
    op.drop_column("gap_supports", "public_id")
    for table in STAMPED:
        op.drop_column(table, "modified_at")
