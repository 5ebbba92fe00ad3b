"""Every form of the site, those to come included: what is typed when the sign-in has ended is in its place again."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flask import Flask
from lxml.html import HtmlElement

from tests.support.client import Answer, Client, filled
from tests.support.forms import value_of
from tests.support.people import ROLES
from tests.support.world import examples
from tests.test_routes import LINES, may
from webapp.accounts import drafts
from webapp.accounts.models import Draft
from webapp.library.generation.reader import Generation

TEXT = (None, "text", "tel", "url", "email")
WORDS = "Every Thursday at the library"


def test_the_fields_of_every_form_come_back(
    app: Flask,
    content: Generation,
    browser_of: Callable[[str], Client],
    run: Callable[..., None],
    kept: Callable[[], Sequence[Draft]],
    sign_out: Callable[[Client, str], None],
) -> None:
    fill, tried, wrong = examples(content, browser_of), set(), []
    for who, method, path in LINES:
        role = next((role for role in ROLES if who != "public" and may(who, role)), None)
        if method != "GET" or role is None:
            continue
        person = browser_of(ROLES[role])
        page = person.get(fill(path), status=range(100, 600))
        for action, typed in _typed(page):
            if action in tried:
                continue
            tried.add(action)
            page = person.get(fill(path))
            sign_out(person, "forgotten by us")
            page.send(action, **typed)
            if not kept():
                wrong.append(f"{action} on {path}: nothing was kept of {sorted(typed)}")
                continue
            (draft,) = kept()
            person = browser_of(ROLES[role])
            back = person.get(drafts.address(draft), status=range(100, 600))
            found = _form(back, action)
            if found is None:
                wrong.append(f"{action} on {path}: {back.path} answered {back.status} without the form")
            elif lost := {n: (v, found.get(n)) for n, v in typed.items() if found.get(n) != v}:
                wrong.append(f"{action} on {path}: not as it was typed: {lost}")
            elif not back.soup.select_one("main form [data-focus]"):
                wrong.append(f"{action} on {path}: the form does not say that it was not sent")
            run("delete from drafts")
    assert len(tried) > 15, tried
    assert not wrong, "\n".join(wrong)


def _typed(page: Answer) -> Iterator[tuple[str, dict[str, Any]]]:
    """The action of each form of a page that is filled in, and what is typed or chosen there."""
    if not page.is_html or page.status != 200:
        return
    for form in page.tree.xpath("//main//form[@method='post']"):
        texts = form.xpath(".//textarea[@name] | .//input[@name]")
        typed = {tag.get("name"): _said(tag) for tag in texts if tag.tag == "textarea" or tag.get("type") in TEXT}
        typed |= {tag.get("name"): value_of(list(tag.iter("option"))[-1]) for tag in form.xpath(".//select[@name]")}
        if typed and not form.xpath(".//input[@type='password']"):  # test_typed tries those
            yield form.get("action"), typed


def _said(tag: HtmlElement) -> str:
    kinds = {"email": "tea@example.org", "tel": "0161 496 0123", "url": "https://example.org/tea"}
    return kinds.get(tag.get("type"), WORDS)


def _form(page: Answer, action: str) -> dict[str, Any] | None:
    if page.status != 200:
        return None
    found = page.tree.xpath("//main//form[@action=$action]", action=action)
    return filled(found[0]) if found else None
