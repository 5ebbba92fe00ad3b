"""Flask-WTF as this site uses it: without Babel, and with what was sent as a form alone.

It would load Babel into every process, to translate forms into languages that we do not have. Where its translations
cannot be imported it leaves the texts of a form as they are, which is what it does without Flask-Babel in any case.
Babel takes 5 MB of each worker, and a worker needs it for packs in other languages alone.
"""

import sys
from typing import Any

from flask import request
from werkzeug.datastructures import CombinedMultiDict, MultiDict

sys.modules.setdefault("flask_wtf.i18n", None)  # type: ignore[arg-type] # how Python is told that there is no such module

import flask_wtf  # noqa: E402
from flask_wtf import CSRFProtect  # noqa: E402
from flask_wtf.csrf import CSRFError, generate_csrf  # noqa: E402
from flask_wtf.file import FileField  # noqa: E402
from flask_wtf.form import _Auto as Auto  # noqa: E402


class FlaskForm(flask_wtf.FlaskForm):
    """A form whose fields hold words, and a file only where one is asked for.

    Flask-WTF also takes JSON, numbers and lists in it, and puts a file that was sent under the name of any field there.
    """

    class Meta(flask_wtf.FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            if formdata is not Auto:
                return formdata
            if not form.is_submitted() or not (request.form or request.files):
                return None
            asked = [field.name for field in form if isinstance(field, FileField)]
            files = MultiDict((name, file) for name in asked for file in request.files.getlist(name))
            # The form itself, not a copy of it: tests note what is looked for there.
            return CombinedMultiDict([files, request.form]) if asked else request.form


__all__ = ["Auto", "CSRFError", "CSRFProtect", "FileField", "FlaskForm", "generate_csrf"]
