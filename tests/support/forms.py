"""The forms of a page, and what a browser would send of them. Read by lxml, as most that tests do is to send forms."""

from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from tests.support.page_checks import words_of

BUTTONS = ".//button | .//input[@type='submit']"


def named(root: HtmlElement, name: str) -> HtmlElement | None:
    """The first form below `root` whose button says `name`, or whose action is `name`."""
    return next((form for form in root.iter("form") if name in (form.get("action"), *buttons(form))), None)


def buttons(form: HtmlElement) -> list[str]:
    """What its buttons say."""
    return [words_of(button) for button in form.xpath(BUTTONS)]


def filled(form: HtmlElement, button: str = "") -> dict[str, Any]:
    """What a browser would send of `form` as it stands; `button` names the one that is pressed. A list repeats."""
    fields: dict[str, Any] = {}
    for name, value in _pairs(form, button):
        if name in fields:
            before = fields[name]
            fields[name] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            fields[name] = value
    return fields


def _pairs(form: HtmlElement, button: str) -> Iterator[tuple[str, str]]:
    for tag in (*form.iter("input", "select", "textarea", "button"), *_elsewhere(form)):
        name, kind = tag.get("name"), tag.get("type", "").lower()
        if name is None or "disabled" in tag.attrib:
            continue
        if tag.tag == "button" or kind == "submit":
            if button in (words_of(tag), tag.get("value")):
                yield name, tag.get("value", "")
        elif tag.tag == "select":
            yield from ((name, value_of(option)) for option in _chosen(tag))
        elif tag.tag == "textarea":
            yield name, tag.text_content().removeprefix("\n")
        elif kind not in {"checkbox", "radio"} or "checked" in tag.attrib:
            yield name, tag.get("value", "on" if kind in {"checkbox", "radio"} else "")


def _elsewhere(form: HtmlElement) -> list[HtmlElement]:
    """The fields that stand outside `form` and name it."""
    return form.getroottree().xpath("//input[@name][@form=$form]", form=form.get("id")) if form.get("id") else []


def _chosen(select: HtmlElement) -> list[HtmlElement]:
    options = list(select.iter("option"))
    chosen = [option for option in options if "selected" in option.attrib]
    return chosen or ([] if "multiple" in select.attrib else options[:1])


def value_of(option: HtmlElement) -> str:
    return option.get("value", words_of(option))
