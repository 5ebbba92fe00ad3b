"""A commissioner writes a market position statement for carers, from the report alone, and checks each figure in it."""

import io
import re

from docx import Document
from playwright.sync_api import Locator

from tests.support.chromium import Visit, Windows

REPORT = "/commissioning/report?audience=carers"
OPENING = "Carers ask for evenings and for company in their own language."
PROPOSED = "Fund two evening groups, and ask again in six months."


def figures_of(links: Locator) -> dict[str, int]:
    """Where each link leads, and the number that it says."""
    said = {link.get_attribute("href") or "": link.inner_text() for link in links.all()}
    return {href: int(found[0]) for href, text in said.items() if (found := re.findall(r"\d+", text))}


def number_there(visit: Visit, href: str) -> int:
    visit.go(href)
    return int(re.findall(r"\d+", visit.page.locator(".results__found").first.inner_text())[0])


def test_a_statement_for_carers_is_written_from_the_report_alone(windows: Windows) -> None:
    with windows.open("commissioner") as visit:
        page = visit.page
        visit.go("/commissioning")
        page.get_by_role("link", name="Report for a plan").click()
        page.locator(".scope summary").click()
        page.get_by_label("Who it is for", exact=True).select_option("carers")
        page.get_by_role("button", name="Show these figures").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Gaps in local support: Unpaid carers"

        page.get_by_role("link", name="Write the opening and the recommendations").click()
        page.get_by_label("Opening words").fill(OPENING)
        page.get_by_label("Recommendations").fill(PROPOSED)
        page.get_by_role("button", name="Keep these words").click()

        report = page.locator("article.report")
        for said in (OPENING, PROPOSED, "Written", "Residents they would help", "What is intended"):
            assert said in report.inner_text()
        carers = report.locator("tr", has=page.get_by_role("rowheader", name="Unpaid carers"))
        exists, asked, missing, _ = (carers.locator("td").nth(place).inner_text() for place in range(4))
        assert "listings" in exists
        assert "residents:" in asked
        assert "nothing tried or planned yet" in missing
        blocks = report.locator(".report__block")
        count = blocks.count()
        assert count == int(re.findall(r"\d+", asked)[0]) > 0
        for answered in ("For whom", "Residents it would help", "Staff who asked", "How we know", "Listings near it"):
            assert blocks.locator("dt", has_text=answered).count() == count

        followed = figures_of(report.locator(".figures--wide a, .report__block .answers__wide a[href*='directory?']"))
        followed |= figures_of(report.locator(".totals a").first)
        with page.expect_download() as file:
            page.get_by_role("button", name="Download this as a Word document").click()
        words = "\n".join(p.text for p in Document(io.BytesIO(file.value.path().read_bytes())).paragraphs)
        assert OPENING in words
        assert PROPOSED in words

        assert len(followed) >= 5
        assert {href: number_there(visit, href) for href in followed} == followed
