"""Did it work? One press, never about whom; counted for editors and commissioners."""

from tests.support.client import Client

LARDER = "/directory/bobbin-larder"


def says(person: Client, became: str) -> str:
    return person.post(f"{LARDER}/outcome", {"became": became}, status=303).follow().words


def test_it_is_counted_for_editors_and_commissioners_alone(priya: Client, stranger: Client, carol: Client, ed: Client):
    assert "You said today: they went." in says(priya, "went")
    says(priya, "went")
    says(stranger, "full")
    for reader in (carol, ed):
        assert "In the last 12 months: 1 went, 1 found it full" in reader.get(LARDER).words
    assert "In the last 12 months" not in priya.get(LARDER).words
    table = carol.get("/commissioning/did-it-work").soup.select_one("tbody tr")
    assert [cell.get_text() for cell in table.select(".number")] == ["1", "1", "0", "0"]
    priya.get("/commissioning/did-it-work", status=403)


def test_it_leads_on_and_can_be_taken_back(priya: Client, ed: Client):
    assert "Is there nowhere else? Report a gap" in says(priya, "turned-away")
    back = priya.get(LARDER).send(f"{LARDER}/outcome/undo").follow()
    assert "You said today" not in back.words
    assert "In the last 12 months" not in ed.get(LARDER).words
    priya.post(f"{LARDER}/outcome", {"became": "anything"}, status=400)
