"""The number a reader is offered is one to ring: no fax, with its extension, of whoever answers for the service."""

from typing import Any

import pytest

from tests.library.importing import WORDS, converted, service
from webapp.library.front_matter.fields import dialled
from webapp.library.front_matter.listing import Contact
from webapp.library.front_matter.model import Asset
from webapp.library.importing import phones
from webapp.library.importing.notes import Notes


def kept(*given: Any) -> list[tuple[str, str]]:
    """Each number and its note, as the listing has them."""
    made, _ = converted(service(email=None, phones=list(given)))
    Asset.model_validate(made.front, context=WORDS)
    return [(contact["phone"], contact.get("note", "")) for contact in made.front.get("contacts", [])]


def only(number: Any, **more: Any) -> tuple[str, str]:
    (found,) = kept({"number": number, **more})
    return found


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("111", "111"), ("999", "999"), ("116 123", "116 123"), ("116123", "116123"), ("0800 1111", "0800 1111"),
        ("0845 46 47", "0845 46 47"), ("NHS 111", "111"), ("Call 116 123", "116 123"), ("118 500", "118 500"),
        ("0161 496 0123", "0161 496 0123"), ("(0161) 496-0123", "0161 496 0123"),
        ("+44 (0)161 496 0123", "+44 161 496 0123"), ("0044 161 496 0123", "+44 161 496 0123"),
        ("+44161 4960123", "+44161 4960123"), ("01204 52345", "01204 52345"),
        ("+353 1 234 5678", "+353 1 234 5678"), ("18001 0161 496 0112", "18001 0161 496 0112"),
        ("0161 496 0113 ext 45", "0161 496 0113 ext. 45"), ("0161 496 0113 ext. 204", "0161 496 0113 ext. 204"),
        ("0161 496 0113 x45", "0161 496 0113 ext. 45"), ("0161 496 0113 #3", "0161 496 0113 ext. 3"),
        ("0161 496 0113 (extension no. 12345)", "0161 496 0113 ext. 12345"), (1614960123, "0161 496 0123"),
        ("161 496 0123", "0161 496 0123"), ("650585", "650585"), ("Tel: 0161 496 0123", "0161 496 0123"),
    ],
)  # fmt: skip
def test_numbers_are_read_in_every_shape_people_write(written: Any, phone: str) -> None:
    assert only(written)[0] == phone


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"number": "0161 496 0110", "type": "fax"}, "Fax"),
        ({"number": "0161 496 0110", "type": "Fax Number"}, "Fax"),
        ({"number": "Fax: 0161 496 0110"}, "Fax"),
        ({"number": "0161 496 0110 (fax)"}, "Fax"),
        ({"number": "0161 496 0110", "type": "pager"}, "Pager"),
    ],
)
def test_a_fax_is_no_number_to_ring_but_is_said_and_told(given: dict[str, str], kind: str) -> None:
    made, notes = converted(service(phones=[given]))
    assert "0110" not in str(made.front)
    assert f"- {kind}: 0161 496 0110" in made.text
    assert any("no number to ring" in said for said in notes.inexact)


@pytest.mark.parametrize(
    "given", [{"number": "Tel/Fax: 0161 496 0110"}, {"number": "0161 496 0110", "type": "phone_and_fax"}]
)
def test_a_number_that_is_both_is_one_to_ring(given: dict[str, str]) -> None:
    assert kept(given)[0][0] == "0161 496 0110"


def test_several_numbers_in_one_field_are_several() -> None:
    assert kept({"number": "Tel 0161 496 0120 (mornings only), or 0161 496 0121 ext 3; Fax 0161 496 0122"}) == [
        ("0161 496 0120", "Mornings only"),
        ("0161 496 0121 ext. 3", ""),
    ]


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ({"extension": "204", "type": "voice"}, ""),
        ({"type": "Mobile"}, ""),
        ({"type": "out_of_hours"}, "Out of hours"),
        ({"type": "voice", "description": "After 5pm"}, "After 5pm"),
        ({"type": "whatsapp"}, "WhatsApp"),
        ({"languages": [{"name": "Urdu"}]}, "In Urdu"),
    ],
)
def test_what_to_know_before_ringing_is_said(given: dict[str, Any], note: str) -> None:
    assert only("0161 496 0111", **given)[1] == note


@pytest.mark.parametrize("kind", ["textphone", "text-phone", "minicom", "TTY", "Text Relay", "text", "SMS"])
def test_numbers_for_voices_come_before_those_for_people_who_type(kind: str) -> None:
    found = kept({"number": "0161 496 0112", "type": kind}, {"number": "0161 496 0113", "type": "voice"})
    assert [phone for phone, _ in found] == ["0161 496 0113", "0161 496 0112"]
    assert found[1][1] in {"For people who type: textphone or Relay UK", "Text messages"}


def test_a_choice_of_a_menu_is_a_note() -> None:
    assert only("0161 496 0123 ext. 12 option 2") == ("0161 496 0123 ext. 12", "Option 2")
    assert only("0161 496 0123 press 2") == ("0161 496 0123", "Press 2")


@pytest.mark.parametrize("written", ["see website", "496 0123", "ask at reception"])
def test_what_is_no_number_is_said_in_the_text_and_told(written: str) -> None:
    made, notes = converted(service(phones=[{"number": written}]))
    assert f"- Phone: {written}" in made.text
    assert any("phone number that is none" in said for said in notes.inexact)


def test_no_name_comes_in_beside_a_number() -> None:
    made, notes = converted(service(phones=[{"number": "ring Sandra Example on 0161 496 0124"}]))
    assert "Sandra" not in f"{made.front} {made.text}"
    assert any("a name beside a phone number" in said for said in notes.repaired)


def held(**more: Any) -> dict[str, Any]:
    place = {"name": "Hall", "addresses": [{"address_1": "1 Road", "postal_code": "M22 4AA"}]}
    return service(email=None, service_at_locations=[{"location": place | more.pop("place", {}), **more}])


KEEPER = {"title": "Hall keeper", "phones": [{"number": "0161 496 0121"}]}
ORGANISATION = {"name": "Org", "phones": [{"number": "0161 496 0120"}], "contacts": [{"email": "desk@example.org"}]}


@pytest.mark.parametrize(
    ("given", "phone"),
    [
        (held(contacts=[KEEPER], phones=[{"number": "0161 496 0122"}]), "0161 496 0121"),
        (held(phones=[{"number": "0161 496 0122"}], place={"phones": [{"number": "0161 496 0123"}]}), "0161 496 0122"),
        (held(place={"phones": [{"number": "0161 496 0123"}]}), "0161 496 0123"),
        (held(place={"contacts": [{"title": "Desk", "phones": [{"number": "0161 496 0124"}]}]}), "0161 496 0124"),
        (held(), "0161 496 0120"),
        (held() | {"phones": [{"number": "0161 496 0125"}]}, "0161 496 0125"),
    ],
)  # fmt: skip
def test_whoever_is_nearest_to_the_service_is_rung_first(given: dict[str, Any], phone: str) -> None:
    made, notes = converted(given | {"organization": ORGANISATION})
    assert made.front["contacts"][0]["phone"] == phone
    assert "there is no way to get in touch" not in notes.attention


def test_numbers_belong_to_their_place() -> None:
    def at(name: str, **more: Any) -> dict[str, Any]:
        return {"location": {"name": name, "addresses": [{"address_1": name, "postal_code": "M22 9ZD"}]}, **more}

    desk = {"title": "Front desk", "phones": [{"number": "0161 496 0001", "extension": 12}]}
    halls = [at("Hall A", contacts=[desk]), at("Hall B", phones=[{"number": "0161 496 0002"}])]
    made, _ = converted(service(email=None, service_at_locations=halls))
    assert made.front["contacts"] == [
        {"name": "Front desk", "phone": "0161 496 0001 ext. 12", "at": "Hall A"},
        {"phone": "0161 496 0002", "at": "Hall B"},
    ]


def test_every_address_to_write_to_is_kept() -> None:
    made, _ = converted(service(contacts=[{"title": "Bookings", "email": "book@example.org"}]))
    assert [contact["email"] for contact in made.front["contacts"]] == ["book@example.org", "tea1@example.org"]


@pytest.mark.parametrize("title", ["Mrs", "Dr.", "Jane Example, coordinator"])
def test_a_title_is_no_role_and_a_name_in_one_is_kept_out(title: str) -> None:
    made, _ = converted(service(contacts=[{"title": title, "phones": [{"number": "0161 496 0123"}]}]))
    assert made.front["contacts"][0] == {"phone": "0161 496 0123"} or "name" not in made.front["contacts"][0]


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("Fax: 0161 496 0110, tel 0161 496 0111", ["0161 496 0111"]),
        ("Ring (01652) 650585 9-5", ["01652 650585"]),
        ("Minicom 0161 496 0112. Helpline 0808 808 1677", ["0808 808 1677"]),
        ("Tel/Fax 0161 496 0110", ["0161 496 0110"]),
    ],
)
def test_a_number_in_the_text_is_one_to_ring(prose: str, found: list[str]) -> None:
    assert phones.in_prose(prose, "") == found


def test_the_number_of_somebody_else_is_not_that_of_the_service() -> None:
    said = "If you need support, please call the National Autistic Society’s helpline on 0808 800 4104."
    assert phones.in_prose(said, "Autistica") == []
    assert phones.in_prose(said, "Advice National Autistic Society") == ["0808 800 4104"]
    assert phones.in_prose("Call our team on 01652 650585", "Tea") == ["01652 650585"]
    made, _ = converted(service(email=None, description="Ring 01652 650585 to book."))
    assert made.front["contacts"] == [{"phone": "01652 650585", "note": "From its description"}]


@pytest.mark.parametrize(
    ("phone", "dials"),
    [
        ("0161 496 0123", "01614960123"),
        ("+44 (0)161 496 0123", "+441614960123"),
        ("0161 496 0111 ext. 204", "01614960111,204"),
        ("18001 0161 496 0112", "1800101614960112"),
        ("116 123", "116123"),
    ],
)
def test_a_number_written_by_hand_is_taken_and_dialled_with_its_extension(phone: str, dials: str) -> None:
    assert Contact.model_validate({"phone": phone}).phone == phone
    assert dialled(phone) == dials


@pytest.mark.parametrize("phone", ["12", "0161 496", "0161 496 0114 / 0161 496 0115", "1234567", "ring us"])
def test_what_is_no_number_is_refused_where_it_is_written_by_hand(phone: str) -> None:
    with pytest.raises(ValueError, match=r"phone number|two numbers"):
        Contact.model_validate({"phone": phone})


def test_numbers_of_the_wrong_kind_stop_nothing() -> None:
    for odd in (True, [], {}, [[1]], {"number": ["x"]}, "", "-", "n/a"):
        assert phones.of({"phones": odd}, Notes()) == []
