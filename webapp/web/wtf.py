"""Flask-WTF as this site uses it: without Babel.

It would load Babel into every process, to translate forms into languages that we do not have. Where its translations
cannot be imported it leaves the texts of a form as they are, which is what it does without Flask-Babel in any case.
Babel takes 5 MB of each worker, and a worker needs it for packs in other languages alone.
"""

import sys

sys.modules.setdefault("flask_wtf.i18n", None)  # type: ignore[arg-type] # how Python is told that there is no such module

from flask_wtf import CSRFProtect, FlaskForm  # noqa: E402
from flask_wtf.csrf import CSRFError, generate_csrf  # noqa: E402
from flask_wtf.file import FileField  # noqa: E402
from flask_wtf.form import _Auto as Auto  # noqa: E402

__all__ = ["Auto", "CSRFError", "CSRFProtect", "FileField", "FlaskForm", "generate_csrf"]
