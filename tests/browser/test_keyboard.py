"""By keys alone: the main jobs need no mouse. `test_accessible` goes round every page by its stops."""

import re

from playwright.sync_api import expect

from tests.support.chromium import EMAILS, Windows
from tests.support.keys import all_round, is_on, press, reach


def test_a_stop_that_is_hidden_or_unmarked_is_found(windows: Windows):
    """The check can fail."""
    with windows.open() as visit:
        page = visit.go("/accessibility")
        page.evaluate(
            """() => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(`
                footer { position: fixed; inset: auto 0 -200px; }
                footer a:focus-visible { box-shadow: none; outline: 0; }`);
              document.adoptedStyleSheets = [sheet];
            }"""
        )
        said = {words for stop in all_round(page) for words in stop["wrong"]}
        assert said == {"nothing shows that it has the focus", "it is out of sight"}


def test_come_in_search_tick_open_and_go_back(windows: Windows):
    with windows.open() as visit:
        page = visit.go("/sign-in")
        press(page, page.locator(f"form:has(input[value='{EMAILS['practitioner']}']) button"))
        page.wait_for_url(f"{visit.site.url}/")
        press(page, page.get_by_role("link", name="Skip to main content"))
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('main'))"), "past the header at once"
        visit.go("/directory")
        reach(page, page.get_by_label("What they love, need or want to try"))
        page.keyboard.type("group")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("q=group"))
        free = page.locator("input[type=checkbox][name=cost][value=free]")
        facet = page.locator("details:has(> * input[name=cost]) > summary, details:has(input[name=cost]) > summary")
        if not free.is_visible():
            press(page, facet.last)
        press(page, free, "Space")
        expect(page.locator(".chips").first).to_contain_text("Free")
        assert is_on(free), "a new list leaves the reader where they were"
        shown = page.locator(".result h3").all_inner_texts()
        press(page, page.locator(".result h3 a"))
        page.wait_for_url(re.compile("/directory/"))
        page.go_back()  # the browser has its own key for it
        expect(page.locator(".result h3").first).to_have_text(shown[0])
        reach(page, page.locator(".result h3 a"))


def test_report_a_gap_and_mend_what_was_wrong(windows: Windows):
    with windows.open("facilitator") as visit:
        page = visit.go("/gaps/new")
        press(page, page.get_by_role("button", name="Report this gap"))
        summary = page.locator(".govuk-error-summary")
        expect(summary).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        needed = page.get_by_label("What was needed?")
        expect(needed).to_be_focused()
        assert is_on(needed), "the field is in sight"
        page.keyboard.type("A place to mend bicycles together")
        reach(page, page.get_by_label("Where?"))
        page.keyboard.type("Anywhere")
        press(page, page.get_by_role("button", name="Report this gap"))
        page.wait_for_load_state("load")
        if page.url.endswith("/gaps/new"):  # quicker than the list of similar gaps: they are asked about it now
            press(page, page.get_by_role("button", name="None of these: report this gap"))
        page.wait_for_url(re.compile(r"/gaps/GAP-\d+$"))
        reach(page, page.get_by_role("link", name="Gap log"), "Shift+Tab")


def test_me_too_and_off_again(windows: Windows):
    with windows.open("facilitator") as visit:
        page = visit.go("/gaps/GAP-0013")
        press(page, page.get_by_role("button", name="Me too"), "Space")
        expect(page.locator("main")).to_contain_text("You are one of them")
        press(page, page.get_by_role("button", name="Take me off"))
        expect(page.get_by_role("button", name="Me too")).to_be_visible()


def test_change_several_gaps_and_undo_it(windows: Windows):
    with windows.open("commissioner") as visit:
        page = visit.go("/commissioning/gaps")
        reach(page, page.locator("#f-status"))
        page.keyboard.type("Under review")
        expect(page).to_have_url(re.compile("status=under-review"))
        boxes = page.locator("tbody input[name=gap]")
        for box in (boxes.nth(0), boxes.nth(1)):
            press(page, box, "Space")
            assert box.is_checked()
        reach(page, page.get_by_role("button", name="Change them"), "Shift+Tab")
        page.keyboard.press("Enter")
        reach(page, page.get_by_label("Theme"))
        page.keyboard.type("Carers")
        press(page, page.get_by_role("button", name="See what changes"))
        press(page, page.get_by_role("button", name=re.compile("^Change these? ")))
        undo = page.get_by_role("button", name="Undo this change")
        expect(undo).to_be_visible()
        press(page, undo)
        expect(undo).not_to_be_visible()


def test_open_one_gap_beside_the_list_and_answer_it(windows: Windows):
    answer = "The library opens its hall on Sundays from May"
    with windows.open("commissioner") as visit:
        page = visit.go("/commissioning/gaps?q=GAP-0015")
        press(page, page.locator("[data-row]"))
        expect(page.locator("#side")).to_be_visible()
        reach(page, page.get_by_label("Answer to the people who asked", exact=True))
        page.keyboard.type(answer)
        press(page, page.get_by_role("button", name="Save this gap"))
        expect(page.locator("#side")).to_contain_text("Everyone who asked has been told")


def test_open_the_next_gap_after_a_field_of_this_one_was_made_larger(windows: Windows):
    """What a reader drags leaves a style on the field, and HTMX would hand it on to the field of the next gap."""
    with windows.open("commissioner") as visit:
        page = visit.go("/commissioning/gaps")
        for number in (0, 1):
            reach(page, page.locator("[data-row]").nth(number))
            page.keyboard.press("Enter")
            expect(page.locator("[data-row]").nth(number)).to_have_attribute("aria-current", "true")
            assert page.locator("#side textarea").count()
            page.locator("#side textarea").evaluate_all("fields => fields.forEach(f => (f.style.height = '20rem'))")
        visit.check()


def test_plan_a_prototype(windows: Windows):
    with windows.open("commissioner") as visit:
        page = visit.go("/commissioning/prototypes/new")
        for label in (
            "Title",
            "In one sentence, what is being tried?",
            "What do we think will happen?",
            "What will be tried?",
            "How will we know?",
        ):
            reach(page, page.get_by_label(label))
            page.keyboard.type("A repair evening")
            if label == "What will be tried?":
                reach(page, page.get_by_label("Where?"))
                page.keyboard.type("Anywhere")
        for label, day in (("First day", "01042027"), ("Last day", "03042027")):
            reach(page, page.get_by_label(label))
            page.keyboard.type(day)
        press(page, page.get_by_role("button", name="Plan this prototype"))
        page.wait_for_url(re.compile(r"/prototypes/\d+$"))


def test_the_menu_opens_and_closes(windows: Windows):
    with windows.open("practitioner", width=375) as visit:
        page = visit.go("/")
        menu = page.get_by_role("button", name=re.compile("^Menu"))  # and how many notices wait
        press(page, menu)
        expect(page.locator("#menu")).to_be_visible()
        reach(page, page.locator("#menu").get_by_role("link", name="Toolkit"))
        page.keyboard.press("Escape")
        expect(page.locator("#menu")).not_to_be_visible()
        assert is_on(menu), "back where the menu was opened"
        page.keyboard.press("Enter")
        press(page, page.locator("#menu").get_by_role("link", name="Toolkit"))
        page.wait_for_url(re.compile("/toolkit/"))
