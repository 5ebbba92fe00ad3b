"""A wrong or missing setting of mail stops the start with one sentence that names it."""

import pytest

from tests.messages.conftest import NOTIFY_KEY, TEMPLATE
from webapp.config import settings as config
from webapp.config.settings import Notify, SettingsError, Smtp

BASE = {"SIGNPOST_SECRET_KEY": "k" * 40, "SIGNPOST_TRUSTED_HOSTS": "signpost.example"}
HERE = {"SIGNPOST_BASE_URL": "https://signpost.example/"}
FROM = {"SIGNPOST_MAIL_FROM": "Signpost <signpost@council.example>"}
NOTIFY = {"SIGNPOST_NOTIFY_API_KEY": NOTIFY_KEY, "SIGNPOST_NOTIFY_TEMPLATE_ID": TEMPLATE}


def load(**env: str) -> config.Settings:
    return config.load({**BASE, **env})


def test_without_any_there_is_no_mail() -> None:
    assert load().mail is None


def test_smtp() -> None:
    url = "smtp://signpost:p%40ss@mail.council.example"
    settings = load(SIGNPOST_SMTP_URL=url, **HERE, **FROM)
    sender = FROM["SIGNPOST_MAIL_FROM"]
    assert settings.mail == Smtp(sender, "mail.council.example", 587, "starttls", "signpost", "p@ss")
    assert settings.base_url == "https://signpost.example"
    assert "p@ss" not in repr(settings)
    implicit = load(SIGNPOST_SMTP_URL="smtps://mail.council.example", **HERE, **FROM).mail
    assert implicit == Smtp(sender, "mail.council.example", 465, "implicit")
    plain = load(SIGNPOST_SMTP_URL="smtp://localhost:2525?tls=none", **HERE, **FROM).mail
    assert plain == Smtp(sender, "localhost", 2525, "none")


def test_notify_goes_before_smtp() -> None:
    settings = load(SIGNPOST_SMTP_URL="smtp://localhost", **NOTIFY, **HERE)
    assert settings.mail == Notify(NOTIFY_KEY, TEMPLATE)
    assert NOTIFY_KEY not in repr(settings)


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"SIGNPOST_SMTP_URL": "smtp://localhost", **FROM}, "SIGNPOST_BASE_URL"),
        ({"SIGNPOST_SMTP_URL": "smtp://localhost", **HERE}, "SIGNPOST_MAIL_FROM"),
        ({"SIGNPOST_SMTP_URL": "smtp://localhost", **HERE, "SIGNPOST_MAIL_FROM": "me"}, "SIGNPOST_MAIL_FROM"),
        ({"SIGNPOST_SMTP_URL": "http://localhost", **HERE, **FROM}, "SIGNPOST_SMTP_URL"),
        ({"SIGNPOST_SMTP_URL": "smtp://localhost:x", **HERE, **FROM}, "SIGNPOST_SMTP_URL"),
        ({"SIGNPOST_SMTP_URL": "smtp://localhost?tls=maybe", **HERE, **FROM}, "SIGNPOST_SMTP_URL"),
        ({"SIGNPOST_SMTP_URL": "smtp://u:p@mail.example?tls=none", **HERE, **FROM}, "SIGNPOST_SMTP_URL"),
        ({**NOTIFY}, "SIGNPOST_BASE_URL"),
        ({**NOTIFY, **HERE, "SIGNPOST_NOTIFY_API_KEY": "short"}, "SIGNPOST_NOTIFY_API_KEY"),
        ({**NOTIFY, **HERE, "SIGNPOST_NOTIFY_TEMPLATE_ID": ""}, "SIGNPOST_NOTIFY_TEMPLATE_ID"),
        ({**NOTIFY, **HERE, "SIGNPOST_NOTIFY_URL": "ftp://x"}, "SIGNPOST_NOTIFY_URL"),
        ({"SIGNPOST_BASE_URL": "signpost.example"}, "SIGNPOST_BASE_URL"),
        ({"SIGNPOST_BASE_URL": "http://signpost.example"}, "SIGNPOST_BASE_URL"),
        ({"SIGNPOST_BASE_URL": "https://signpost.example/here"}, "SIGNPOST_BASE_URL"),
        ({"SIGNPOST_BASE_URL": "https://signpost.example:x"}, "SIGNPOST_BASE_URL"),
    ],
)
def test_what_is_wrong_is_named(env: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as fault:
        load(**env)
    assert str(fault.value).endswith(".")
    assert "\n" not in str(fault.value)
