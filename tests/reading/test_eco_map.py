"""An eco-map to fill in: empty to print without a script, and never a form, as nothing of it is sent."""

import math

import pytest

from tests.support.client import Client
from webapp.reading import eco_map

pytestmark = pytest.mark.reads_only


def test_it_prints_empty_without_a_script(priya: Client):
    page = priya.get("/eco-map").soup
    assert len(page.select("svg[data-eco], .eco__map circle")) == eco_map.AROUND + 1
    assert not [text for text in page.select(".eco__map text") if text.get_text(strip=True)]
    assert page.select_one("[data-eco-fields]").has_attr("hidden")
    assert "What surprises us" in page.select_one(".only-print").get_text()


def test_what_is_written_can_be_sent_nowhere(priya: Client):
    fields = priya.get("/eco-map").soup.select_one("[data-eco-fields]")
    assert len(fields.select("input, select")) == 1 + 4 * eco_map.AROUND
    for field in fields.select("input, select, button"):
        assert not field.has_attr("name")
        assert field.find_parent("form") is None


def test_no_two_circles_touch_and_lines_begin_and_end_at_their_rims():
    circles = eco_map.circles()
    for one in circles:
        assert math.dist((one.x, one.y), one.outer) == pytest.approx(eco_map.ROUND, abs=0.2)
        assert math.dist((eco_map.WIDTH / 2, eco_map.HEIGHT / 2), one.inner) == pytest.approx(eco_map.MIDDLE, abs=0.2)
        for other in circles:
            if other is not one:
                assert math.dist((one.x, one.y), (other.x, other.y)) > 2 * eco_map.ROUND
