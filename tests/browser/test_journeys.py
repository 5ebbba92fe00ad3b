"""The main jobs from end to end, as people do them: with scripts, and without any."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import EMAILS, Visit, Windows, sign_in
from tests.support.live import Site
from tests.support.pace import eventually

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
ECO_MAPS = "/toolkit/asset-and-eco-mapping"


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


@SCRIPT
@pytest.mark.parametrize("width", [1280, 375])
def test_find_report_and_be_answered(windows: Windows, script: bool, width: int):
    """A practitioner finds nothing that fits and says so; a colleague joins; a commissioner answers; both hear."""
    needed = f"A brass band that lends instruments, try {width}{'a' if script else 'b'}"
    with windows.open(script=script, width=width) as visit:
        sign_in(visit, "practitioner")
        find_a_listing(visit)
        ref = report(visit, needed)

    with windows.open("facilitator", script=script, width=width) as visit:
        join(visit, ref)

    answer = f"A lending library of instruments opens in spring, told to {width}"
    with windows.open("commissioner", script=script, width=width) as visit:
        find_in_triage(visit, ref, needed)
        publish(visit, answer)

    for role in ("practitioner", "facilitator"):
        with windows.open(role, script=script, width=width) as visit:
            visit.go("/")
            assert ref in visit.go("/gaps/answers").locator("main").inner_text()
            visit.press(ref, "link") if visit.page.get_by_role("link", name=ref).count() else visit.go(f"/gaps/{ref}")
            assert answer in visit.page.locator("main").inner_text()


def find_a_listing(visit: Visit) -> None:
    page = visit.page
    page.get_by_label("What they love, need or want to try").fill("singing")
    page.get_by_label("Near", exact=True).fill("M22")
    visit.press("Search")
    expect(page.locator(".results .result").first).to_be_visible()
    assert "q=singing" in page.url
    first = page.locator(".results .result a").first
    name = first.inner_text()
    first.click()
    page.wait_for_load_state("load")
    assert heading(page) == name
    for said in ("Who for", "When", "Where", "Cost", "How to refer", "Run by"):
        assert said in page.locator("article").inner_text()


def report(visit: Visit, needed: str) -> str:
    """Search for what is not there, and report it. Its number."""
    page = visit.go("/directory?q=zither+orchestra+xyzzyplugh")
    visit.press("Report a gap", "link")
    field = page.get_by_label("What was needed?")
    assert "zither orchestra" in field.input_value(), "what was searched for is filled in already"
    field.fill(needed)
    page.get_by_label("Where?").select_option(label="Anywhere in the city")
    visit.press("Report this gap")
    if heading(page) == "Is it one of these?":  # nothing is shown while somebody types without a script
        visit.press("None of these: report this gap")
    page.wait_for_url(re.compile(r"/gaps/GAP-\d+$"))
    assert heading(page).startswith("A brass band")
    return visit.path.rsplit("/", 1)[1]


def join(visit: Visit, ref: str) -> None:
    page = visit.go(f"/gaps/{ref}")
    assert "1 member of staff asked" in page.locator("main").inner_text()
    visit.press("Me too")
    expect(page.locator("main")).to_contain_text("2 staff asked")
    visit.go(f"/gaps/{ref}")
    expect(page.locator("main")).to_contain_text("2 staff asked")


def find_in_triage(visit: Visit, ref: str, needed: str) -> None:
    page = visit.go("/commissioning/gaps?status=new")
    expect(page.locator("main")).to_contain_text(needed)
    visit.go(f"/commissioning/gaps/{ref}")
    assert needed in page.locator("main").inner_text()


def publish(visit: Visit, answer: str) -> None:
    page = visit.page
    page.get_by_label("Answer").fill(answer)
    visit.press("Save this gap")
    page.wait_for_load_state("load")
    expect(page.locator("main")).to_contain_text(answer)


@SCRIPT
def test_what_names_somebody_is_explained_and_kept_in_the_form(windows: Windows, script: bool):
    typed = "Help for a man whose NHS number is 943 476 5919"
    with windows.open("practitioner", script=script) as visit:
        page = visit.go("/gaps/new")
        page.get_by_label("What was needed?").fill(typed)
        page.get_by_label("Where?").select_option(label="Anywhere in the city")
        visit.press("Report this gap")
        expect(page.locator("main")).to_contain_text("NHS number")
        assert page.title().startswith("Error: ")
        assert page.get_by_label("What was needed?").input_value() == typed


def test_results_come_as_you_type_and_the_address_says_what_is_shown(windows: Windows):
    with windows.open("practitioner") as visit:
        page = visit.go("/directory")
        everything = page.locator(".results__found").inner_text()
        page.get_by_label("What they love, need or want to try").press_sequentially("gardening", delay=20)
        expect(page.locator(".results__found")).not_to_have_text(everything)
        expect(page).to_have_url(re.compile(r"[?&]q=gardening"))
        shown = page.locator(".result h3").all_inner_texts()
        assert shown
        page.reload()
        assert page.locator(".result h3").all_inner_texts() == shown, "the same address shows the same list"
        page.locator(".result h3 a").first.click()
        page.wait_for_load_state("load")
        page.go_back()
        expect(page.locator(".result h3").first).to_have_text(shown[0])


@SCRIPT
def test_filters_narrow_the_list_and_can_be_taken_away(windows: Windows, script: bool):
    with windows.open("practitioner", script=script) as visit:
        page = visit.go("/directory?q=group")
        before = int(re.findall(r"\d+", page.locator(".results__found").inner_text())[0])
        box = page.locator("input[type=checkbox][name=cost][value=free]")
        box.evaluate("(box) => { box.closest('details') && (box.closest('details').open = true) }")
        box.check()
        if not script:
            visit.press("Show these")
        expect(page).to_have_url(re.compile("cost=free"))
        expect(page.locator(".chips").first).to_contain_text("Free")
        after = int(re.findall(r"\d+", page.locator(".results__found").inner_text())[0])
        assert 0 < after < before
        page.locator(".chips a").first.click()
        expect(page).not_to_have_url(re.compile("cost=free"))


def test_an_editor_changes_a_file_and_sees_it_live(windows: Windows, site: Site):
    file = site.content / "toolkit" / "asset-and-eco-mapping.md"
    with windows.open("editor") as visit:
        for turn in range(3):
            file.write_text(file.read_text() + f"\nTurn {turn} of an editor.\n")
            said = f"Turn {turn} of an editor."
            eventually(lambda said=said: said in visit.go(ECO_MAPS).content(), "the change is not live")


def test_a_file_with_a_fault_keeps_its_last_good_version_and_editors_hear(windows: Windows, site: Site):
    file = site.content / "toolkit" / "asset-based-community-development.md"
    good = file.read_text()
    try:
        file.write_text(good.replace("---\n", "---\nadress: here\n", 1) + "\nNot to be seen yet.\n")
        with windows.open("editor") as visit:
            page = "/toolkit/asset-based-community-development"
            told = lambda: "last good" in visit.go(page).locator("main").inner_text()  # noqa: E731
            eventually(told, "the editor does not hear of the fault")
            assert "Not to be seen yet" not in visit.page.locator("main").inner_text()
            assert "adress" in visit.go("/editor").locator("main").inner_text()
        with windows.open("practitioner") as visit:
            assert "adress" not in visit.go("/toolkit/asset-based-community-development").locator("main").inner_text()
    finally:
        file.write_text(good)


@SCRIPT
def test_something_wrong_with_a_page_reaches_an_editor(windows: Windows, script: bool):
    said = f"The second step is out of date, {'with' if script else 'without'} scripts"
    with windows.open("practitioner", script=script) as visit:
        page = visit.go("/feedback/new?about=/toolkit/asset-and-eco-mapping")
        page.locator("input[type=radio]").first.check()
        page.locator("textarea").first.fill(said)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state("load")
    with windows.open("editor", script=script) as visit:
        assert said in visit.go("/editor/corrections").locator("main").inner_text()


def test_after_signing_out_nothing_is_left_in_the_browser(windows: Windows):
    with windows.open() as visit:
        sign_in(visit, "practitioner")
        page = visit.go("/directory?q=singing")
        page.get_by_label("What they love, need or want to try").press_sequentially("choir", delay=20)
        page.wait_for_url(re.compile("choir"))
        secret = page.locator(".result h3").first.inner_text()
        visit.go("/gaps")
        if not page.get_by_role("button", name="Sign out").is_visible():
            visit.press("Menu")
        visit.press("Sign out")
        page.wait_for_url(re.compile("/sign-in"))
        kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
        assert "choir" not in kept
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0, kept
        assert page.evaluate("caches.keys()") == []
        for _ in range(3):
            page.go_back()
            page.wait_for_load_state("load")
            text = page.locator("body").inner_text()
            assert secret not in text
            assert "Sign out" not in text


def test_a_form_sent_after_the_sign_in_ended_comes_back(windows: Windows, site: Site):
    typed = "Somewhere to practise the trombone"
    with windows.open() as here:
        sign_in(here, "facilitator")
        page = here.go("/gaps/new")
        page.get_by_label("What was needed?").fill(typed)
        page.get_by_label("Where?").select_option(label="Anywhere in the city")
        site.run("update sign_ins set last_seen = '2026-01-01 09:00:00.000000'")  # half a year goes by
        windows.forget_all()
        here.press("Report this gap")
        page.wait_for_url(re.compile("/sign-in"))
        assert typed not in page.content(), "whoever sits here next must not see it"
        page.locator(f"form:has(input[value='{EMAILS['facilitator']}']) button").click()
        page.wait_for_url(re.compile(r"/gaps/new\?unsent="))
        needed = page.get_by_label("What was needed?")
        expect(needed).to_have_value(typed)
        expect(page.get_by_text("This was not sent.")).to_be_in_viewport()
        needed.fill(f"{typed} at night")
        assert page.get_by_label("Where?").input_value() == "citywide"
        here.press("Report this gap")
        page.wait_for_url(re.compile(r"/gaps/GAP-\d+$"))
        expect(page.locator("h1")).to_have_text(f"{typed} at night")


def test_the_keyboard_is_enough(windows: Windows):
    """Skip link first; every stop can be seen; a listing is reached and opened by keys alone."""
    with windows.open("practitioner") as visit:
        page = visit.go("/directory?q=singing")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
        page.keyboard.press("Enter")
        for _ in range(120):
            page.keyboard.press("Tab")
            ring = page.evaluate(
                """() => { const e = document.activeElement; const s = getComputedStyle(e);
                   return { on: e.outerHTML.slice(0, 120), result: !!e.closest(".result h3"),
                            seen: s.outlineStyle !== "none" || s.boxShadow !== "none" } }"""
            )
            assert ring["seen"], f"nothing shows that {ring['on']} has the focus"
            if ring["result"]:
                break
        assert ring["result"], "no result was reached in 120 stops"
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/directory/"))
