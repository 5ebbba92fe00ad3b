"""Postcodes, districts, and distances."""

import numpy as np
import pytest

from webapp.library.search import postcode_files
from webapp.library.search.grid import to_degrees
from webapp.library.search.places import Places, miles, tidy
from webapp.library.search.postcodes import TABLE, Postcodes, write


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


CODE_POINT = '"M225RX",10,382000,387000,"E92000001","","","","",""\n"M1 1AE",10,384000,398000,"E92000001"\n'
ONSPD = "pcd,pcds,oseast1m,lat,long\nM225RX,M22 5RX,382000,53.3794,-2.2722\nBT1 1AA,BT1 1AA,,54.6020,-5.9279\n"
NAMES = "PC,PQ,EA,NO,CY\nPostcode,Positional_quality_indicator,Eastings,Northings,Country_code\n"


def loaded(folder, *files):
    source = folder / "source"
    source.mkdir()
    for name, text in files:
        (source / name).write_text(text, encoding="utf-8")
    return postcode_files.read(source)


def test_the_national_file_is_found_by_any_spacing(tmp_path):
    read = loaded(tmp_path, ("m.csv", CODE_POINT), ("names.csv", NAMES))
    assert (read.bad, read.files) == (0, 2)
    file = tmp_path / "index" / "postcodes.npy"
    assert write(read.table, file) == 2
    places = Places({"M22": (0.0, 0.0)}, Postcodes(file))
    latitude, longitude = places.find("m22 5rx")
    assert (latitude, longitude) == pytest.approx((53.379, -2.272), abs=0.002)
    assert places.find("M22 9ZZ") == (0.0, 0.0)


def test_the_ons_directory_needs_no_conversion(tmp_path):
    read = loaded(tmp_path, ("onspd.csv", ONSPD))
    file = tmp_path / "postcodes.npy"
    assert write(read.table, file) == 2
    assert Postcodes(file).find("BT1 1AA") == pytest.approx((54.6020, -5.9279), abs=0.0001)


def test_bad_rows_are_counted_and_named(tmp_path):
    text = CODE_POINT + "nonsense,10,1,2\nM1 1AF,90,0,0\nM1 1AG,10,there,here\nM1 1AH,10\nM1 1AJ,10,nan,9e99\n"
    read = loaded(tmp_path, ("m.csv", text))
    assert len(read.table) == 2
    assert read.bad == 5
    assert read.named == [
        "m.csv, line 3: “nonsense” is not a postcode",
        "m.csv, line 4: M1 1AF has no position",
        "m.csv, line 5: M1 1AG has no position",
        "m.csv, line 6: it has too few columns",
        "m.csv, line 7: M1 1AJ is not in the United Kingdom",
    ]


@pytest.mark.parametrize("text", ["", "\x00\x01\x02", "a,b,c,d,e\n", "pcds,lat,long\n", "x" * 200_000])
def test_a_file_without_postcodes_is_refused(tmp_path, text):
    with pytest.raises(postcode_files.NoPostcodes):
        loaded(tmp_path, ("m.csv", text))


def test_the_last_of_two_rows_for_a_postcode_counts(tmp_path):
    table = np.array([(b"M1 1AE", 1, 1), (b"M1 1AA", 3, 3), (b"M1 1AE", 2, 2)], TABLE)
    assert write(table, tmp_path / "postcodes.npy") == 2
    assert Postcodes(tmp_path / "postcodes.npy").find("M1 1AE") == (2.0, 2.0)


def test_a_file_made_later_is_followed_and_a_damaged_one_passed_over(tmp_path):
    file = tmp_path / "postcodes.npy"
    places = Places({"M1": (0.0, 0.0)}, Postcodes(file))
    assert places.find("M1 1AE") == (0.0, 0.0)
    write(np.array([(b"M1 1AE", 5, 6)], TABLE), file)
    assert places.find("M1 1AE") == (5.0, 6.0)
    file.write_bytes(b"damaged")
    assert places.find("M1 1AE") == (0.0, 0.0)


def test_a_disk_that_refuses_leaves_what_was_there(tmp_path, monkeypatch):
    file = tmp_path / "postcodes.npy"
    write(np.array([(b"M1 1AE", 5, 6)], TABLE), file)

    def refuse(*_):
        raise OSError("no space left")

    monkeypatch.setattr(np, "save", refuse)
    with pytest.raises(OSError, match="no space"):
        write(np.array([(b"M1 1AE", 7, 8)], TABLE), file)
    assert Postcodes(file).find("M1 1AE") == (5.0, 6.0)
    assert [path.name for path in tmp_path.iterdir()] == ["postcodes.npy"]


def test_a_whole_column_of_points_is_converted_at_once():
    latitudes, longitudes = to_degrees(np.array([651409.903, 382000]), np.array([313177.270, 387000]))
    assert latitudes == pytest.approx([52.657977, 53.3794], abs=0.001)
    assert longitudes == pytest.approx([1.716052, -2.2722], abs=0.001)


def test_a_postcode_in_words_is_seen():
    places = Places({"M22": (53.388, -2.257)})
    assert places.in_words("befriending m22 5rx please")[0] == "M22 5RX"
    assert places.in_words("befriending near m22")[0] == "M22"
    assert places.in_words("section m99 and b12") is None
