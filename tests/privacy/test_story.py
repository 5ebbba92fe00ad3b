"""What no rule can be sure of is read once more by whoever wrote it, and what is public everywhere is let through."""

import pytest
from sqlalchemy import select

from tests.support.client import Answer, Client
from webapp.db.engine import db
from webapp.people.audit import AuditEntry
from webapp.pii import story

STORY = "Nothing for a man in Sample Street who had a stroke after his wife died"
AGAIN = "Read this once more: everyone who signs in will read it. Then tick the box, or leave out a detail"
TOGETHER = "Take out the name, or what stands with it. Together they say who somebody is, so they cannot be marked"


def report(person: Client, needed: str, *not_about_a_person: str) -> Answer:
    more = {"needed-not-about-a-person": list(not_about_a_person)} if not_about_a_person else {}
    return person.get("/gaps/new").send("/gaps/new", needed=needed, place="citywide", **more)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "The former headmistress has dementia and her son was killed",
        "A woman aged 34 in Larch House, sectioned, wants a choir",
    ],
)
def test_a_story_could_tell_who_it_is_about(text: str):
    assert story.could_tell_who(text)


@pytest.mark.parametrize(
    "text",
    [
        "Somewhere to sing for people with dementia on Sample Street",
        "A group for men whose wives died",
        "The only café in Moss Lane has closed since the accident with the funeral parlour",
        "He wants to learn to swim",
    ],
)
def test_what_many_share_is_no_story(text: str):
    assert not story.could_tell_who(text)


def test_a_story_is_read_once_more_before_everyone_can_read_it(priya: Client):
    asked = report(priya, STORY)
    assert asked.status == 422
    assert asked.errors == [AGAIN]
    assert STORY in asked.text, "what was typed is kept"
    assert "Everyone who signs in will read this" in asked.words
    assert asked.send("/gaps/new", **{"needed-not-about-a-person": ["a story"]}).status == 303
    with priya.app.app_context():
        kept = db.session.scalars(select(AuditEntry.after).where(AuditEntry.action == "text.not-about-a-person")).all()
        assert kept == [{"needed": ["story"]}]


def test_a_name_beside_a_home_cannot_be_ticked_away(priya: Client):
    name, home = "Margaret Okafor", "12 Sample Street"
    refused = report(priya, f"A lunch club for {name} of {home}", name, home)
    assert refused.status == 422
    assert refused.errors == [TOGETHER]
    assert not refused.soup.select("[name=needed-not-about-a-person]"), "there is nothing to tick"
    assert report(priya, f"A bench outside {home}", home).status == 303, "alone it may be a venue"


def test_what_a_listing_publishes_is_nobodys_secret(priya: Client):
    assert report(priya, "Nobody can get to 3 Spindle Parade, m11 9zk, by bus").status == 303
    assert report(priya, "Nobody can get to 5 Spindle Parade, M11 9ZJ, by bus").status == 422
