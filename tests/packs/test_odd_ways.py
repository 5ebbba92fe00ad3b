"""Packs and links as a clumsy reader and an attacker use them: odd letters, links half copied, things done twice."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from tests.packs.conftest import add, address
from tests.packs.test_sending import KEY, set_up
from tests.packs.test_sharing import every_listing
from tests.support.client import Answer, Client
from tests.support.people import PEOPLE
from webapp.config.settings import Notify
from webapp.db.engine import db, now
from webapp.directory.summary import summary
from webapp.library.front_matter.model import Asset
from webapp.library.generation.reader import Generation
from webapp.packs import contents, forms, keeping, links, pdf, sheet
from webapp.packs.calendar import bank_holidays, times
from webapp.packs.models import Pack, PackItem, SharedLink
from webapp.people import audit
from webapp.people.models import User
from webapp.web import handover


def noted(packed: Answer, words: str) -> None:
    page = packed.client.get(packed.links(".pack__entry a[href$='/note']")[0])
    assert page.send("Keep this note", note=words).status == 303


@pytest.mark.parametrize("words", ["你好，唱歌", "You like singing 😀"])
def test_paper_has_the_letters_of_a_note_or_says_where_to_print_it(packed: Answer, words: str):
    """Left out in silence they would be missed by nobody but the reader."""
    noted(packed, words)
    answer = packed.client.get(f"{packed.path}.pdf?layout=large", status=(200, 422))
    if answer.status == 200:
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
        assert words[-1] in text
    else:
        assert "The PDF has no letters for" in answer.words
        printed = packed.client.get(answer.links("main a.govuk-button")[0])
        assert "paper--large" in printed.soup.body["class"]
        assert words in printed.words


@pytest.mark.parametrize("behind", ["/", ".", ",", ").", "”"])
def test_a_link_works_with_what_stood_behind_it_and_in_capitals(link: Answer, client: Client, behind: str):
    path = address(link)
    assert client.get(path + behind).h1 == "My pack"
    assert client.get("/s/" + path.removeprefix("/s/").upper()).h1 == "My pack"


def test_a_link_ends_in_no_sign_that_programs_leave_out(link: Answer):
    assert address(link).removeprefix("/s/").isalnum()


@pytest.mark.parametrize("cut", ["/s/abc/", "/s/abc.", "/s/abc/1.ics"])
def test_a_link_that_was_cut_says_the_same_as_a_wrong_one(client: Client, cut: str):
    wrong, half = client.get("/s/nothing-of-ours", status=404), client.get(cut, status=404)
    assert half.text == wrong.text
    each = {"Date": "", "X-Request-ID": ""}  # tells one request from another, whatever was asked
    assert {**half.headers, **each} == {**wrong.headers, **each}


def test_times_of_something_taken_out_lead_back_to_the_page(link: Answer, client: Client, packed: Answer):
    href = next(href for href in client.get(address(link)).links() if href.endswith(".ics"))
    number = href.rsplit("/", 1)[1].removesuffix(".ics")
    assert packed.client.post(f"{packed.path}/items/{number}/remove").status == 303
    assert client.get(href, status=303).location == address(link)


def test_the_browser_keeps_no_address_and_offers_none_of_its_own(link: Answer, app: Flask):
    set_up(app, Notify(KEY, "template", text_template_id="text"))
    page = link.client.get(link.path).soup
    for name in ("to_email", "to_phone"):
        assert page.select_one(f"input[name={name}]")["autocomplete"] == "off"


@pytest.mark.parametrize(
    ("typed", "is_taken"),
    [
        ("+44 (0)7700 900123", True),
        ("0044 7700 900123", True),
        ("07700-900.123", True),
        ("07700 900123, 07700 900124", False),
        ("07700 90012", False),
        ("0٧700 900123", False),
    ],
)
def test_mobile_numbers_as_people_write_them_and_one_at_a_time(app: Flask, typed: str, is_taken: bool):
    with app.test_request_context(method="POST", data={"to_phone": typed}):
        form = forms.TextForm(meta={"csrf": False})
        form.validate()
        assert bool(form.to_phone.errors) is not is_taken


@pytest.mark.parametrize(
    "typed", ["a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "a b@example.org"]
)
def test_one_email_address_on_one_line(app: Flask, typed: str):
    with app.test_request_context(method="POST", data={"to_email": typed}):
        form = forms.EmailForm(meta={"csrf": False})
        form.validate()
        assert form.to_email.errors


def test_a_pack_outlives_its_links(packed: Answer, app: Flask):
    with app.app_context():
        db.session.query(Pack).one().used_at = now() - keeping.KEPT + timedelta(days=2)
        db.session.commit()
    packed.send("Make a link", days="90")
    with app.app_context():
        keeping.forget(db.session, now() + timedelta(days=max(links.LIVES)))
        assert db.session.query(SharedLink).count() == 1
        db.session.rollback()


def test_what_is_brought_back_fits_too(packed: Answer, priya: Client, content: Generation, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_ITEMS", 3)
    monkeypatch.setattr(keeping, "MOST_PACKS", 1)
    out = packed.send(f"{packed.path}/items/1/remove").follow()
    add(priya, content.section("toolkit")[0]["path"])
    full = out.send("Undo").follow()
    assert "has 3 things in it already" in full.words
    assert len(full.soup.select(".pack__entry")) == 3
    gone = full.send("Remove it").follow()
    priya.get("/pack").send("Begin this pack", name="Tuesday visits")
    refused = gone.send("Bring it back").follow()
    assert "You have 1 packs already" in refused.words
    assert "Bring it back" in refused.text


def test_a_listing_that_moved_is_in_a_pack_once(packed: Answer, priya: Client, listings: list[str], monkeypatch):
    with priya.app.app_context():
        db.session.query(PackItem).filter_by(path=listings[0]).one().path = "/directory/an-old-name"
        db.session.commit()
    find = contents.page_at
    monkeypatch.setattr(
        contents, "page_at", lambda path, *rest: find(path.replace("/directory/an-old-name", listings[0]), *rest)
    )
    assert "already" in add(priya, listings[0]).follow().words


def dressed(content: Generation, path: str, **changes: object) -> Asset:
    """The listing at `path` with some facts changed, checked as a file is."""
    page = content.page(path, now().date())
    return Asset.model_validate({**page.front.model_dump(mode="json", exclude_defaults=True), **changes})


def said_of(content: Generation, asset: Asset, label: str, at: datetime | None = None) -> list[str]:
    """What the sheet says in the row `label`; nothing where it has none."""
    at = at or now()
    page = content.page("/toolkit/", at.date())
    item = PackItem(id=1, path="/directory/some", title="", note="", place=1)
    entry = contents.PackEntry(item, asset.title, page, asset, summary(asset, content.vocabulary, at, None), "")
    [part] = sheet.sheet("A pack", [entry], content, at).parts
    return [line.words for row in part.rows if row.label == label for line in row.lines]


WEEKLY = {"days": ["friday"], "starts": "10:00", "ends": "12:00", "frequency": "weekly"}


def test_a_next_time_on_a_bank_holiday_says_so(content: Generation, listings: list[str]):
    asset = dressed(content, listings[0], sessions=[WEEKLY])
    christmas = datetime(2026, 12, 24, 9, tzinfo=UTC)
    assert said_of(content, asset, "Next time", christmas) == [
        "Friday 25 December 2026, 10:00am",
        "That day is a bank holiday. Ring before you go.",
    ]
    assert said_of(content, asset, "Next time", christmas - timedelta(days=7)) == ["Friday 18 December 2026, 10:00am"]


def test_the_calendar_keeps_the_hour_when_the_clocks_change_and_leaves_easter_out(
    content: Generation, listings: list[str]
):
    sessions = [WEEKLY, {**WEEKLY, "days": ["sunday"]}, {**WEEKLY, "days": ["monday"], "frequency": "fortnightly"}]
    held = [
        begins
        for begins, _ in times(dressed(content, listings[0], sessions=sessions), datetime(2027, 3, 18, tzinfo=UTC))
    ]
    assert {begins.hour for begins in held} == {10}
    assert {begins.astimezone(UTC).hour for begins in held if begins.date() < date(2027, 3, 28)} == {10}
    assert {begins.astimezone(UTC).hour for begins in held if begins.date() >= date(2027, 3, 28)} == {9}
    assert {date(2027, 3, 26), date(2027, 3, 29)} <= bank_holidays(2027)
    assert date(2027, 3, 26) not in {begins.date() for begins in held}
    assert not [begins for begins in held if begins.weekday() == 0]  # every other week: nobody knows which


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"referral": {"routes": ["professional", "gp"]}}, "You cannot join by yourself."),
        ({"capacity": {"status": "full"}}, "This is full now."),
        ({"capacity": {"status": "waiting-list", "waiting_weeks": 6}}, "There is a waiting list."),
        ({"referral": {"routes": ["self", "professional"]}, "capacity": {"status": "taking"}}, ""),
    ],
)
def test_who_cannot_just_go_is_told(content: Generation, listings: list[str], changes: dict, said: str):
    lines = " ".join(
        said_of(content, dressed(content, listings[0], **{"referral": None, "capacity": None} | changes), "How to join")
    )
    assert lines.startswith(said)
    assert bool(lines) is bool(said)


def test_the_way_to_the_door_is_told_in_the_words_of_the_listing_but_never_to_a_private_one(
    content: Generation, listings: list[str]
):
    hall = {"name": "The hall", "postcode": "M4 9ZT", "transport": "Two minutes from the tram.", "access_note": "Ring."}
    other = {"name": "The church", "transport": "Opposite the park."}
    one, two = dressed(content, listings[0], locations=[hall]), dressed(content, listings[0], locations=[hall, other])
    assert said_of(content, one, "How to get there")[:2] == ["Two minutes from the tram.", "Ring."]
    assert "The church: Opposite the park." in said_of(content, two, "How to get there")
    private = dressed(content, listings[0], locations=[{**hall, "confidential": True}])
    assert said_of(content, private, "How to get there") == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Bring a coat. It can rain! Can you walk a mile?", 3),
        ("St. Mary’s hall, from 10 a.m. on Mondays.", 1),
        ("Ask Dr. Khan. No. 41 bus.", 2),
        ("去之前请打电话。请打电话询问。", 2),
        ("یہ فی الحال بند ہے۔ جانے سے پہلے فون کریں۔", 2),
    ],
)
def test_easy_read_breaks_at_the_end_of_a_sentence_alone(text: str, lines: int):
    assert len(sheet.sentences(text)) == lines


def test_the_code_on_paper_is_that_of_the_link_which_works_longest(packed: Answer):
    longest = address(packed.send("Make a link", days="90").follow())
    packed.client.get(packed.path).send("Make another link", days="7")
    file = PdfReader(io.BytesIO(packed.client.get(f"{packed.path}.pdf").data))
    leads = {link["/A"]["/URI"] for page in file.pages for link in page["/Annots"] if "/URI" in link["/A"]}
    shared = {str(uri).partition("#")[0] for uri in leads if "/s/" in uri}
    assert shared == {f"http://localhost{longest}"}


def test_what_a_colleague_left_is_listed_however_much_one_has(packed: Answer, priya: Client, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_PACKS", 1)
    with priya.app.app_context():
        stamps = {"created_at": now(), "used_at": now()}
        db.session.add(Pack(owner_id=priya.id, name="From a colleague", **stamps))
        db.session.commit()
    shown = priya.get("/pack")
    assert len(shown.links(".packs__one h2 a")) == 2
    assert "3 in it" in shown.words


def test_links_to_single_listings_go_with_the_packs_of_who_leaves(
    packed: Answer, priya: Client, client: Client, listings: list[str]
):
    made = address(priya.get(listings[0]).send("/pack/links").follow())
    with priya.app.app_context():
        people = PEOPLE["priya"].id, PEOPLE["stranger"].id, PEOPLE["ada"].id
        handover.WORK["packs"].give(db.session, *people, now())
        db.session.get_one(User, priya.id).disabled = True
        db.session.commit()
    assert client.get(made).status == 200


def test_the_trail_says_that_a_link_stopped_with_its_pack(link: Answer, packed: Answer, app: Flask):
    packed.send("Remove it")
    with app.app_context():
        said = db.session.scalars(select(audit.AuditEntry.action).order_by(audit.AuditEntry.id)).all()
    assert [action for action in said if action.startswith(links.KIND)] == [
        f"{links.KIND}.made",
        f"{links.KIND}.stopped",
    ]


def test_what_hides_its_address_is_not_given_away_without_a_thought(packed: Answer, priya: Client, content: Generation):
    """Paper lies about at home, where somebody may be whom the address is kept from."""
    warning = "the address is private. Ask first whether somebody at home could see this"
    assert warning not in packed.words
    secret = next(page for page in every_listing(content) if any(place.confidential for place in page.front.locations))
    add(priya, secret.path)
    shown = priya.get(packed.path)
    assert f"{secret.title}: {warning}" in shown.words
    assert warning in shown.send("Make a link").follow().words
    assert warning in priya.get(secret.path).send("/pack/links").follow().words


@pytest.mark.both_databases
def test_first_presses_from_several_tabs_at_once_fill_one_pack(
    browser_of: Callable[[str], Client], priya: Client, listings: list[str]
):
    tabs = [browser_of("priya") for _ in range(6)]
    with ThreadPoolExecutor(len(tabs)) as pool:
        done = pool.map(lambda tab, path: tab.post("/pack/items", {"path": path}).status, tabs, [*listings, *listings])
        assert set(done) == {303}
    shown = priya.get("/pack")
    assert len(shown.links(".packs__one h2 a")) == 1
    assert "3 in it" in shown.words


def test_what_is_added_anew_has_no_note_that_was_meant_for_another(packed: Answer, priya: Client, listings: list[str]):
    noted(packed, "You said you miss singing")
    out = packed.send(f"{packed.path}/items/1/remove").follow()
    assert "You said you miss singing" in out.send("Undo").follow().words
    packed.send(f"{packed.path}/items/1/remove")
    add(priya, listings[0])
    assert "You said you miss singing" not in priya.get(packed.path).words


@pytest.mark.parametrize("layout", pdf.LAYOUTS)
def test_a_long_address_goes_on_in_the_next_line_of_the_paper(layout: str):
    mail = "good-neighbours.befriendingservice@northendencommunitycentre.example.org"
    row = sheet.SheetRow("phone", "Who to ring", [sheet.SheetLine(mail, f"mailto:{mail}")])
    part = sheet.SheetPart(1, "/directory/some", "G" * 70, "", "", [row], "")
    made = pdf.pdf(sheet.Sheet("A pack", "The council", "today", [part]), layout, lambda _: "", "")
    text = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    whole = text.replace("\u200b", "").replace("\n", "")
    assert mail in whole
    assert "G" * 70 in whole
    assert max(map(len, text.splitlines())) < len(mail)


def test_what_is_typed_for_a_pack_that_another_window_removed_is_kept(packed: Answer):
    mine = packed.client
    writing = mine.get(packed.links(".pack__entry a[href$='/note']")[0])
    naming = mine.get(f"{packed.path}/name")
    mine.post(f"{packed.path}/remove")
    assert writing.send("Keep this note", note="Near the bus").status == 303
    assert naming.send(f"{packed.path}/name", name="Wednesday visits").status == 303
    gone = mine.get(packed.path, status=303).follow()
    assert "Wednesday visits" in gone.words
    assert "Near the bus" in gone.send(f"{packed.path}/restore").follow().words
