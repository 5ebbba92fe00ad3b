"""A learning log written on a phone between two visits: the connection goes, the phone is put away, nothing is lost."""

import re

from playwright.sync_api import Page, expect

from tests.support.chromium import Visit, Windows, sign_in

FORM = "/learning-logs/new"
NOTICED = "I looked at the stairs before I looked at her"


def field(page: Page, name: str):
    return page.get_by_role("textbox", name=name)


def test_a_log_is_saved_while_it_is_typed_and_outlives_a_lost_connection(windows: Windows):
    with windows.open("practitioner", width=375) as phone:
        page = phone.go(FORM)
        field(page, "What happened?").fill("We looked at her sewing machine")
        expect(page.locator("#draft")).to_contain_text("Saved at")

        phone.context.set_offline(True)
        field(page, "What did you notice?").fill(NOTICED)
        page.get_by_label("It partly helped").check()
        page.get_by_role("button", name="Keep this log").click()
        expect(page.locator(".trouble")).to_contain_text("did not reach us")
        expect(field(page, "What did you notice?")).to_have_value(NOTICED)
        phone.context.set_offline(False)
        expect(page.locator(".trouble")).to_have_count(0)
        phone.wrong = [said for said in phone.wrong if not re.search("INTERNET_DISCONNECTED|htmx:sendError", said)]

    with windows.open(width=1280) as desk:
        finish(desk)


def finish(desk: Visit) -> None:
    """What was typed on the phone is in its place on another device, where its writer signs in."""
    sign_in(desk, "practitioner")
    desk.press("A learning log that you began", "link")
    page = desk.page
    expect(field(page, "What did you notice?")).to_have_value(NOTICED)
    expect(page.get_by_label("It partly helped")).to_be_checked()
    field(page, "What will you try before the next meeting?").fill("Ask what is upstairs")
    page.get_by_role("button", name="Keep this log").click()
    expect(page.locator("h1")).to_contain_text("Log of")
    assert "We looked at her sewing machine" in page.locator("main").inner_text()
    expect(field(desk.go(FORM), "What happened?")).to_have_value("")
