"""Failed attempts of every kind in one table; a row to see whether anything can be written; keys end with the role."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _attempts("attempts", sa.Column("what", sa.String(length=20), nullable=False), first=["what"])
    _drop("sign_in_tries", first=[])
    op.create_table(
        "write_probe",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_write_probe")),
    )
    # A key whose owner has lost the role, or may not sign in, would come back to life with either.
    op.execute("delete from data_keys where user_id in (select id from people where disabled)")
    op.execute(
        "delete from data_keys where user_id not in (select user_id from people_roles where role = 'commissioner')"
    )
    with op.batch_alter_table("data_keys", schema=None) as batch_op:
        batch_op.add_column(sa.Column("role", sa.String(length=20), nullable=False, server_default="commissioner"))
        batch_op.drop_constraint("fk_data_keys_user_id_people", type_="foreignkey")
        batch_op.create_foreign_key(
            "fk_data_keys_user_id_role_people_roles",
            "people_roles",
            ["user_id", "role"],
            ["user_id", "role"],
            ondelete="CASCADE",
        )
    with op.batch_alter_table("data_keys", schema=None) as batch_op:
        batch_op.alter_column("role", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("data_keys", schema=None) as batch_op:
        batch_op.drop_constraint("fk_data_keys_user_id_role_people_roles", type_="foreignkey")
        batch_op.create_foreign_key("fk_data_keys_user_id_people", "people", ["user_id"], ["id"], ondelete="CASCADE")
        batch_op.drop_column("role")
    op.drop_table("write_probe")
    _attempts("sign_in_tries", first=[])
    _drop("attempts", first=["what"])


def _attempts(name: str, *more: sa.Column[str], first: list[str]) -> None:
    """A table of failed attempts. What was counted is for minutes alone, so nothing is carried over."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *more,
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("account", "address"):
        op.create_index("_".join(["ix", name, *first, column, "at"]), name, [*first, column, "at"])
    op.create_index(f"ix_{name}_at", name, ["at"])


def _drop(name: str, first: list[str]) -> None:
    for column in ("account", "address"):
        op.drop_index("_".join(["ix", name, *first, column, "at"]), name)
    op.drop_index(f"ix_{name}_at", name)
    op.drop_table(name)
