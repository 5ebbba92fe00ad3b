"""Style sheets, scripts and pictures: served from webapp/static with names that change when they do.

tools/build_assets.mjs writes the folder and its manifest, which maps `app.css` to `dist/app-3F2K….css`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast
from wsgiref.headers import Headers

from flask import Flask, current_app
from whitenoise import WhiteNoise

from webapp.config import ROOT

FOLDER = ROOT / "webapp" / "static"
PREFIX = "/static"
HASHED = r"^/static/dist/[a-z-]+-[A-Z0-9]{8}\.[a-z]+$"


class OneYear(WhiteNoise):
    """WhiteNoise keeps what never changes for ten years; one is what caches honour."""

    FOREVER = 365 * 24 * 60 * 60


def init_app(app: Flask, headers: Mapping[str, str], folder: Path = FOLDER, watch: bool = False) -> None:
    """Serve `folder` under /static, with `headers`, and give templates `asset_url`.

    With `watch`, notice files that are built again.

    Raises RuntimeError where the files have not been built.
    """
    manifest = app.extensions["signpost.assets"] = AssetManifest(folder / "manifest.json", watch)

    def add_headers(to: Headers, path: str, url: str) -> None:
        for name, value in headers.items():
            to[name] = value

    app.jinja_env.globals["asset_url"] = manifest.url
    app.wsgi_app = OneYear(  # type: ignore[method-assign]
        app.wsgi_app,
        root=folder,
        prefix=PREFIX,
        autorefresh=watch,
        max_age=3600,
        allow_all_origins=False,
        immutable_file_test=HASHED,
        add_headers_function=add_headers,
    )


def url(name: str) -> str:
    """The address of the built file `name`, as templates have it from `asset_url`. Raises KeyError."""
    return _manifest().url(name)


def file(name: str) -> Path:
    """Where the built file `name` lies. Raises KeyError."""
    return _manifest().file(name)


def _manifest() -> "AssetManifest":
    return cast(AssetManifest, current_app.extensions["signpost.assets"])


class AssetManifest:
    """The addresses of the built files."""

    def __init__(self, path: Path, watch: bool) -> None:
        self._path = path
        self._watch = watch
        self._read_at = 0
        self._names: dict[str, str] = {}
        self._read()

    def url(self, name: str) -> str:
        """The address of `name`, such as `app.css`. Raises KeyError where no such file was built."""
        return f"{PREFIX}/{self._built(name)}"

    def file(self, name: str) -> Path:
        """Where `name` lies. Raises KeyError where no such file was built."""
        return self._path.parent / self._built(name)

    def _built(self, name: str) -> str:
        if self._watch and self._path.stat().st_mtime_ns != self._read_at:
            self._read()
        return self._names[name]

    def _read(self) -> None:
        try:
            self._names = json.loads(self._path.read_text())
        except FileNotFoundError:
            raise RuntimeError("The style sheet and scripts are not built: run `make assets`.") from None
        self._read_at = self._path.stat().st_mtime_ns
