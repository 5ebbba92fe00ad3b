"""Every table of the first version."""

import sqlalchemy as sa
from alembic import op

import webapp.db.engine
from webapp.people.audit import TRIGGERS

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_hash")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_previous")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_ref"), ["ref"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "gap_counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_counter")),
    )
    op.create_table(
        "organisation_asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("asked_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_asks")),
        sa.UniqueConstraint("path", "mark", "period", name=op.f("uq_organisation_asks_path_mark_period")),
    )
    with op.batch_alter_table("organisation_asks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_asks_mark"), ["mark"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
    )
    op.create_table(
        "searches_counted",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("phrase", sa.String(length=200), nullable=False),
        sa.Column("words_dropped", sa.Boolean(), nullable=False),
        sa.Column("near", sa.String(length=10), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("activities", sa.JSON(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searches_counted")),
    )
    with op.batch_alter_table("searches_counted", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_searches_counted_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_searches_counted_person_searches_counted_at"), ["person", "at"], unique=False
        )

    op.create_table(
        "searches_lately",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_searches_lately")),
    )
    with op.batch_alter_table("searches_lately", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_searches_lately_at"), ["at"], unique=False)

    op.create_table(
        "sign_in_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_tries")),
    )
    with op.batch_alter_table("sign_in_tries", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_tries_account_at", ["account", "at"], unique=False)
        batch_op.create_index("ix_sign_in_tries_address_at", ["address", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_tries_at"), ["at"], unique=False)

    op.create_table(
        "bulk_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("undone_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_bulk_changes_by_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_changes")),
    )
    with op.batch_alter_table("bulk_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_changes_by_id"), ["by_id"], unique=False)

    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=500), nullable=False),
        sa.Column(
            "topic",
            sa.Enum(
                "out-of-date", "more-to-add", "closed", "something-else", name="topic", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("proposed", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("by_organisation", sa.Boolean(), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=True),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column(
            "state", sa.Enum("new", "done", "not-changed", name="state", native_enum=False, length=20), nullable=False
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.Column("handled_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["handled_by_id"], ["people.id"], name=op.f("fk_corrections_handled_by_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["people.id"], name=op.f("fk_corrections_sender_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corrections_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_corrections_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_corrections_sender_id"), ["sender_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_corrections_state_corrections_created_at"), ["state", "created_at"], unique=False
        )

    op.create_table(
        "data_keys",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("last_used_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("window_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_data_keys_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_data_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_data_keys_key_hash")),
    )
    op.create_table(
        "desk_choices",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("keys", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_desk_choices_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_desk_choices")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=2000), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["people.id"], name=op.f("fk_drafts_user_id_people"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafts_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_drafts_user_id"), ["user_id"], unique=False)

    op.create_table(
        "email_choices",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=40), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_email_choices_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "choice", name=op.f("pk_email_choices")),
    )
    op.create_table(
        "feed_keys",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_handle", sa.String(length=32), nullable=False),
        sa.Column("token_secret", sa.String(length=64), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_feed_keys_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_feed_keys")),
        sa.UniqueConstraint("token_handle", name=op.f("uq_feed_keys_token_handle")),
    )
    op.create_table(
        "gaps",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("needed", sa.String(length=500), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("audience", sa.String(length=100), nullable=False),
        sa.Column("outcome", sa.String(length=100), nullable=False),
        sa.Column("activity", sa.String(length=100), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("about", sa.String(length=500), nullable=False),
        sa.Column("evidence", sa.String(length=1000), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("reporter_team", sa.String(length=100), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "new",
                "under-review",
                "prototype",
                "in-plan",
                "met",
                "not-now",
                name="status",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("status_reason", sa.Text(), nullable=False),
        sa.Column("closed_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("answer_changed_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_team", sa.String(length=100), nullable=False),
        sa.Column("theme", sa.String(length=100), nullable=False),
        sa.Column("workstream", sa.String(length=100), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("touched_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("split_from_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_gaps_answered_by_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["gaps.id"], name=op.f("fk_gaps_merged_into_id_gaps"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_gaps_owner_id_people"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["people.id"], name=op.f("fk_gaps_reporter_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["split_from_id"], ["gaps.id"], name=op.f("fk_gaps_split_from_id_gaps"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gaps")),
    )
    with op.batch_alter_table("gaps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gaps_created_at"), ["created_at"], unique=False)
        batch_op.create_index(
            "ix_gaps_figures",
            ["status", "place", "theme", "created_at", "answered_at", "closed_at", "people", "merged_into_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_gaps_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gaps_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gaps_people"), ["people"], unique=False)
        batch_op.create_index(batch_op.f("ix_gaps_place_gaps_status"), ["place", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_gaps_reporter_id"), ["reporter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gaps_split_from_id"), ["split_from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gaps_status_gaps_created_at"), ["status", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_gaps_status_gaps_people"), ["status", "people"], unique=False)

    op.create_table(
        "listing_closures",
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_listing_closures_by_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_listing_closures")),
    )
    op.create_table(
        "listing_confirmations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("by_organisation", sa.Boolean(), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_listing_confirmations_person_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_confirmations")),
        sa.UniqueConstraint("path", "person_id", "day", name=op.f("uq_listing_confirmations_path_person_id_day")),
    )
    with op.batch_alter_table("listing_confirmations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_listing_confirmations_path"), ["path"], unique=False)
        batch_op.create_index(batch_op.f("ix_listing_confirmations_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_listing_confirmations_organisation",
            ["path", "day"],
            unique=True,
            sqlite_where=sa.text("by_organisation"),
            postgresql_where=sa.text("by_organisation"),
        )

    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("read_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=True),
        sa.Column("sent_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(length=40), nullable=False),
        sa.Column("claimed_until", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["to_id"], ["people.id"], name=op.f("fk_messages_to_id_people"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("reference", name=op.f("uq_messages_reference")),
        sa.UniqueConstraint("to_id", "channel", "key", name=op.f("uq_messages_to_id_channel_key")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_messages_channel_messages_state_messages_next_try_at"),
            ["channel", "state", "next_try_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_messages_kind_messages_ref"), ["kind", "ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_to_id_messages_read_at"), ["to_id", "read_at"], unique=False)

    op.create_table(
        "once",
        sa.Column("form_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["people.id"], name=op.f("fk_once_user_id_people"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("form_id", "user_id", name=op.f("pk_once")),
    )
    with op.batch_alter_table("once", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_once_created_at"), ["created_at"], unique=False)

    op.create_table(
        "people_roles",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_people_roles_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "role", name=op.f("pk_people_roles")),
    )
    op.create_table(
        "prototypes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=110), nullable=False),
        sa.Column("public", sa.String(length=300), nullable=False),
        sa.Column("hypothesis", sa.Text(), nullable=False),
        sa.Column("tries", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "decision", sa.Enum("scale", "adapt", "stop", name="decision", native_enum=False, length=20), nullable=True
        ),
        sa.Column("decided_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["people.id"], name=op.f("fk_prototypes_created_by_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prototypes")),
    )
    with op.batch_alter_table("prototypes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_prototypes_decision_prototypes_ends_on"), ["decision", "ends_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_prototypes_starts_on_prototypes_ends_on"), ["starts_on", "ends_on"], unique=False
        )

    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=2000), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("deleted_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["people.id"], name=op.f("fk_saved_views_owner_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_saved_views_owner_id_saved_views_name"), ["owner_id", "name"], unique=False
        )

    op.create_table(
        "searches_recent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_searches_recent_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searches_recent")),
        sa.UniqueConstraint("user_id", "address", name=op.f("uq_searches_recent_user_id_address")),
    )
    with op.batch_alter_table("searches_recent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_searches_recent_at"), ["at"], unique=False)

    op.create_table(
        "searches_saved",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("removed_at", webapp.db.engine.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_searches_saved_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searches_saved")),
        sa.UniqueConstraint("user_id", "address", name=op.f("uq_searches_saved_user_id_address")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("last_seen", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("device", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_sign_ins_user_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_last_seen"), ["last_seen"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_ins_user_id"), ["user_id"], unique=False)

    op.create_table(
        "bulk_items",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["bulk_changes.id"], name=op.f("fk_bulk_items_change_id_bulk_changes"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.id"], name=op.f("fk_bulk_items_gap_id_gaps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("change_id", "gap_id", name=op.f("pk_bulk_items")),
    )
    with op.batch_alter_table("bulk_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_items_gap_id"), ["gap_id"], unique=False)

    op.create_table(
        "gap_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "new",
                "under-review",
                "prototype",
                "in-plan",
                "met",
                "not-now",
                name="status",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.id"], name=op.f("fk_gap_events_gap_id_gaps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_events")),
    )
    with op.batch_alter_table("gap_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_events_gap_id"), ["gap_id"], unique=False)

    op.create_table(
        "gap_links",
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.id"], name=op.f("fk_gap_links_gap_id_gaps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("gap_id", "path", name=op.f("pk_gap_links")),
    )
    op.create_table(
        "gap_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_gap_notes_author_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.id"], name=op.f("fk_gap_notes_gap_id_gaps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_notes")),
    )
    with op.batch_alter_table("gap_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_notes_gap_id"), ["gap_id"], unique=False)

    op.create_table(
        "gap_supports",
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("created_at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("via_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.id"], name=op.f("fk_gap_supports_gap_id_gaps"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["people.id"], name=op.f("fk_gap_supports_user_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["via_id"], ["gaps.id"], name=op.f("fk_gap_supports_via_id_gaps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("gap_id", "user_id", name=op.f("pk_gap_supports")),
    )
    with op.batch_alter_table("gap_supports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_supports_user_id"), ["user_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gap_supports_via_id"), ["via_id"], unique=False)

    op.create_table(
        "gap_terms",
        sa.Column(
            "term", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.id"], name=op.f("fk_gap_terms_gap_id_gaps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("term", "gap_id", name=op.f("pk_gap_terms")),
    )
    with op.batch_alter_table("gap_terms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_terms_gap_id"), ["gap_id"], unique=False)

    op.create_table(
        "prototype_gaps",
        sa.Column("prototype_id", sa.Integer(), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["gap_id"], ["gaps.id"], name=op.f("fk_prototype_gaps_gap_id_gaps"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["prototype_id"],
            ["prototypes.id"],
            name=op.f("fk_prototype_gaps_prototype_id_prototypes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("prototype_id", "gap_id", name=op.f("pk_prototype_gaps")),
    )
    with op.batch_alter_table("prototype_gaps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prototype_gaps_gap_id"), ["gap_id"], unique=False)

    op.create_table(
        "prototype_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prototype_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", webapp.db.engine.Moment(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_prototype_notes_author_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["prototype_id"],
            ["prototypes.id"],
            name=op.f("fk_prototype_notes_prototype_id_prototypes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prototype_notes")),
    )
    with op.batch_alter_table("prototype_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prototype_notes_prototype_id"), ["prototype_id"], unique=False)
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("prototype_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prototype_notes_prototype_id"))

    op.drop_table("prototype_notes")
    with op.batch_alter_table("prototype_gaps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prototype_gaps_gap_id"))

    op.drop_table("prototype_gaps")
    with op.batch_alter_table("gap_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gap_terms_gap_id"))

    op.drop_table("gap_terms")
    with op.batch_alter_table("gap_supports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gap_supports_via_id"))
        batch_op.drop_index(batch_op.f("ix_gap_supports_user_id"))

    op.drop_table("gap_supports")
    with op.batch_alter_table("gap_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gap_notes_gap_id"))

    op.drop_table("gap_notes")
    op.drop_table("gap_links")
    with op.batch_alter_table("gap_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gap_events_gap_id"))

    op.drop_table("gap_events")
    with op.batch_alter_table("bulk_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulk_items_gap_id"))

    op.drop_table("bulk_items")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_user_id"))
        batch_op.drop_index(batch_op.f("ix_sign_ins_last_seen"))

    op.drop_table("sign_ins")
    op.drop_table("searches_saved")
    with op.batch_alter_table("searches_recent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_searches_recent_at"))

    op.drop_table("searches_recent")
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_views_owner_id_saved_views_name"))

    op.drop_table("saved_views")
    with op.batch_alter_table("prototypes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prototypes_starts_on_prototypes_ends_on"))
        batch_op.drop_index(batch_op.f("ix_prototypes_decision_prototypes_ends_on"))

    op.drop_table("prototypes")
    op.drop_table("people_roles")
    with op.batch_alter_table("once", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_once_created_at"))

    op.drop_table("once")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_messages_to_id_messages_read_at"))
        batch_op.drop_index(batch_op.f("ix_messages_kind_messages_ref"))
        batch_op.drop_index(batch_op.f("ix_messages_channel_messages_state_messages_next_try_at"))

    op.drop_table("messages")
    with op.batch_alter_table("listing_confirmations", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_listing_confirmations_organisation",
            sqlite_where=sa.text("by_organisation"),
            postgresql_where=sa.text("by_organisation"),
        )
        batch_op.drop_index(batch_op.f("ix_listing_confirmations_person_id"))
        batch_op.drop_index(batch_op.f("ix_listing_confirmations_path"))

    op.drop_table("listing_confirmations")
    op.drop_table("listing_closures")
    with op.batch_alter_table("gaps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gaps_status_gaps_people"))
        batch_op.drop_index(batch_op.f("ix_gaps_status_gaps_created_at"))
        batch_op.drop_index(batch_op.f("ix_gaps_split_from_id"))
        batch_op.drop_index(batch_op.f("ix_gaps_reporter_id"))
        batch_op.drop_index(batch_op.f("ix_gaps_place_gaps_status"))
        batch_op.drop_index(batch_op.f("ix_gaps_people"))
        batch_op.drop_index(batch_op.f("ix_gaps_owner_id"))
        batch_op.drop_index(batch_op.f("ix_gaps_merged_into_id"))
        batch_op.drop_index("ix_gaps_figures")
        batch_op.drop_index(batch_op.f("ix_gaps_created_at"))

    op.drop_table("gaps")
    op.drop_table("feed_keys")
    op.drop_table("email_choices")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drafts_user_id"))
        batch_op.drop_index(batch_op.f("ix_drafts_created_at"))

    op.drop_table("drafts")
    op.drop_table("desk_choices")
    op.drop_table("data_keys")
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_corrections_state_corrections_created_at"))
        batch_op.drop_index(batch_op.f("ix_corrections_sender_id"))
        batch_op.drop_index(batch_op.f("ix_corrections_created_at"))
        batch_op.drop_index(batch_op.f("ix_corrections_about"))

    op.drop_table("corrections")
    with op.batch_alter_table("bulk_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulk_changes_by_id"))

    op.drop_table("bulk_changes")
    with op.batch_alter_table("sign_in_tries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_tries_at"))
        batch_op.drop_index("ix_sign_in_tries_address_at")
        batch_op.drop_index("ix_sign_in_tries_account_at")

    op.drop_table("sign_in_tries")
    with op.batch_alter_table("searches_lately", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_searches_lately_at"))

    op.drop_table("searches_lately")
    with op.batch_alter_table("searches_counted", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_searches_counted_person_searches_counted_at"))
        batch_op.drop_index(batch_op.f("ix_searches_counted_at"))

    op.drop_table("searches_counted")
    op.drop_table("people")
    with op.batch_alter_table("organisation_asks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_asks_mark"))

    op.drop_table("organisation_asks")
    op.drop_table("gap_counter")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_ref"))
        batch_op.drop_index(batch_op.f("ix_audit_at"))

    op.drop_table("audit")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function audit_refuse()")
