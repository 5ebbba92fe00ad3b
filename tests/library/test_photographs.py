"""Photographs: readers get sizes that fit and nothing that a camera wrote; editors hear what is wrong with a file."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from tests.support.corpus import TODAY, Corpus
from tests.support.photographs import photograph
from webapp.cli.pictures import clean
from webapp.library.pictures import decoder, renditions

GATE = {"path": "/media/gate.jpg", "alt": "A green gate that stands open"}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


def told(corpus: Corpus) -> list[str]:
    return [problem.message for problem in corpus.check() if problem.level == "error"]


def test_a_photograph_is_made_into_sizes_and_kinds_once(corpus: Corpus):
    corpus.write("media/gate.jpg", photograph(size=(900, 600)))
    corpus.asset("gate", image=GATE)
    corpus.build()
    made = corpus.read().pictures["/media/gate.jpg"]
    assert (made.width, made.height) == (900, 600)
    assert made.widths == (400, 800, 900)
    assert made.kinds == ("avif", "webp", "jpg")
    for address in made.addresses:
        with Image.open(corpus.read().folder / address.lstrip("/")) as file:
            assert f"{file.width}." in address
    kept = next((corpus.index_dir / "pictures").glob("*/400.avif"))
    before = kept.stat().st_mtime_ns
    corpus.asset("another")
    corpus.build()
    assert kept.stat().st_mtime_ns == before


def test_a_picture_that_did_not_change_is_not_even_read(corpus: Corpus, monkeypatch: pytest.MonkeyPatch):
    read: list[str] = []
    make = renditions.make
    monkeypatch.setattr(renditions, "make", lambda address, *more: (read.append(address), make(address, *more))[1])
    corpus.write("media/gate.jpg", photograph())
    corpus.build()
    corpus.asset("gate", image=GATE)
    corpus.write("media/fence.jpg", photograph(size=(640, 400)))
    corpus.build()
    assert read == ["/media/gate.jpg", "/media/fence.jpg"]
    assert set(corpus.read().pictures) == {"/media/gate.jpg", "/media/fence.jpg"}


def test_another_picture_of_the_same_name_has_another_address(corpus: Corpus):
    corpus.write("media/gate.jpg", photograph())
    corpus.build()
    before = corpus.read().pictures["/media/gate.jpg"]
    corpus.write("media/gate.jpg", photograph(size=(640, 400)))
    corpus.build()
    after = corpus.read()
    assert not set(before.addresses) & set(after.pictures["/media/gate.jpg"].addresses)
    assert not set(before.addresses) & after.media
    assert len(list((corpus.index_dir / "pictures").iterdir())) == 1


def test_nothing_that_a_camera_wrote_is_served(corpus: Corpus):
    corpus.write("media/gate.jpg", photograph(located=True, comment=b"Mrs Telltale's house"))
    corpus.build()
    generation = corpus.read()
    for address in [*generation.pictures["/media/gate.jpg"].addresses, "/media/gate.jpg"]:
        data = (generation.folder / address.lstrip("/")).read_bytes()
        assert b"Telltale" not in data
        assert b"Exif" not in data


def test_a_photograph_on_its_side_is_served_upright(corpus: Corpus):
    exif = Image.Exif()
    exif[0x0112] = 6
    corpus.write("media/gate.jpg", photograph(size=(600, 400), exif=exif))
    corpus.build()
    made = corpus.read().pictures["/media/gate.jpg"]
    assert (made.width, made.height) == (400, 600)


def test_the_text_of_a_page_offers_every_size(corpus: Corpus):
    corpus.write("media/a gate.png", photograph("PNG"))
    corpus.toolkit("gates", body='![A "green" gate](/media/a%20gate.png)\n')
    corpus.build()
    html = corpus.read().page("/toolkit/gates", TODAY).html
    assert '<source type="image/avif" srcset="/media/made/a-gate-' in html
    assert 'alt="A &quot;green&quot; gate" width="600" height="400"' in html
    assert told(corpus) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (photograph("PNG"), "this is a PNG file, whatever its name says"),
        (photograph()[:-900], "the picture cannot be read"),
        (b"GIF89a", "the picture cannot be read"),
        (photograph(size=(200, 100)), "the picture is 200 dots wide"),
        (photograph(located=True), "the file says where it was taken and when, and with what it was taken"),
        (photograph() + b"\0" * (5 << 20), "the picture is 5.0 MB: make it 5 MB or smaller"),
    ],
    ids=["another kind", "cut off", "no picture", "narrow", "position", "large"],
)
def test_what_is_wrong_with_a_file_is_named(corpus: Corpus, data: bytes, said: str):
    corpus.write("media/gate.jpg", data)
    corpus.asset("gate", image=GATE)
    assert [message for message in told(corpus) if message.startswith(said)]


def test_a_picture_that_would_fill_the_memory_is_not_opened(monkeypatch: pytest.MonkeyPatch, corpus: Corpus):
    monkeypatch.setattr(decoder, "MOST_DOTS", 1000)
    corpus.write("media/gate.jpg", photograph())
    assert "the picture has 600 by 400 dots" in told(corpus)[0]


def test_a_moving_picture_is_refused(corpus: Corpus):
    frames = [Image.new("RGB", (400, 300), colour) for colour in ("red", "blue")]
    path = corpus.write("media/blink.webp", b"")
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert "the picture moves" in told(corpus)[0]


@pytest.mark.parametrize(
    ("image", "said"),
    [
        ({"path": "/media/gate.jpg"}, "`alt` is missing under `image`"),
        ({**GATE, "alt": ""}, "`alt` is ``: this is empty"),
        ({**GATE, "path": "/media/gate.docx"}, "this is no picture of the site"),
        ({**GATE, "path": "/media/gone.jpg"}, "there is no file /media/gone.jpg"),
    ],
)
def test_what_is_wrong_with_a_listings_picture_is_named(corpus: Corpus, image: dict[str, str], said: str):
    corpus.write("media/gate.jpg", photograph())
    corpus.asset("gate", image=image)
    assert any(said in message for message in told(corpus)), told(corpus)


def test_a_size_that_is_not_the_photographs_is_named(corpus: Corpus):
    corpus.write("media/gate.jpg", photograph())
    corpus.toolkit(
        "gates", images=[{**GATE, "title": "A gate", "width": 600, "height": 300, "beside": ["It is open."]}]
    )
    assert told(corpus) == ["/media/gate.jpg is 600 by 400, and not 600 by 300: write its own size"]


def test_a_broken_picture_keeps_its_last_good_version(corpus: Corpus):
    corpus.write("media/gate.jpg", photograph())
    corpus.asset("gate", image=GATE)
    corpus.build()
    before = corpus.read().pictures
    corpus.write("media/gate.jpg", b"none")
    corpus.write("media/fence.jpg", photograph(located=True)[:-900])
    problems = corpus.build().problems
    assert {p.file for p in problems} == {"content/media/gate.jpg", "content/media/fence.jpg"}
    assert corpus.read().pictures == before
    assert "/media/fence.jpg" not in corpus.read().media, "what cannot be read may still say where it was taken"


def test_the_picture_of_a_house_that_must_stay_secret_is_not_shown(corpus: Corpus):
    secret = {"name": "The house", "address": "4 Sample Street", "postcode": "M22 9ZA", "confidential": True}
    corpus.write("media/gate.jpg", photograph())
    corpus.asset("gate", body="![The door](/media/gate.jpg)\n", locations=[secret], image=GATE)
    corpus.build()
    page = corpus.read().page("/directory/gate", TODAY)
    assert page.front.image is None
    assert "gate.jpg" not in page.html


def test_clean_takes_out_what_a_camera_wrote(corpus: Corpus):
    path = corpus.write("media/gate.jpg", photograph(size=(3000, 200), located=True))
    assert "2400 by 160 dots" in CliRunner().invoke(clean, [str(path)]).output
    assert b"Telltale" not in path.read_bytes()
    corpus.asset("gate", image=GATE)
    assert told(corpus) == []
    broken = corpus.write("media/other.jpg", b"none")
    assert CliRunner().invoke(clean, [str(broken)]).exit_code == 1
    assert broken.read_bytes() == b"none"


def test_nobody_writes_where_the_site_does(corpus: Corpus):
    corpus.write("media/made/gate.jpg", photograph())
    assert told(corpus) == ["the site puts the sizes of pictures there: use another folder"]
