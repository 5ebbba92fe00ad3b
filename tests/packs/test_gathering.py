"""A pack is gathered with one tap from anywhere, put in order, and says why each thing fits."""

from datetime import timedelta

import pytest

from tests.packs.conftest import add
from tests.support.client import Answer, Client
from webapp.db.engine import db, now
from webapp.library.generation.reader import Generation
from webapp.packs import keeping
from webapp.packs.models import Pack, PackItem


def count(page: Answer) -> str:
    """What the header says is in the pack."""
    return page.soup.select_one("#packed").get_text(" ", strip=True)


def titles(pack: Answer) -> list[str]:
    return [tag.get_text(strip=True) for tag in pack.soup.select(".pack__entry h2")]


def test_the_first_press_begins_a_pack_and_leads_back(priya: Client, listings: list[str]):
    assert "No packs yet" in priya.get("/pack").words
    pressed = add(priya, listings[0])
    assert pressed.location == listings[0]
    after = pressed.follow()
    assert "is in “My pack” now" in after.words
    assert count(after) == "1 in it"
    assert "My pack" in priya.get("/pack").words


def test_a_press_too_many_adds_nothing_and_one_press_undoes(priya: Client, listings: list[str]):
    add(priya, listings[0]).follow()
    again = add(priya, listings[0]).follow()
    assert "already" in again.words
    assert count(again) == "1 in it"
    after = add(priya, listings[1]).follow()
    undone = after.send("Undo").follow()
    assert "out of “My pack” again" in undone.words
    assert count(undone) == "1 in it"


def test_any_row_of_a_list_and_any_page_of_guidance_can_be_added(priya: Client, content: Generation):
    rows = priya.get("/directory?q=walking")
    first = rows.soup.select_one(".result .to-pack input[name=path]")["value"]
    assert priya.post("/pack/items", {"path": first}).status == 303
    found = priya.get("/search?q=walking").soup.select(".result .to-pack input[name=path]")
    assert {str(tag["value"]).split("/")[1] for tag in found} >= {"directory"}
    for kind in ("toolkit", "tec"):
        path = content.section(kind)[0]["path"]
        assert count(add(priya, path).follow()) in {"2 in it", "3 in it"}


def test_as_a_part_the_button_changes_and_the_header_counts(priya: Client, listings: list[str]):
    part = priya.get(listings[0]).send("/pack/items", part=True)
    assert not part.is_whole
    assert count(part) == "1 in it"
    undone = part.send("/pack/items/1/undo", part=True)
    assert "Add to pack" in undone.soup.select_one("[data-focus]").get_text()
    assert count(undone) == ""


def test_what_can_be_in_no_pack_is_not_found(priya: Client):
    for path in ("", "/account", "/directory/there-is-none", "//evil.example", "/updates/"):
        assert priya.post("/pack/items", {"path": path}).status == 404


def test_put_in_order_without_a_script(packed: Answer):
    one, two, three = titles(packed)
    moved = packed.send(f"Down {one}", part=False).follow()
    assert titles(moved) == [two, one, three]
    moved = moved.send(f"Up {three}").follow()
    assert titles(moved) == [two, three, one]


def test_an_order_that_another_window_changed_is_shown_and_nothing_is_moved(packed: Answer):
    one, two, three = titles(packed)
    packed.send(f"Down {one}")
    late = packed.send(f"Up {three}").follow()
    assert "Nothing was moved: the order has changed" in late.words
    assert titles(late) == [two, one, three]
    assert titles(late.send(f"Up {three}").follow()) == [two, three, one]


def two_windows(pack: Answer, path: str) -> tuple[Answer, Answer]:
    """The same form of `pack`, open twice."""
    return pack.client.get(path), pack.client.get(path)


@pytest.mark.parametrize(
    ("press", "kept"),
    [
        ("Keep what I typed", "You love hymns"),
        ("Keep both", "You miss singing\nYou love hymns"),
        ("", "You miss singing"),
    ],
)
def test_a_note_that_another_window_changed_is_shown_beside_what_was_typed(packed: Answer, press: str, kept: str):
    first, second = two_windows(packed, packed.links(".pack__entry a[href$='/note']")[0])
    first.send("Keep this note", note="You miss singing")
    late = second.send("Keep this note", note="You love hymns")
    assert late.status == 409
    assert late.soup.select_one("blockquote").get_text() == "You miss singing"
    assert late.soup.select_one("textarea").get_text(strip=True) == "You love hymns"
    after = late.send(press).follow() if press else packed.client.get(late.links(".actions a")[0])
    assert after.soup.select_one(".pack__note").get_text(strip=True).partition(":")[2].strip() == kept


def test_both_notes_together_must_fit_and_the_same_note_twice_is_no_quarrel(packed: Answer):
    path = packed.links(".pack__entry a[href$='/note']")[0]
    first, second = two_windows(packed, path)
    first.send("Keep this note", note="a choir " * 40)
    assert second.send("Keep this note", note="a choir " * 40).status == 303
    late = first.send("Keep this note", note="a walk " * 40)
    assert late.status == 409
    long = late.send("Keep both")
    assert long.status == 422
    assert "use 500 characters or fewer" in long.words
    assert "a choir" in long.soup.select_one("textarea").get_text()
    assert "a walk" in long.soup.select_one("textarea").get_text()


def test_both_notes_sent_twice_are_kept_once(packed: Answer):
    first, second = two_windows(packed, packed.links(".pack__entry a[href$='/note']")[0])
    first.send("Keep this note", note="You miss singing")
    late = second.send("Keep this note", note="You love hymns\nand tea")
    for _ in range(2):  # the button pressed twice, or after the browser's way back
        after = late.send("Keep both").follow()
        (noted,) = [note.get_text() for note in after.soup.select(".pack__note")]
        assert (noted.count("You miss singing"), noted.count("You love hymns")) == (1, 1)


@pytest.mark.parametrize(("field", "press"), [("note", "Keep this note"), ("name", "Rename it")])
def test_the_other_words_stay_in_sight_where_what_was_typed_names_somebody(packed: Answer, field: str, press: str):
    path = packed.links(".pack__entry a[href$='/note']")[0] if field == "note" else f"{packed.path}/name"
    first, second = two_windows(packed, path)
    first.send(press, **{field: "Walks by the river"})
    late = second.send(press, **{field: "Hymns"})
    wrong = late.send("Keep what I typed" if field == "note" else press, **{field: "Mrs Edna Ogden sings"})
    assert wrong.status == 422
    assert wrong.soup.select_one("blockquote").get_text() == "Walks by the river"


def test_a_name_that_another_window_changed_is_shown_beside_the_new_one(packed: Answer):
    first, second = two_windows(packed, f"{packed.path}/name")
    first.send("Rename it", name="Tuesday visits")
    late = second.send("Rename it", name="Walks")
    assert late.status == 409
    assert "Tuesday visits" in late.soup.select_one("blockquote").get_text()
    assert late.soup.select_one("input#name")["value"] == "Walks"
    assert late.send("Rename it").follow().h1 == "Walks"


def test_a_note_says_why_it_fits_and_names_nobody(packed: Answer, priya: Client):
    noting = packed.links(".pack__entry a[href$='/note']")[0]
    wrong = priya.get(noting).send("Keep this note", note="Mrs Edna Ogden of 14 Mill Lane would like it")
    assert wrong.status == 422
    assert "Edna Ogden" in wrong.soup.select_one("textarea").get_text()
    assert "Ogden" not in priya.get(packed.path).text
    kept = wrong.send("Keep this note", note="You said you miss singing").follow()
    assert "You said you miss singing" in kept.words
    assert "Why it fits: You said you miss singing" in kept.soup.select_one("#case-record").get_text()


def test_taken_out_and_put_back_where_it_was(packed: Answer):
    before = titles(packed)
    out = packed.send(f"Take out {before[1]}").follow()
    assert titles(out) == [before[0], before[2]]
    assert titles(out.send("Undo").follow()) == before


def test_several_packs_the_last_used_first(packed: Answer, priya: Client, listings: list[str]):
    second = priya.get("/pack").send("Begin this pack", name="Tuesday visits").follow()
    assert count(second) == ""
    add(priya, listings[2])
    shown = priya.get("/pack")
    assert shown.links(".packs__one h2 a") == [second.path, packed.path]
    first = priya.get(packed.path).send("Add to this pack from now on").follow()
    assert count(first) == "3 in it"
    assert priya.get("/pack").links(".packs__one h2 a") == [packed.path, second.path]


def test_the_name_of_a_pack_names_nobody_and_can_change(packed: Answer, priya: Client):
    assert priya.get("/pack").send("Begin this pack", name="For Mrs Edna Ogden").status == 422
    assert priya.get("/pack").send("Begin this pack", name="").errors == ["Say what to call it"]
    renamed = priya.get(f"{packed.path}/name").send("Rename it", name="Walks in Northenden").follow()
    assert renamed.h1 == "Walks in Northenden"


def test_removed_and_brought_back(packed: Answer, priya: Client):
    gone = packed.send("Remove it").follow()
    assert "“My pack” is removed" in gone.words
    priya.get(packed.path, status=303)
    assert titles(gone.send("Bring it back").follow()) == titles(packed)


def test_the_same_form_twice_begins_one_pack(priya: Client):
    page = priya.get("/pack")
    assert (
        page.send("Begin this pack", name="Tuesday visits").location
        == page.send("Begin this pack", name="Tuesday visits").location
    )
    assert len(priya.get("/pack").links(".packs__one h2 a")) == 1


def test_nobody_reaches_anothers(packed: Answer, priya: Client, stranger: Client):
    path = packed.path
    for act in ("", "/name"):
        stranger.get(f"{path}{act}", status=404)
    for act in ("/use", "/name", "/remove", "/restore", "/items/1/move", "/items/1/remove", "/items/1/restore"):
        assert stranger.post(f"{path}{act}", {"to": "down", "name": "Mine"}).status == 404
    assert stranger.post("/pack/items/1/undo").status == 404
    assert "No packs yet" in stranger.get(f"/pack?removed={path.rsplit('/', 1)[1]}").words
    assert count(stranger.get("/pack")) == ""
    assert titles(priya.get(path)) == titles(packed)


def test_too_many_are_refused_in_words(packed: Answer, priya: Client, content: Generation, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_ITEMS", 3)
    monkeypatch.setattr(keeping, "MOST_PACKS", 1)
    page = content.section("toolkit")[0]["path"]
    assert "has 3 things in it already" in add(priya, page).follow().words
    assert "You have 1 packs already" in " ".join(priya.get("/pack").send("Begin this pack", name="More").errors)


def test_what_closed_or_went_since_is_said(packed: Answer, priya: Client, ed: Client, listings: list[str]):
    ed.get(listings[0]).send("Mark as closed for good")
    with priya.app.app_context():
        gone = db.session.query(PackItem).filter_by(path=listings[1]).one()
        gone.path, gone.title = "/directory/long-gone", "A group that went"
        db.session.commit()
    shown = priya.get(packed.path)
    assert "Closed: reported on" in shown.words
    assert "A group that went" in shown.words
    assert "no longer listed" in shown.words
    assert "no longer listed" in shown.soup.select_one("#case-record").get_text()


def test_the_case_record_says_when_whom_to_ring_and_when_it_was_checked(
    priya: Client, content: Generation, packed: Answer
):
    lines = packed.soup.select_one("#case-record").get_text().splitlines()
    page = content.page(priya.get(packed.path).links(".pack__entry h2 a")[0], now().date())
    assert page.title in lines
    assert any(line.startswith("When: ") for line in lines)
    assert any(line.startswith(("Verified ", "Published ", "Checked ", "Not checked")) for line in lines)
    if phone := next((contact.phone for contact in page.front.contacts if contact.phone), ""):
        assert f"Phone: {phone}" in lines


@pytest.mark.parametrize(("ago", "stays"), [(keeping.KEPT - timedelta(hours=1), True), (keeping.KEPT, False)])
def test_a_pack_goes_when_it_was_not_used_for_half_a_year(packed: Answer, priya: Client, ago: timedelta, stays: bool):
    with priya.app.app_context():
        pack = db.session.query(Pack).one()
        pack.used_at = now() - ago - timedelta(minutes=1)
        db.session.commit()
        keeping.forget(db.session, now())
        db.session.commit()
        assert bool(db.session.query(PackItem).count()) is stays
    priya.get(packed.path, status=200 if stays else 404)
