"""A site over content of its own, which sends its mail to a server of the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask

from tests.support.corpus import Corpus
from tests.support.mail import MailServer
from webapp.app import create_app
from webapp.config.settings import Settings, Smtp
from webapp.db.engine import db


@contextmanager
def that_sends_mail(settings: Settings, corpus: Corpus, mail_server: MailServer, folder: Path) -> Iterator[Flask]:
    smtp = Smtp("Signpost <signpost@council.example>", "127.0.0.1", mail_server.port, tls="none")
    more = {"mail": smtp, "base_url": "https://signpost.example", "state_dir": folder / "state"}
    made = create_app(replace(settings, index_dir=corpus.index_dir, **more))
    made.testing = True
    yield made
    with made.app_context():
        db.engine.dispose()
