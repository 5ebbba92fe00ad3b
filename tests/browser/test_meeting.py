"""A meeting on a screen in a room: read from afar, driven by keys and clicker alone, on the real site."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.support.chromium import Visit, Windows
from webapp.english import dates

SMALLEST = """() => Math.min(...[...document.querySelectorAll(".step:not([hidden]) :is(h2, p, li, li span, a)")]
    .map((element) => parseFloat(getComputedStyle(element).fontSize)))"""


def plan(visit: Visit) -> None:
    """Plan a session, one that began yesterday so that there is something to keep, and open its meeting."""
    visit.go(f"{visit.site.address('the first spotlight')}/sessions/new")
    visit.page.get_by_label("Day").fill((dates.today() - timedelta(days=1)).isoformat())
    visit.page.get_by_label("Starts at").fill("12:00")
    visit.press("Plan this session")
    visit.go(visit.page.url.replace(visit.site.url, "").replace("/sessions/", "/run?session="))


def test_a_room_reads_every_step_and_a_clicker_turns_them(windows: Windows):
    with windows.open("facilitator", width=1280) as visit:
        plan(visit)
        page = visit.page
        count = int(page.locator("[data-run]").get_attribute("data-count") or 0)
        assert count > 4
        for step in range(1, count + 1):
            expect(page.locator("[data-counter]")).to_have_text(f"Step {step} of {count}")
            expect(page.locator("[data-step]:not([hidden])")).to_have_count(1)
            assert page.evaluate(SMALLEST) >= 40, f"step {step} cannot be read from five metres"
            page.keyboard.press(("PageDown", "ArrowRight", "Space")[step % 3])
        expect(page.locator("[data-counter]")).to_have_text(f"Step {count} of {count}")  # nothing lies beyond the end
        expect(page.locator("h2:focus")).to_have_text("One minute before you go")
        page.keyboard.press("PageUp")
        page.keyboard.press("ArrowLeft")
        expect(page.locator("[data-counter]")).to_have_text(f"Step {count - 2} of {count}")
        page.go_back()
        expect(page.locator("[data-counter]")).to_have_text(f"Step {count - 1} of {count}")
        page.reload()  # each step has its address
        expect(page.locator("[data-counter]")).to_have_text(f"Step {count - 1} of {count}")
        page.keyboard.press("Home")
        expect(page.locator("[data-counter]")).to_have_text(f"Step 1 of {count}")


def test_what_the_room_said_is_typed_by_keys_and_kept_without_leaving_the_step(windows: Windows):
    with windows.open("facilitator", width=375) as visit:
        plan(visit)
        page = visit.page
        page.keyboard.press("End")
        page.get_by_text("What the room said", exact=True).first.focus()
        page.keyboard.press("Space")  # opens the notes; it turns no step
        box = page.get_by_label("What the room said")
        box.focus()
        page.keyboard.type("Nobody had asked her")
        counter = page.locator("[data-counter]").text_content()
        page.keyboard.press("ArrowLeft")
        assert page.locator("[data-counter]").text_content() == counter
        page.get_by_role("button", name="Save these notes").press("Enter")
        expect(page.get_by_role("status").filter(has_text="Saved at")).to_be_visible()
        assert page.locator("[data-counter]").text_content() == counter
