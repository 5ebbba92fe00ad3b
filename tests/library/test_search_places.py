"""Postcodes, districts, and distances."""

import numpy as np
import pytest

from webapp.library.search.places import Places, miles, tidy
from webapp.library.search.postcodes import Postcodes, to_degrees, write_postcodes


def test_miles_between_two_cities():
    # Manchester Town Hall to Nelson's Column: 162.6 miles by the great circle
    away = miles((53.4794, -2.2453), np.array([[51.5077, -0.1280]], np.float32))
    assert away[0] == pytest.approx(162.6, abs=0.5)


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [("m225rx", "M22 5RX"), (" M22  5rx ", "M22 5RX"), ("m22", "M22"), ("ec1a1bb", "EC1A 1BB"), ("nowhere", "NOWHERE")],
)
def test_postcodes_are_tidied(typed, tidied):
    assert tidy(typed) == tidied


def test_a_full_postcode_falls_back_to_its_district():
    places = Places({"M22": (53.388, -2.257)})
    assert places.find("m22 5rx") == (53.388, -2.257)
    assert places.find("M1 1AA") is None
    assert places.find("\x00" * 1000) is None


def test_national_grid_to_degrees():
    # Ordnance Survey's worked example (Caister water tower) with its WGS84 position
    latitude, longitude = to_degrees(651409.903, 313177.270)
    assert latitude == pytest.approx(52.657977, abs=0.0001)
    assert longitude == pytest.approx(1.716052, abs=0.0001)


def test_the_national_file_is_found_by_any_spacing(tmp_path):
    file = tmp_path / "postcodes.npy"
    assert write_postcodes([("M225RX", 382000, 387000), ("M1 1AE", 384000, 398000)], file) == 2
    places = Places({"M22": (0.0, 0.0)}, Postcodes(file))
    latitude, longitude = places.find("m22 5rx")
    assert (latitude, longitude) == pytest.approx((53.379, -2.272), abs=0.002)
    assert places.find("M22 9ZZ") == (0.0, 0.0)


def test_a_postcode_in_words_is_seen():
    places = Places({"M22": (53.388, -2.257)})
    assert places.in_words("befriending m22 5rx please")[0] == "M22 5RX"
    assert places.in_words("befriending near m22")[0] == "M22"
    assert places.in_words("section m99 and b12") is None
