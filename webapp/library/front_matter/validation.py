"""From a model's complaints to advice with a line: every fault of a file at once."""

import re
import types
import typing
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from webapp.library.front_matter.source import Source
from webapp.library.problems import Problem, did_you_mean

Model = TypeVar("Model", bound=BaseModel)

EMPTY = "this is empty: fill it in or remove the key"
MESSAGES = {
    "bool_type": "use true or false",
    "bool_parsing": "use true or false",
    "list_type": "use a list, as in `[one, two]`",
    "tuple_type": "use a list, as in `[one, two]`",
    "dict_type": "use `key: value` lines",
    "model_type": "use `key: value` lines",
    "string_type": "use text; put it in double quotes if it looks like a number",
    "int_type": "use a whole number",
    "int_parsing": "use a whole number",
    "float_type": "use a number",
    "float_parsing": "use a number",
    "date_parsing": "use a date that exists, as in 2026-10-06",
    "date_from_datetime_parsing": "use a date that exists, as in 2026-10-06",
    "date_from_datetime_inexact": "use a date alone, as in 2026-10-06",
    "date_type": "use a date, as in 2026-10-06",
    "uuid_parsing": "use a UUID, or leave `id` out and one is made from the path",
    "uuid_type": "use a UUID, or leave `id` out and one is made from the path",
    "string_too_short": EMPTY,
    "too_short": "this is empty: write at least one, or remove the key",
    "string_pattern_mismatch": "use lower-case letters, digits and hyphens",
}
DATES = {"date_parsing", "date_from_datetime_parsing"}
DAY_FIRST = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
POINT = {"latitude": "latitudes of the United Kingdom", "longitude": "longitudes of the United Kingdom"}


def problems_of(model: type[Model], source: Source, context: Any = None) -> tuple[Model | None, list[Problem]]:
    """Validate the front matter of `source`; returns the model (None where it has a fault) and every fault.

    `context` is handed to the model's validators (the vocabulary).
    """
    try:
        return model.model_validate(source.front, context=context), []
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=True)
        faults = {_problem(model, source, e) for e in errors if not _follows(e, errors)}
        return None, sorted(faults)


def _follows(error: Any, errors: list[Any]) -> bool:
    """Whether a list is too short only because its items are wrong, which is reported at each item."""
    own = error["loc"]
    return error["type"] == "too_short" and any(
        e["loc"][: len(own)] == own and len(e["loc"]) > len(own) for e in errors
    )


def _problem(model: type[BaseModel], source: Source, error: Any) -> Problem:
    path = tuple(part for part in error["loc"] if not _is_branch(part))
    key = str(path[-1]) if path else ""
    name = next((str(p) for p in reversed(path) if isinstance(p, str)), key)
    kind = error["type"]
    line, column = source.spot(*path, key=kind == "extra_forbidden")
    message = _message(model, error, path, key, name)
    if kind == "string_type" and error.get("input") is None:
        message = f"`{name}`: {EMPTY}"
    return Problem(source.file, line, message, column)


def _message(model: type[BaseModel], error: Any, path: tuple[str | int, ...], key: str, name: str) -> str:
    kind = error["type"]
    if kind == "extra_forbidden":
        near = did_you_mean(key, _fields_at(model, path[:-1])) or ": no page of this kind has it: take it out"
        return f"unknown key `{key}`{near}"
    if kind == "missing":
        advice = _description(model, path)
        parent = f" under `{path[-2]}`" if len(path) > 1 and isinstance(path[-2], str) else ""
        return f"`{key}` is missing{parent}: add it{advice}"
    value = error.get("input")
    shown = f" is `{_short(value)}`" if isinstance(value, str | int | float | bool) else ""
    if kind == "literal_error":
        choices = [c.strip(" '") for c in error["ctx"]["expected"].replace(" or ", ", ").split(",")]
        return f"`{name}`{shown}{did_you_mean(str(value), choices)}"
    if kind == "string_too_long":
        most = error["ctx"]["max_length"]
        return f"`{name}` is {len(str(value))} characters: use {most} or fewer"
    if kind in {"greater_than_equal", "less_than_equal"}:
        return f"`{name}`{shown}: {_range(model, path, value)}"
    if kind in DATES:
        return f"`{name}`{shown}: {_date(str(value))}"
    return f"`{name}`{shown}: {MESSAGES.get(kind, error['msg'])}"


def _range(model: type[BaseModel], path: tuple[str | int, ...], value: Any) -> str:
    """What numbers there may be. A latitude and longitude given the wrong way round are reported as such."""
    name = str(path[-1])
    least, most = _limits(model, path)
    if name in POINT:
        other = "longitude" if name == "latitude" else "latitude"
        low, high = _limits(model, (*path[:-1], other))
        if low <= value <= high:
            return "`latitude` and `longitude` are the wrong way round: change them over"
        return f"{POINT[name]} lie between {least:g} and {most:g}"
    return f"use a number from {least:g} to {most:g}"


def _limits(model: type[BaseModel], path: tuple[str | int, ...]) -> tuple[float, float]:
    """The least and the most that a number at `path` may be."""
    found = _model_at(model, path[:-1])
    field = found.model_fields[str(path[-1])] if found else None
    parts = [field.annotation, *typing.get_args(field.annotation)] if field else []
    rules = [rule for part in parts for info in getattr(part, "__metadata__", ()) for rule in info.metadata]
    rules += field.metadata if field else []
    least = next((rule.ge for rule in rules if hasattr(rule, "ge")), float("-inf"))
    return least, next((rule.le for rule in rules if hasattr(rule, "le")), float("inf"))


def _date(value: str) -> str:
    if ISO_DAY.fullmatch(value.strip()):
        return "use a date that exists, as in 2026-10-06"
    turned = DAY_FIRST.fullmatch(value.strip())
    if not turned:
        return "write the date as in 2026-10-06"
    return f"write the year first, as in {turned[3]}-{int(turned[2]):02d}-{int(turned[1]):02d}"


def _is_branch(part: Any) -> bool:
    """Pydantic names the branch of a union it tried, which the writer never wrote."""
    return isinstance(part, str) and ("[" in part or part in {"str", "function-after", "function-before"})


def _short(value: Any) -> str:
    text = str(value).replace("\n", " ")
    return text if len(text) <= 60 else text[:57] + "…"


def _fields_at(model: type[BaseModel], path: tuple[str | int, ...]) -> set[str]:
    found = _model_at(model, path)
    return set(found.model_fields) if found else set()


def _description(model: type[BaseModel], path: tuple[str | int, ...]) -> str:
    found = _model_at(model, path[:-1])
    field = found.model_fields.get(str(path[-1])) if found else None
    return f", {field.description}" if field and field.description else ""


def _model_at(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel] | None:
    current: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int):
            continue
        field = current.model_fields.get(part) if current else None
        current = _model_in(field.annotation) if field else None
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside `list[Model]`, `Model | None` and the like."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, BaseModel) else None
    return next((m for arg in typing.get_args(annotation) if (m := _model_in(arg))), None)
