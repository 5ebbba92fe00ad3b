import hashlib
import hmac
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.syncing.remote import Editor
from webapp.config.settings import Settings
from webapp.library.generation.reader import Generation, Reader
from webapp.library.syncing import following

HOOK_SECRET = "only the git host and we know this"
BODY = b'{"ref": "refs/heads/main"}'


def signature(body: bytes = BODY, secret: str = HOOK_SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    """A remote with a first commit of three listings, and the editor who pushes to it."""
    editor = Editor(tmp_path)
    editor.push("Begin", day="2026-03-03")
    return editor


@pytest.fixture
def served_from(tmp_path: Path) -> Path:
    return tmp_path / "search_index"


@pytest.fixture
def sync(editor: Editor, served_from: Path) -> Callable[[], following.Synced]:
    """Follow the editor's remote once."""
    return lambda: following.sync(editor.remote, served_from)


@pytest.fixture
def live(served_from: Path) -> Callable[[], Generation]:
    """What readers are served now."""
    return Reader(served_from).current


@pytest.fixture
def settings(settings: Settings, editor: Editor, served_from: Path) -> Settings:
    return replace(
        settings,
        index_dir=served_from,
        content_remote=editor.remote,
        hook_secret=HOOK_SECRET,
        edit_url="https://git.example/edit/{path}",
    )


@pytest.fixture
def app(app: Flask, settings: Settings) -> Flask:
    """A site that follows the editor's remote and serves its first commit."""
    assert settings.content_remote
    following.sync(settings.content_remote, settings.index_dir)
    return app


@pytest.fixture
def tell(app: Flask) -> Callable[..., TestResponse]:
    """Send what a git host sends, from no browser."""

    def send(signed: str | None = None, body: bytes = BODY) -> TestResponse:
        headers = {"X-Hub-Signature-256": signature(body) if signed is None else signed}
        return app.test_client().post(
            "/hooks/content", data=body, headers=headers if signed != "" else {}, content_type="application/json"
        )

    return send
