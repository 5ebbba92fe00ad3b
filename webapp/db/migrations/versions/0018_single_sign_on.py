"""Who people are to an identity provider, a second factor for passwords, links that work once, accounts removed."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0018"
down_revision = "0014"

SIGN_INS = (("issuer", sa.String(500)), ("provider_session", sa.String(255)), ("id_token", sa.Text()))


def upgrade() -> None:
    op.add_column("people", sa.Column("removed_at", _moment(), nullable=True))
    for name, kind in SIGN_INS:
        # A default of the database's own for as long as the program before this one still writes.
        op.add_column("sign_ins", sa.Column(name, kind, nullable=False, server_default=""))
    op.create_index(op.f("ix_sign_ins_provider_session"), "sign_ins", ["provider_session"])
    op.create_table(
        "identities",
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        _person("identities"),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_identities")),
    )
    op.create_index(op.f("ix_identities_user_id"), "identities", ["user_id"])
    op.create_table(
        "used_once",
        sa.Column("word_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", _moment(), nullable=False),
        sa.PrimaryKeyConstraint("word_hash", name=op.f("pk_used_once")),
    )
    op.create_index(op.f("ix_used_once_expires_at"), "used_once", ["expires_at"])
    op.create_table(
        "second_factors",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sealed_secret", sa.String(255), nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        sa.Column("confirmed_at", _moment(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        _person("second_factors"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        _person("recovery_codes"),
        sa.PrimaryKeyConstraint("user_id", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "one_time_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=True),
        sa.Column("created_at", _moment(), nullable=False),
        sa.Column("expires_at", _moment(), nullable=True),
        _person("one_time_links"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_links_token_hash")),
    )
    for column in ("user_id", "created_at"):
        op.create_index(op.f(f"ix_one_time_links_{column}"), "one_time_links", [column])


def downgrade() -> None:
    for table in ("one_time_links", "recovery_codes", "second_factors", "used_once", "identities"):
        op.drop_table(table)
    op.drop_index(op.f("ix_sign_ins_provider_session"), "sign_ins")
    for name, _ in SIGN_INS:
        op.drop_column("sign_ins", name)
    op.drop_column("people", "removed_at")


def _moment() -> webapp.db.engine.Moment:
    return webapp.db.engine.Moment(timezone=True)


def _person(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_user_id_people")
    return sa.ForeignKeyConstraint(["user_id"], ["people.id"], name=name, ondelete="CASCADE")
