"""Filling in an eco-map in the browser."""

from playwright.sync_api import expect

from tests.support.chromium import Windows


def test_what_is_typed_is_drawn_at_once_and_goes_nowhere(windows: Windows):
    with windows.open("practitioner") as visit:
        visit.go("/eco-map")
        page = visit.page
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url))
        page.get_by_role("textbox", name="In the middle").fill("Me")
        first = page.get_by_role("group", name="Circle 1")
        first.get_by_label("Who or what").fill("Sister in Leeds")
        first.get_by_label("The tie").select_option("Strained")
        first.get_by_label("Energy goes").select_option("Both ways")
        first.get_by_label("They would like more of this").check()
        expect(page.locator("[data-eco-words='1']")).to_have_text("★ Sister inLeeds")
        tie = page.locator("[data-eco-tie='1']")
        expect(tie).to_have_class("eco__tie eco__tie--strained")
        expect(tie).to_have_attribute("marker-start", "url(#eco-tip)")
        page.get_by_role("button", name="Empty the map").click()
        expect(page.locator("[data-eco-words='1']")).to_have_text("")
        expect(tie).to_have_attribute("d", "")
        assert not [url for url in sent if "/static/" not in url], "what is written must go nowhere"
