"""Thirty needs typed on a phone: what the page says it understood, and the first three results, to be looked at.

    python -m benchmarks.phone http://127.0.0.1:8000 [FILE]

The address is that of a site in demonstration mode. Prints a row of a table for each need: of those below, or of a file
with one in each line, as benchmarks/phone_needs.txt.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools.find_browser import NONE, find

WIDE, HIGH = 375, 667  # pixels: the smallest phone that many still carry
SHOWN = 3
NEEDS = """
somewhere warm to go for an 82 year old man whose wife died, northenden
chair exercises near M22 that are free
lady with dementia loves singing, harpurhey
his carer needs a break
walking group sunday morning
he's not eating properly and lives on his own
can't manage the stairs any more
urdu speaking women's group
deaf man wants company
getting out of the house for someone with bad anxiety
help with energy bills
gardening for someone in a wheelchair
young adult with autism something to do in the evenings
food bank wythenshawe today
needs a lift to hospital appointments
falls at night and nobody knows
men's group not the pub
learn to use a tablet gorton
debt letters piling up
lgbt over 60
drinking again since he lost his job
repair cafe
wants to volunteer with animals
befriender by phone
bored at weekends moston
swimming for people with learning disabilties
hoarding
lunch club M9 thursday
refugee mum wants to learn english with creche
keeps losing her keys
"""


def main() -> None:
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    path = find()
    if not path:
        raise SystemExit(NONE)
    print("| typed | understood | found | first three |\n|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(viewport={"width": WIDE, "height": HIGH}, has_touch=True, is_mobile=True).new_page()
        page.goto(f"{sys.argv[1]}/sign-in")
        page.locator("form[action='/sign-in/demo'] button").first.click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        needs = Path(sys.argv[2]).read_text("utf-8") if sys.argv[2:] else NEEDS
        for need in needs.split("\n"):
            if need:
                print(_row(page, sys.argv[1], need), flush=True)
        browser.close()


def _row(page: Page, site: str, need: str) -> str:
    page.goto(site)
    box = page.locator("main input[name=q]").first
    box.press_sequentially(need)
    with page.expect_navigation():
        box.press("Enter")
    chips = _texts(page, "[aria-label='Understood from your words'] a")
    guidance = _texts(page, ".guidance-band a")
    results = [f"*{title}*" for title in guidance[:1]] + _texts(page, "li.result h3 a")[:SHOWN]
    said = [chip.removeprefix("Leave out ") for chip in chips]
    return f"| {need} | {', '.join(said)} | {' '.join(_texts(page, '.results__found'))} | {'; '.join(results)} |"


def _texts(page: Page, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(selector).all_text_contents()]


if __name__ == "__main__":
    main()
