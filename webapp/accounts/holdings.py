"""What the database holds of people, by table: said to them with their data, and in docs/data-protection.md.

A test holds both against the models: a table with a person in it that is not named here fails.
"""

from collections.abc import Iterator

from sqlalchemy import Column, Table

from webapp.db.engine import Base
from webapp.people.models import User

# Of each table with a column that leads to a person, what it is to that person.
OF_A_PERSON = {
    "audit": "The trail of what you changed, and of what others changed about your account",
    "barrier_supports": "Barriers that you met too",
    "barriers": "Barriers that you reported or look after",
    "bulk_changes": "Changes that you made to many gaps at once",
    "community_invitations": "Invitations to your community, or by you",
    "community_rota": "Your places on the rota of your community",
    "convened_teams": "Teams that you convene",
    "corrections": "Corrections and feedback that you sent or handled",
    "data_keys": "Your key for programs that fetch data",
    "desk_choices": "How you work through gaps with the keyboard",
    "drafts": "Forms that you sent after your sign-in had ended",
    "edits": "Pages that you wrote or changed here",
    "email_choices": "What you want to hear by e-mail",
    "feed_keys": "Your own calendar and feed",
    "gap_follows": "Gaps that you follow",
    "gap_notes": "Private notes that you wrote beside gaps",
    "gap_supports": "Gaps where you said “me too”, and what you said there",
    "gaps": "Gaps that you reported, answered or look after",
    "identities": "Who you are to the identity provider by which you sign in",
    "learning_log_drafts": "The learning log that you are writing",
    "learning_logs": "Your learning logs",
    "listing_closures": "Listings that you marked as closed",
    "listing_confirmations": "Listings that you confirmed",
    "messages": "What you were told, here and by e-mail",
    "offline_devices": "Devices that keep pages for when there is no signal",
    "once": "Forms that you sent, so that none counts twice",
    "one_time_links": "Links for a new password or to sign in",
    "packs": "Your packs",
    "people": "Your account",
    "people_roles": "What you may do",
    "pinned_pages": "Pages that you want to read without a signal",
    "prototype_notes": "Notes that you wrote on prototypes",
    "prototypes": "Prototypes that you began",
    "recovery_codes": "That you have recovery codes",
    "report_words": "Words that you wrote for the report",
    "saved_views": "Views of the gap log that you saved",
    "searches_recent": "Your last searches",
    "searches_saved": "Searches that you saved",
    "second_factors": "That codes from your phone are asked for",
    "service_keys": "Keys for programs that you made or ended",
    "shared_links": "Links that you made to packs and listings",
    "sign_ins": "Where you are signed in",
    "signposting_outcomes": "What became of pointing somebody to a listing",
    "spotlight_feedback": "Your feedback on spotlight sessions",
    "spotlight_sessions": "Spotlight sessions that you planned",
    "starting_places": "Where your pages begin",
    "suggested_listings": "Groups that you found, and those that you handled",
    "workstream_leads": "Workstreams that you lead",
}
# Rows that belong to one of those above.
OF_THEIR_ROWS = {
    "gap_audiences": "Whom the gaps that you reported are for",
    "learning_log_themes": "The themes of your learning logs",
    "pack_items": "What is in your packs, and your notes of why",
}
WHAT = {**OF_A_PERSON, **OF_THEIR_ROWS}


def columns_of_people(table: Table) -> list[Column]:
    """The columns of `table` that say whose a row is: they lead to the id of a person, at once or by another such."""
    return [column for column in table.columns if any(_is_person(key.column) for key in column.foreign_keys)]


def _is_person(column: Column) -> bool:
    me = User.__table__.c.id
    return column is me or any(key.column is me for key in column.foreign_keys)


def tables_of_people() -> Iterator[tuple[Table, list[Column]]]:
    """Every table with such columns, in the order in which tables need each other."""
    for table in Base.metadata.sorted_tables:
        if columns := columns_of_people(table):
            yield table, columns
