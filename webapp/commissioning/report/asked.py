"""What every page of figures reads from its address, and the words it is shown with."""

from typing import Any

from flask import request

from webapp.commissioning.report.scope import Scope
from webapp.db.engine import now as moment
from webapp.english.dates import day_of
from webapp.web import current


def scope() -> Scope:
    """The gaps and days that the address asks for."""
    return Scope.from_args(request.args, current.content().vocabulary, day_of(moment()))


def words() -> dict[str, Any]:
    """For the templates: labels, and what a scope may be narrowed to."""
    vocabulary = current.content().vocabulary
    return {
        "label": vocabulary.label,
        "localities": vocabulary.localities,
        "audience_terms": vocabulary.terms("audiences"),
    }
