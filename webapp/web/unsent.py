"""What somebody typed into a form that did not arrive: which fields it had, and how it comes back into the form itself.

A page that is opened with `?unsent=7` has `g.unsent`: the form it belongs to takes its words from there, and says so.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from flask import g, has_app_context, request
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, PasswordField, StringField

from webapp.web.text import number
from webapp.web.wtf import FlaskForm

ASKED = "unsent"  # in an address: show this one again
MARK = "kept"  # the field by which a form, when it is sent again, says which one it was
OVERRIDE_END = "-not-about-a-person"  # what is ticked beside a field of the same name
OURS = frozenset({"csrf_token", "form_id", MARK})  # the fields of every form, which nobody types


class Field(NamedTuple):
    """What a form says of one of its fields.

    `is_secret`: what is typed there is kept nowhere. `is_guarded`: what is typed there must name nobody.
    """

    label: str
    is_hidden: bool
    is_secret: bool
    is_text: bool
    is_guarded: bool


class Typed(NamedTuple):
    """One field as it was sent. `label` is none where a reader can make nothing of it: a choice, or a code of ours."""

    name: str
    value: str
    label: str | None


@dataclass
class Unsent:
    """One form that was kept. `shown`: the page has a form that took it back."""

    id: int
    fields: MultiDict[str, str]
    left_out: list[str]
    shown: bool = False

    def belongs_to(self, form: type[FlaskForm]) -> bool:
        """Whether this was typed into such a form: it has every field that any form of the site knows."""
        fields = fields_of(self.fields)
        has_all = all(hasattr(getattr(form, name, None), "_formfield") for name in fields)
        return has_all and any(not field.is_hidden for field in fields.values())


def for_form(form: type[FlaskForm]) -> Unsent | None:
    """What is to be put back into a form of this kind, on the page that is being made."""
    back: Unsent | None = g.get("unsent") if has_app_context() else None
    return back if back is not None and back.belongs_to(form) else None


def sent_again() -> int | None:
    """Which kept form the one that was sent is, where it is any."""
    return number(request.form.get(MARK)) if request.method == "POST" else None


def described(pairs: Sequence[tuple[str, str]]) -> list[Typed]:
    """Each field of a form as it was sent, with its label where it is text that somebody typed."""
    fields = fields_of(name for name, _ in pairs)
    return [Typed(name, value, _label(fields.get(name), name, value)) for name, value in pairs]


def is_typed(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether somebody filled in any of this: a field that can be seen, or words. A form may be one button."""
    fields = fields_of(name for name, _ in pairs) if any(name == "form_id" for name, _ in pairs) else {}
    return any(
        not field.is_hidden if (field := fields.get(name)) else " " in value.strip()
        for name, value in pairs
        if name not in OURS
    )


def fields_of(names: Iterable[str]) -> Mapping[str, Field]:
    """What is known of the fields of a form that was sent with these. Where several forms have them all, each field is
    what the most careful of them says.
    """
    wanted = _known(names)
    every = _every_form()
    found: dict[str, Field] = {}
    for fields in [fields for fields in every if wanted <= set(fields)] or every:
        for name in wanted & set(fields):
            found[name] = _more_careful(found.get(name), fields[name])
    return found


def label_of(name: str, fields: Mapping[str, Field]) -> str:
    """What a field is called on its page; in words where no form has it: `what_is_missing` → What is missing."""
    field = fields.get(name)
    return field.label if field and field.label else name.replace("_", " ").replace("-", " ").strip().capitalize()


def _label(field: Field | None, name: str, value: str) -> str | None:
    is_text = field.is_text if field else bool(re.search(r"\S\s+\S", value))
    return label_of(name, {name: field} if field else {}) if is_text and name not in OURS else None


def _known(names: Iterable[str]) -> set[str]:
    known = {name for fields in _every_form() for name in fields}
    return {name for raw in names if (name := raw.removesuffix(OVERRIDE_END)) in known and name not in OURS}


def _more_careful(one: Field | None, other: Field) -> Field:
    if one is None:
        return other
    return Field(
        one.label or other.label,
        one.is_hidden and other.is_hidden,
        one.is_secret or other.is_secret,
        one.is_text and other.is_text,
        one.is_guarded or other.is_guarded,
    )


def _every_form() -> tuple[Mapping[str, Field], ...]:
    """The fields of every form of the site. A feature may make one when it is first asked for."""
    return _of(tuple(_forms(FlaskForm)))


@lru_cache(maxsize=1)
def _of(forms: tuple[Hashable, ...]) -> tuple[Mapping[str, Field], ...]:
    return tuple(_fields(form) for form in forms)


def _forms(form: type[FlaskForm]) -> Iterator[type[FlaskForm]]:
    for one in form.__subclasses__():
        yield one
        yield from _forms(one)


def _fields(form: Any) -> Mapping[str, Field]:
    """By name. WTForms says of a class only what it keeps for its instances, so the class itself is looked at."""
    unbound = {name: value for name in dir(form) if hasattr(value := getattr(form, name, None), "_formfield")}
    return {name: _field(value) for name, value in unbound.items()}


def _field(unbound: Any) -> Field:
    kind = unbound.field_class
    label = unbound.args[0] if unbound.args and isinstance(unbound.args[0], str) else unbound.kwargs.get("label", "")
    is_hidden, is_secret = issubclass(kind, HiddenField), issubclass(kind, PasswordField)
    is_secret |= getattr(kind, "is_never_kept", False)
    is_text = issubclass(kind, StringField) and not is_hidden and not is_secret
    return Field(str(label or ""), is_hidden, is_secret, is_text, getattr(kind, "is_guarded", False))
