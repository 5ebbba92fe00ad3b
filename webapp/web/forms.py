"""Forms: GOV.UK fields that clean what was typed, and fields whose text must name nobody.

    class GapForm(Form):
        title = GuardedText("What is missing?", max_length=120, required="Say what is missing")
        place = Select("Where?", choices=[...])

    form = GapForm()
    if not form.validate_on_submit():
        return htmx.page("gaps/new.html", "gaps/_form.html", 422 if form.is_submitted() else 200, form=form)
    record(title=form.title.clean)   # a pii.CleanText; nothing else may be stored

In the template: `{{ form.summary() }}`, then `<form method="post" action="…" novalidate>` with
`{{ form.hidden_tag() }}`, the fields as `{{ form.title }}`, and a govukButton. `form.failed` is true where
the page title should begin with "Error: ". A button alone is a plain `Form()`.
"""

import re
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from flask import current_app, g
from govuk_frontend_wtf.wtforms_widgets import (
    GovCharacterCount,
    GovPasswordInput,
    GovTextArea,
    GovTextInput,
)
from markupsafe import Markup
from wtforms import (
    HiddenField,
    PasswordField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional, StopValidation, ValidationError

from webapp.library.listings import public_contacts
from webapp.pii import guard
from webapp.web import current, unsent
from webapp.web.choices import MOST_CHOICES, Checkbox, Checkboxes, Needed, Radios, Select
from webapp.web.text import number, tidy, tidy_lines
from webapp.web.wtf import Auto, FlaskForm

__all__ = [
    "Checkbox", "Checkboxes", "Email", "Form", "GuardedText", "GuardedTextArea", "Needed", "NobodysNumber", "Password",
    "Radios", "Select", "Text", "TextArea", "Versioned",
]  # fmt: skip
SUMMARY = "govuk_frontend_jinja/components/error-summary/macro.html"
FORM_ID = re.compile(r"[0-9a-f]{32}")
TAKE_OUT = "Take out what could identify a person. Nothing has been stored"
# A phone line or a postcode may be a venue's. An NHS number or a date of birth is always somebody's.
MAY_BE_PUBLIC = {"phone", "email", "postcode", "address", "name", "case-number"}
PUBLISHED = {"phone", "email", "postcode", "address"}  # what a listing of the directory may say
# A name beside one of these says who somebody is, whatever the sender thinks of each.
WITH_A_NAME = {"address", "postcode", "date-of-birth", "nhs-number"}
TOGETHER = "Take out the name, or what stands with it. Together they say who somebody is, so they cannot be marked"
STORY = "a story"  # how the box of a story is marked
READ_AGAIN = "Read this once more: everyone who signs in will read it. Then tick the box, or leave out a detail"


class Form(FlaskForm):
    """A form with a CSRF token and a one-time `form_id`: sending it twice does one thing (see `once`)."""

    form_id = HiddenField()

    def __init__(self, formdata: Any = Auto, **kwargs: Any) -> None:
        self.back = unsent.for_form(type(self))
        super().__init__(self.back.fields if self.back else formdata, **kwargs)
        self._kept = self.back.id if self.back else unsent.sent_again() if formdata is Auto else None
        if not FORM_ID.fullmatch(self.form_id.data or ""):
            self.form_id.data = uuid.uuid4().hex

    @property
    def failed(self) -> bool:
        """Whether this form was sent and something must be put right."""
        return bool(self.errors)

    @property
    def must_be_seen(self) -> bool:
        """Whether its reader looks for it: something is wrong, or it holds what did not arrive."""
        return self.failed or self.back is not None

    def hidden_tag(self, *fields: Any) -> Markup:
        """The hidden inputs, without ids, because one page may hold several forms; a word where this did not arrive."""
        inputs = [(f.name, f._value()) for f in self if isinstance(f, HiddenField)]
        if self._kept:
            inputs.append((unsent.MARK, str(self._kept)))
        tag = Markup('<input type="hidden" name="{}" value="{}">')
        return Markup("\n").join([*(tag.format(*pair) for pair in inputs), *self._not_sent()])

    def _not_sent(self) -> Iterator[Markup]:
        if self.back:
            self.back.shown = True
            part: Any = current_app.jinja_env.get_template("parts/not_sent.html").module
            yield part.not_sent(self.back)

    def summary(self) -> Markup:
        """The GOV.UK error summary with a link to each field, or nothing where there is nothing wrong."""
        faults = list(self._faults())
        if not faults:
            return Markup()
        template = current_app.jinja_env.get_template(SUMMARY)
        summary: Markup = template.module.govukErrorSummary(  # type: ignore[attr-defined]
            {"titleText": "There is a problem", "errorList": faults}
        )
        return summary

    def _faults(self) -> Iterator[dict[str, str]]:
        for field in self:
            if field.errors and isinstance(field, HiddenField):
                yield {"text": "This page was open for too long. Send it again."}
            elif field.errors:
                yield {"text": str(field.errors[0]), "href": f"#{field.id}"}
        for fault in self.form_errors:
            yield {"text": str(fault)}


class Versioned(Form):
    """Says which `version` of `row` was on the screen when it was filled in."""

    version = HiddenField()

    def __init__(self, row: Any = None, *, data: dict[str, Any] | None = None, **kwargs: Any) -> None:
        shown = {"version": str(row.version)} if row is not None else {}
        super().__init__(data={**shown, **(data or {})}, **kwargs)

    @property
    def seen(self) -> int:
        """That version; 0, which nothing has, where it is missing or no number."""
        sent = self.version.raw_data or [None]  # not `data`, which is this page's own where nothing was sent
        return number(sent[0]) or 0


class _Typed:
    """What text fields share: a cap on length, a message where it is missing, and GOV.UK's parameters."""

    def __init__(
        self,
        label: str,
        *,
        max_length: int,
        required: str | None = None,
        hint: str = "",
        validators: Sequence[Any] = (),
        params: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        checks = [
            Needed(required) if required else Optional(),
            NoLonger(max=max_length, message=f"{label.rstrip('?')}: use {max_length:,} characters or fewer"),
            *([] if isinstance(self, _Guarded | PasswordField) else [NobodysNumber()]),
            *validators,
        ]
        self.max_length = max_length
        kwargs.setdefault("filters", [tidy])
        kwargs.setdefault("render_kw", {"params": params or {}})
        super().__init__(label, checks, description=hint, **kwargs)  # type: ignore[call-arg]


class NoLonger(Length):
    """At most so many characters. Of what has more nothing else is looked at: some rules take a while for each word."""

    def __call__(self, form: Any, field: Any) -> None:
        try:
            super().__call__(form, field)
        except ValidationError as error:
            raise StopValidation(str(error)) from None


class NobodysNumber:
    """What every field refuses, the name of a person too: a number that one person alone has."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.data and guard.numbers_somebody(str(field.data)):
            raise StopValidation(f"{field.label.text.rstrip('?')}: take out the number, which is somebody’s own")


class Text(_Typed, StringField):
    """One line. `params` are those of govukInput: `autocomplete`, `inputmode`, `classes`, `label` …"""

    widget = GovTextInput()


class Email(Text):
    """An e-mail address, kept in lower case."""

    def __init__(self, label: str, *, required: str | None = None, **kwargs: Any) -> None:
        params = {"type": "email", "autocomplete": "email", "spellcheck": False, **kwargs.pop("params", {})}
        # GovTextInput says type="text" before params are merged; merging replaces it.
        super().__init__(label, max_length=254, required=required, filters=[tidy, str.lower], params=params, **kwargs)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data and not re.fullmatch(r"[^\s@<>()\",;:]+@[^\s@.]+(\.[^\s@.]+)+", self.data):
            raise ValidationError("Enter an e-mail address like name@example.org")


class TextArea(_Typed, TextAreaField):
    """Several lines. `params` are those of govukTextarea."""

    widget = GovTextArea()

    def __init__(self, label: str, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(label, max_length=max_length, filters=[tidy_lines], **kwargs)


class Password(_Typed, PasswordField):
    """A password: nothing in it is changed, and it is never sent back. `autocomplete` tells managers."""

    widget = GovPasswordInput()

    def __init__(self, label: str, *, autocomplete: str, required: str, max_length: int = 128, **kwargs: Any) -> None:
        params = {"autocomplete": autocomplete}
        super().__init__(label, max_length=max_length, required=required, filters=[], params=params, **kwargs)


class _Guarded:
    """Text that may be stored only once nothing in it could identify a person.

    After a validation: `clean` is the pii.CleanText, None where nothing was typed or it will not do; `matches` is
    what was seen. The field then shows what that was and, where it may be a public phone line or a venue's
    postcode, a box to say so. Where `of_organisation`, an organisation's own contacts pass. `insisted` holds the
    kinds of what was marked so, which `pii_overrides` notes. `data` keeps what was typed. What a listing of the
    directory publishes passes. Where everyone will read the text (`read_by_all`), a story by which somebody could be
    told is read once more by its writer.
    """

    is_guarded = True
    of_organisation = False
    read_by_all = False
    is_story = False
    clean: guard.CleanText | None = None
    matches: Sequence[guard.Match] = ()
    insisted: Sequence[str] = ()
    marked: frozenset[str] = frozenset()

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)  # type: ignore[misc]
        sent = formdata.getlist(self.override_name) if formdata else []
        self.marked = frozenset(tidy(text) for text in sent[:MOST_CHOICES])

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        self.clean, self.matches, self.insisted = None, (), ()
        if validation_stopped or self.errors or not self.data:  # type: ignore[attr-defined]
            return
        found = guard.find(self.data, of_organisation=self.of_organisation)  # type: ignore[attr-defined]
        published = [match.text for match in found if _is_published(match)]
        self.matches = [match for match in found if match.text not in published]
        marked = [match for match in self.matches if self.is_overridden(match)]
        try:
            self.clean = guard.clean(
                self.data,  # type: ignore[attr-defined]
                not_about_a_person=[*published, *(m.text for m in marked)],
                of_organisation=self.of_organisation,
            )
        except guard.Identifying:
            raise ValidationError(TOGETHER if self.are_together else TAKE_OUT) from None
        self.insisted = sorted({match.kind for match in marked})
        self.is_story = self.read_by_all and guard.could_tell_who(self.data)  # type: ignore[attr-defined]
        if self.is_story and STORY not in self.marked:
            self.clean = None
            raise ValidationError(READ_AGAIN)
        self.insisted += ["story"] * self.is_story
        g.setdefault("insisted", {})[self.name] = self.insisted  # type: ignore[attr-defined]

    @property
    def override_name(self) -> str:
        return f"{self.name}{unsent.OVERRIDE_END}"  # type: ignore[attr-defined]

    @property
    def are_together(self) -> bool:
        """Whether a name stands with what makes it one person's."""
        kinds = {match.kind for match in self.matches}
        return "name" in kinds and bool(kinds & WITH_A_NAME)

    def may_be_public(self, match: guard.Match) -> bool:
        """Whether `match` may be about nobody, for all that can be seen."""
        return match.kind in MAY_BE_PUBLIC and not (self.are_together and match.kind in {"name", *WITH_A_NAME})

    def is_overridden(self, match: guard.Match) -> bool:
        """Whether the sender says that `match` is about nobody, and it may be."""
        return self.may_be_public(match) and tidy(match.text) in self.marked

    def __call__(self, **kwargs: Any) -> Markup:
        """What the guard saw, then the field."""
        field: Markup = super().__call__(**kwargs)  # type: ignore[misc]
        if not self.matches and not self.is_story:
            return field
        unique = {tidy(match.text): match for match in self.matches}
        seen: Any = current_app.jinja_env.get_template("parts/seen.html").module
        panel: Markup = seen.seen(
            self,
            advice=[guard.explain(match) for match in unique.values() if not self.is_overridden(match)],
            doubtful=[(text, self.is_overridden(m)) for text, m in unique.items() if self.may_be_public(m)],
            story=STORY if self.is_story else "",
            story_read=STORY in self.marked,
        )
        return panel + field


class GuardedText(_Guarded, Text):
    """One line that the personal-data guard reads."""


class GuardedTextArea(_Guarded, TextArea):
    """Several lines that the personal-data guard reads, with the number of characters left near the end."""

    widget = GovCharacterCount()

    def __init__(
        self, label: str, *, max_length: int, of_organisation: bool = False, read_by_all: bool = False, **kwargs: Any
    ) -> None:
        self.of_organisation, self.read_by_all = of_organisation, read_by_all
        params = {"maxlength": max_length, "threshold": 75, **kwargs.pop("params", {})}
        super().__init__(label, max_length=max_length, params=params, **kwargs)


def _is_published(match: guard.Match) -> bool:
    return match.kind in PUBLISHED and public_contacts.folded(match.text) in current.content().contacts
