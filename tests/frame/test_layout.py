"""The frame of every page: who sees which way on, where they are, and what they can do from anywhere."""

import pytest

from tests.support.client import Answer, Client

pytestmark = pytest.mark.reads_only


def ways(page: Answer) -> list[str]:
    return [tag.get_text() for tag in page.soup.select("header nav a")]


def test_everyone_has_the_same_ways_and_roles_have_their_own(priya: Client, carol: Client, ada: Client):
    everyone = ways(priya.get("/"))
    assert "Gap log" in everyone
    assert "Commissioning" not in everyone
    assert "Admin" not in everyone
    assert set(everyone) < set(ways(ada.get("/")))
    assert "Admin" not in ways(carol.get("/"))


def test_the_page_i_am_on_is_marked(priya: Client):
    marked = priya.get("/gaps").soup.select("header nav [aria-current]")
    assert [tag.get_text() for tag in marked] == ["Gap log"]


def test_signing_out_is_a_form_and_the_menu_needs_no_script(priya: Client):
    page = priya.get("/")
    assert page.form("Sign out").get("method") == "post"
    assert page.soup.select_one("button[popovertarget=menu]")
    assert page.soup.select_one("#menu[popover] nav")


def test_somebody_signed_out_sees_the_name_and_no_ways(client: Client):
    page = client.get("/sign-in")
    assert page.soup.select_one(".brand__name").get_text() == "Signpost"
    assert not ways(page)


def test_only_editors_see_which_content_is_served(priya: Client, ed: Client):
    assert "gen-" not in priya.get("/").soup.select_one("footer").get_text()
    assert "gen-" in ed.get("/").soup.select_one("footer").get_text()
