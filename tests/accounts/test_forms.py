"""What forms do with what is typed."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from webapp.pii import guard
from webapp.web.forms import Checkbox, Checkboxes, Form, GuardedText, GuardedTextArea, Select, Text
from webapp.web.text import tidy, tidy_lines


class Gap(Form):
    title = GuardedText("What is missing?", max_length=60, required="Say what is missing")
    detail = GuardedTextArea("Tell us more", max_length=200, hint="Name nobody.")
    place = Select("Where?", choices=[("", "Choose a place"), ("m22", "M22")], required="Choose a place")
    who = Checkboxes("Who for?", choices=[("carers", "Carers"), ("all", "Everyone")])
    when = Select("When?", choices=[("", "Any day"), ("mon", "Monday")])
    note = Text("Note", max_length=10)
    sure = Checkbox("I am sure", required="Say that you are sure")


GOOD = {"title": "A walking group", "detail": "", "place": "m22", "sure": "y"}


@pytest.fixture(autouse=True)
def request_made(site: Flask) -> Iterator[None]:
    with site.test_request_context("/", method="POST"):
        yield


def _sent(**fields: object) -> Gap:
    form = Gap(MultiDict({**GOOD, **fields}), meta={"csrf": False})
    form.validate()
    return form


def test_a_good_form_gives_clean_text() -> None:
    form = _sent(title="  A  walking\tgroup \x00\u202e")
    assert form.errors == {}
    assert form.title.clean == "A walking group"
    assert isinstance(form.title.clean, guard.CleanText)
    assert form.detail.clean is None, "nothing was typed"


def test_what_could_identify_someone_is_explained_and_kept_in_the_form() -> None:
    form = _sent(detail="Her NHS number is 943 476 5919.\r\nRing 0161 496 0123")
    html = str(form.detail)
    assert form.detail.clean is None
    assert "Take out what could identify a person" in html
    assert "This looks like an NHS number" in html
    assert "943 476 5919" in html
    assert "0161 496 0123 is not about a person" in html
    assert "5919 is not about a person" not in html, "an NHS number is always somebody's"


def test_a_public_phone_line_may_be_marked_so_and_its_kind_is_told() -> None:
    form = _sent(detail="Ring 0161 496 0123", **{"detail-not-about-a-person": "0161 496 0123"})
    assert form.errors == {}
    assert form.detail.clean == "Ring 0161 496 0123"
    assert form.detail.insisted == ["phone"]


def test_marking_does_not_let_an_nhs_number_through() -> None:
    form = _sent(detail="It is 943 476 5919", **{"detail-not-about-a-person": "943 476 5919"})
    assert form.detail.clean is None


def test_everything_wrong_is_told_at_once_with_links() -> None:
    form = _sent(title="", place="mars", note="x" * 11, sure="", who=["carers", "dogs"])
    summary = str(form.summary())
    for link in ("#title", "#place", "#note", "#sure", "#who"):
        assert f'href="{link}"' in summary
    assert "Note: use 10 characters or fewer" in summary
    assert form.failed


def test_length_counts_a_new_line_once() -> None:
    assert _sent(detail="a\r\n" * 99 + "ab").errors == {}


def test_of_what_is_too_long_nothing_else_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(guard, "find", lambda text, **_: read.append(text) or [])
    long = "Her NHS number is 943 476 5919. " * 9
    assert set(_sent(title=long, detail=long, note=long).errors) == {"title", "detail", "note"}
    assert not any("NHS" in text for text in read), "a hundred thousand words would be read for a second"


@pytest.mark.parametrize(
    "sent",
    [{"when": " "}, {"when": "tue"}, {"who": ["", "anybody"]}, {"who": [" ", "carers"]}, {"who": [" "]}],
    ids=str,
)
def test_nothing_counts_that_is_none_of_the_choices(sent: dict[str, object]) -> None:
    form = _sent(**sent)
    assert form.errors == {name: ["Choose one of the answers shown"] for name in sent}


def test_nothing_need_be_chosen_where_it_need_not() -> None:
    assert _sent(when="").errors == {}


def test_a_page_may_hold_several_forms() -> None:
    assert " id=" not in str(Gap(meta={"csrf": False}).hidden_tag())


def test_each_form_has_its_own_id_and_keeps_it_while_it_is_put_right() -> None:
    one, two = Gap(meta={"csrf": False}), Gap(meta={"csrf": False})
    assert one.form_id.data != two.form_id.data
    assert _sent(title="", form_id=one.form_id.data).form_id.data == one.form_id.data
    assert _sent(form_id="'; drop table once").form_id.data != "'; drop table once"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (None, ""),
        ("a\x00b\x07c\u200b\ufeff", "abc"),
        ("cafe\u0301", "café"),
        ("\u202eevil\u2066", "evil"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("one\ntwo", "one two"),
    ],
)
def test_one_line_is_tidied(typed: str | None, kept: str) -> None:
    assert tidy(typed) == kept


def test_several_lines_keep_their_lines() -> None:
    assert tidy_lines("\n one \r\ntwo  \r\n\r\n") == "one\ntwo"
