"""The forms of measures: what is measured, one month of it, and many months from a file."""

from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovFileInput
from wtforms.validators import ValidationError

from webapp.insights import measures_file
from webapp.insights.measures import UNITS, MeasureFields, Point
from webapp.insights.measures_file import LONGEST_SOURCE, LONGEST_TITLE
from webapp.insights.models import Better, Measure
from webapp.library.vocabulary import Vocabulary
from webapp.web.forms import Form, GuardedText, Radios, Select, Text
from webapp.web.wtf import FileField


class Figure(Text):
    """A number. `value` is it after a validation, or None where nothing was typed."""

    value: float | None = None

    def __init__(self, label: str, **kwargs: Any) -> None:
        params = {"inputmode": "decimal", "spellcheck": False, "classes": "govuk-input--width-10"}
        super().__init__(label, max_length=20, params=params, **kwargs)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        self.value = None
        if validation_stopped or self.errors:
            return
        try:
            self.value = measures_file.figure(self.data or "")
        except ValueError:
            raise ValidationError(f"{self.label.text}: enter a number like 61.5") from None


class MeasureForm(Form):
    title = GuardedText(
        "What is measured?",
        max_length=LONGEST_TITLE,
        required="Say what is measured",
        hint="For example: “Share of people who leave reablement without ongoing care”.",
    )
    unit = Select("Counted in", choices=list(UNITS.items()))
    scope = Select("Of whom?", choices=[])
    better = Radios(
        "What is better?",
        choices=[(Better.HIGHER.value, "A higher figure"), (Better.LOWER.value, "A lower figure")],
        required="Say whether a higher or a lower figure is better",
    )
    target = Figure("Target", hint="What it should reach in the end. Leave it empty if there is none.")
    source = GuardedText(
        "Source",
        max_length=LONGEST_SOURCE,
        required="Say where the figures come from",
        hint="A system, a return or a report, and its date. For example: “Performance report, October 2026”.",
    )

    def __init__(self, words: Vocabulary, measure: Measure | None = None, **kwargs: Any) -> None:
        known: dict[str, Any] = {}
        if measure:
            known = {name: getattr(measure, name) for name in ("title", "unit", "scope", "source")}
            known |= {"better": measure.better.value, "target": plain(measure.target)}
        super().__init__(data=known, **kwargs)
        scopes = measures_file.scopes(words)
        if measure:
            scopes.setdefault(measure.scope, measure.scope)  # content may have dropped it
        self.scope.choices = list(scopes.items())

    def measure_fields(self) -> MeasureFields:
        """What was sent. Only for a form that is valid."""
        assert self.title.clean is not None
        return MeasureFields(
            title=str(self.title.clean),
            unit=self.unit.data or "",
            source=str(self.source.clean or ""),
            better=Better(self.better.data),
            scope=self.scope.data,
            target=self.target.value,
        )


class PointForm(Form):
    month = Text(
        "Month",
        max_length=7,
        required="Enter the month like 2026-04",
        params={"type": "month", "placeholder": "2026-04", "classes": "govuk-input--width-10"},
    )
    figure = Figure("Figure")
    trajectory = Figure("Trajectory", hint="What was planned for this month.")

    def validate_month(self, field: Text) -> None:
        if self.day is None:
            raise ValidationError("Month: enter it like 2026-04")

    @property
    def day(self) -> date | None:
        return measures_file.month_of(self.month.data or "")

    def point(self) -> Point:
        """What was sent. Only for a form that is valid."""
        assert self.day is not None
        return Point(self.day, self.figure.value, self.trajectory.value)


class Upload(FileField):
    widget = GovFileInput()


class FileForm(Form):
    file = Upload(
        "CSV file",
        description="UTF-8, 200 kB at the most.",
        render_kw={"params": {"attributes": {"accept": ".csv,text/csv"}}},
    )

    def validate_file(self, field: Upload) -> None:
        if not field.data or not getattr(field.data, "filename", ""):
            raise ValidationError("Choose a file")


def plain(value: float | None) -> str:
    """A figure as it is typed."""
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
