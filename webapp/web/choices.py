"""Fields of a form in which something is chosen. `forms` hands them on."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovCheckboxInput, GovRadioInput, GovSelect
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, StopValidation, ValidationError

MOST_CHOICES = 100


class Needed:
    """Something must be there once spaces are gone. Unlike WTForms' own, it asks no browser to step in."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            field.errors = []
            raise StopValidation(self.message)


class MayBeEmpty:
    """Nothing need be chosen. WTForms' own, where the first of several answers is empty or a space, takes back what it
    had found wrong with them: whatever else was sent would count.
    """

    field_flags = {"optional": True}

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            raise StopValidation


class _Choosing:
    """What fields with choices share: plain words for a wrong or missing choice."""

    def __init__(
        self,
        label: str,
        *,
        choices: Any,
        required: str | None = None,
        hint: str = "",
        params: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        checks = [Needed(required) if required else MayBeEmpty()]
        kwargs.setdefault("render_kw", {"params": params or {}})
        if not callable(choices) and choices is not None:
            choices = [SelectChoice(*choice) if isinstance(choice, tuple) else choice for choice in choices]
        super().__init__(label, checks, choices=choices, description=hint, **kwargs)  # type: ignore[call-arg]

    def pre_validate(self, form: Any) -> None:
        if self.data in (None, "", []):  # type: ignore[attr-defined]
            return  # whether something must be chosen is for `required` to say
        if isinstance(self.data, list) and len(self.data) > MOST_CHOICES:  # type: ignore[attr-defined]
            raise ValidationError(f"Choose {MOST_CHOICES} or fewer")
        try:
            super().pre_validate(form)  # type: ignore[misc]
        except ValidationError:
            raise ValidationError("Choose one of the answers shown") from None


class _NoEmptyHint:
    """GOV.UK's lists of choices print a hint even where there is none, and take their ids from the name."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)  # type: ignore[misc]
        params.setdefault("idPrefix", field.id)
        if not field.description:
            params.pop("hint", None)
        return params


class _RadiosWidget(_NoEmptyHint, GovRadioInput):
    pass


class _CheckboxesWidget(_NoEmptyHint, GovCheckboxesInput):
    pass


class _CheckboxWidget(_NoEmptyHint, GovCheckboxInput):
    pass


class Select(_Choosing, SelectField):
    """One of a list. Give `("", "Choose …")` first where it may be empty or must be chosen."""

    widget = GovSelect()


class Radios(_Choosing, RadioField):
    """One of a few, all of them seen."""

    widget = _RadiosWidget()


class Checkboxes(_Choosing, SelectMultipleField):
    """Any of a few. `data` is a list of the chosen values."""

    widget = _CheckboxesWidget()


class Checkbox(BooleanField):
    """Yes or no. `data` is a bool."""

    widget = _CheckboxWidget()

    def __init__(self, label: str, *, required: str | None = None, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, [InputRequired(required)] if required else [], description=hint, **kwargs)
