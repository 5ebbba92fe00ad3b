"""A word of its own in every column of every table that holds words, and who may read which.

A new column that takes text fails tests/privacy/test_private_texts.py until READERS or CODES says what it is: somebody
besides its author looks at who may read it.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from pypdf import PdfReader
from sqlalchemy import JSON, Column, String, Table, func, insert, type_coerce, update
from sqlalchemy.orm import Session

import webapp.app  # noqa: F401 - so that every table is known
from tests.support.client import Answer
from tests.support.people import PEOPLE
from webapp.accounts import holdings
from webapp.db.engine import Base, now
from webapp.gaps import search_terms
from webapp.gaps.models import Gap
from webapp.people import audit

STAMP = "zqj"  # every planted word begins with it, and no other word does
WITHIN = "planted"  # stands in texts within JSON where the word is put
PLANTED = re.compile(rf"{STAMP}[a-z]+")
MONEY = {"gaps.budget": 7391846, "prototypes.cost": 6283947}  # figures that not everybody may read
FIGURES = {said: column for column, sum_ in MONEY.items() for said in (str(sum_), f"{sum_:,}")}
NUMBER = 901  # of the rows that are put in here

# Who may read what stands in a column: everyone who is signed in, nobody at all, or those named.
# Whatever is somebody's own is the stranger's: a practitioner, as Priya is, of another team. Carol is the commissioner.
READERS = {
    column: said
    for said, columns in {
        "everyone": "barriers.text barriers.answer barriers.status_reason barrier_events.text gaps.needed gaps.words "
        "gaps.evidence gaps.answer gaps.status_reason gap_events.text gap_supports.evidence prototypes.title "
        "prototypes.public prototypes.learned people.name spotlight_sessions.venue spotlight_sessions.join",
        "carol": "gap_notes.text prototype_notes.text prototypes.hypothesis prototypes.tries prototypes.measure "
        "prototypes.became report_words.opening report_words.recommendations gaps.budget prototypes.cost",
        "carol ed": "searches_counted.words",  # of several people
        "carol ada lena": "measures.title measures.source measures.unit",
        # Whoever told it, and the editors, who answer.
        "stranger ed": "corrections.text corrections.reason corrections.proposed suggested_listings.front "
        "suggested_listings.body suggested_listings.reason",
        "stranger": "drafts.fields drafts.left_out learning_log_drafts.fields learning_logs.experience "
        "learning_logs.reflection learning_logs.concept learning_logs.experiment learning_logs.will_try "
        "learning_logs.in_the_way messages.text messages.last_error offline_devices.name packs.name pack_items.note "
        "pack_items.title pinned_pages.title saved_views.name searches_recent.address searches_saved.name "
        "searches_saved.news sign_ins.device spotlight_feedback.will_try spotlight_feedback.in_the_way "
        "identities.subject sign_ins.provider_session edits.summary edits.text",
        "stranger ada": "people.email",
        # Of the stranger's team: its members, who convenes it, and whom it asked to come.
        "stranger connie": "community_rota.about",
        "stranger connie carol": "community_invitations.note",
        # A session of Priya's team: its members, and those who run sessions.
        "priya femi carol ada connie": "spotlight_sessions.notes spotlight_sessions.actions",
        "ada": "worker_jobs.fault backups.name",
        "ada carol": "audit.after",  # of what she did: the history of a gap
        # What lets somebody in, or is made of it.
        "nobody": "people.password_hash sign_ins.token_hash sign_ins.id_token "
        "feed_keys.token_secret shared_links.token_seed shared_links.token_hash service_keys.key_hash "
        "data_keys.key_hash second_factors.sealed_secret recovery_codes.code_hash one_time_links.token_hash "
        "offline_devices.token_hash",
    }.items()
    for column in columns.split()
}
# What holds no words of people: slugs of vocabularies, statuses, addresses, hashes, keys of one thing to another.
CODES = re.compile(
    r"\.(team|place|outcome|activity|theme|workstream|status|state|kind|topic|scope|path|page|about_kind|ref|slug"
    r"|better|helped|useful|residents|role|source|decision|became|answered|reporter_team|answered_team|audience|term"
    r"|choice|columns|purpose|channel|key|reference|claimed_by|form_id|public_id|issuer|file|base|branch|commit|blob"
    r"|mark|period|hash|previous|action|person|near|filters|places|outcomes|activities|full|query|spotlight|word_hash"
    r"|token_handle)$|^(attempts\..*|audit\.before|bulk_items\.before|worker_jobs\.name|audit_check\.fault|machines\..*|job_turns\..*|feed_copies\.name|once\.outcome|gaps\.about"
    r"|corrections\.about|searches_saved\.address|searches_counted\.phrase)$"
)


def readers_of(column: str) -> frozenset[str]:
    """The names, of PEOPLE, of those who may read what stands in `column`."""
    said = READERS[column]
    return frozenset(PEOPLE if said == "everyone" else () if said == "nobody" else said.split())


def texts() -> Iterator[str]:
    """Every column of every table that can hold words, as `table.column`."""
    for table in Base.metadata.sorted_tables:
        yield from (f"{table.name}.{c.name}" for c in table.columns if isinstance(c.type, String | JSON))


def word_of(column: str) -> str:
    """The word that is planted in `column`: letters alone, so that a search takes it for one word."""
    return STAMP + "".join(letter for letter in column if letter.isalpha())


def felt_by(name: str) -> str:
    """The word in every text that `name` of PEOPLE may not read: no search of theirs finds it."""
    return f"{STAMP}felt{name}"


COLUMN_OF = {word_of(column): column for column in READERS}


def words_in(answer: Answer) -> set[str]:
    """The columns whose words `answer` holds, whatever kind of file it is."""
    said = _said(answer)
    return {COLUMN_OF[word] for word in PLANTED.findall(said) if word in COLUMN_OF} | {
        column for figure, column in FIGURES.items() if figure in said
    }


def _said(answer: Answer) -> str:
    if answer.data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    if answer.data.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    return answer.data.decode("utf-8", "replace")


def plant(session: Session, listing: str) -> None:
    """Add rows that people would have to do much for, and its word to every text of READERS. Commit afterwards.

    `listing` is the path of one, which is put into a pack.
    """
    for name, row in _rows(now(), listing):
        session.execute(insert(Base.metadata.tables[name]), row)
    audit.append(
        session, now=now(), actor=None, action="planted", subject=("gap", "GAP-0001"), after={"said": WITHIN_AUDIT}
    )
    for name in ("barriers", "gaps"):  # what has an answer has a day of it
        session.execute(update(Base.metadata.tables[name]).values(answered_at=now(), answer_changed_at=now()))
    for column in READERS.keys() - {"audit.after"}:
        table = _cell(column).table
        change = update(table).values(_with_word(column))
        if "stranger" in readers_of(column) < {"stranger", "ada", "ed"} and (whose := _whose(table)) is not None:
            change = change.where(whose == PEOPLE["stranger"].id)
        session.execute(change)
    session.expire_all()
    for gap in session.query(Gap):
        search_terms.index(session, gap)


def _cell(column: str) -> Column[Any]:
    table, _, name = column.partition(".")
    return Base.metadata.tables[table].c[name]


def _whose(table: Table) -> Column[Any] | None:
    """The column of `table` that says whose a row is."""
    return table.c.id if table.name == "people" else next(iter(holdings.columns_of_people(table)), None)


def _with_word(column: str) -> dict[str, Any]:
    cell = _cell(column)
    word = " ".join([word_of(column), *(felt_by(name) for name in PEOPLE if name not in readers_of(column))])
    if column in MONEY:
        return {cell.name: MONEY[column]}
    if isinstance(cell.type, JSON):
        return {cell.name: func.replace(type_coerce(cell, String), WITHIN, word_of(column))}
    return {cell.name: func.coalesce(cell, "") + f" {word}"}


WITHIN_AUDIT = word_of("audit.after")  # entries are never changed, so the word is there from the first


def _rows(at: datetime, listing: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is the stranger's, or is about them, and what nobody of the tests' world does."""
    me, carol, team = PEOPLE["stranger"].id, PEOPLE["carol"].id, PEOPLE["stranger"].team
    day, made = at.date(), {"created_at": at}
    soon = {"team": team, "day": day + timedelta(days=7)}
    yield "drafts", {"user_id": me, "path": "/gaps/new", "fields": [["needed", WITHIN]], "left_out": [WITHIN], **made}
    yield "learning_log_drafts", {"user_id": me, "fields": {"experience": WITHIN}, "saved_at": at}
    monday = day - timedelta(days=day.weekday())
    log = {"id": NUMBER, "author_id": me, "team": team, "week": monday, "helped": "helped", "will_try": "x"}
    yield "learning_logs", log | made
    told = {"to_id": me, "topic": "gap-status", "kind": "gap", "ref": "GAP-0001", "text": "x", "path": "/gaps/GAP-0001"}
    yield "messages", told | made | {"key": "x"}
    device = {"user_id": me, "token_hash": "x", "session_version": 0, "name": "x", "seen_at": at}
    yield "offline_devices", device | made
    yield "packs", {"id": NUMBER, "owner_id": me, "name": "x", "used_at": at, **made}
    yield "pack_items", {"pack_id": NUMBER, "path": listing, "title": "x", "place": 1, "added_at": at}
    yield "pinned_pages", {"user_id": me, "path": "/toolkit/", "title": "x", "pinned_at": at}
    yield "report_words", {"scope": "", "opening": "x", "recommendations": "x", "by_id": carol, "at": at}
    yield "saved_views", {"owner_id": me, "name": "x", "query": "q=x", "shared": False, **made}
    yield "searches_recent", {"user_id": me, "address": "/directory?q=x", "at": at}
    news = [{"path": "/toolkit/", "title": WITHIN, "what": "new"}]
    search = {"id": NUMBER, "user_id": me, "name": "x", "address": "/directory?q=x", "news": news}
    yield "searches_saved", search | made
    for person in range(6):  # fewer would not be told
        asked = {"at": at, "person": f"{person}", "kind": "asset", "words": "x", "phrase": "x", "filters": {}}
        yield "searches_counted", {**asked, "places": [], "outcomes": [], "activities": [], "found": 0}
    yield "feed_keys", {"user_id": me, "token_handle": "x", "token_secret": "x", **made}
    yield "second_factors", {"user_id": me, "sealed_secret": "x", "confirmed_at": at, **made}
    yield "recovery_codes", {"user_id": me, "code_hash": "x"}
    yield "one_time_links", {"user_id": me, "purpose": "reset", "token_hash": "x", "expires_at": at, **made}
    key = {"key_hash": "x", "window_at": at, "used": 0}
    yield "service_keys", {"made_at": at, "made_by_id": PEOPLE["ada"].id, "ends_at": at, **key}
    yield "data_keys", {"user_id": carol, "role": "commissioner", **key, **made}
    link = {"owner_id": me, "pack_id": NUMBER, "token_seed": "x", "token_hash": "x", "expires_at": at}
    yield "shared_links", link | made
    yield "gap_notes", {"gap_id": 1, "author_id": carol, "at": at, "text": "x"}
    yield "prototype_notes", {"prototype_id": 1, "author_id": carol, "at": at, "text": "x"}
    yield "edits", {"file": "toolkit/x.md", "text": "x", "summary": "x", "author_id": me, "changed_at": at, **made}
    yield "backups", {"name": "x", "at": at, "bytes": 1, "rows": 1}
    yield "worker_jobs", {"name": "content", "ran_at": at, "done_at": at, "fault": "x", "fault_since": at}
    yield "identities", {"issuer": "https://id.example.org", "subject": "x", "user_id": me, **made}
    yield "community_rota", {**soon, "user_id": me, **made}
    yield "community_invitations", {**soon, "user_id": carol, "by_id": me, **made}
    yield "spotlight_feedback", {"session_id": 1, "user_id": me, "team": team, "useful": "yes", "will_try": "x", **made}
    proposed = {"url": f"https://{WITHIN}.example.org/"}
    sent = {"sender_id": me, **made}
    yield "corrections", {"about": "/directory", "topic": "out-of-date", "text": "x", "proposed": proposed, **sent}
    front = {"title": f"A {WITHIN} group", "summary": "x", "organisation": "x", "status": "active", "citywide": True}
    yield "suggested_listings", {"front": front, "body": "x", **sent}
