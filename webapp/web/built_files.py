"""Style sheets, scripts and pictures: served from webapp/static with names that change when they do.

tools/build_assets.mjs writes the folder and its manifest, which maps `app.css` to `dist/app-3F2K….css`.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from wsgiref.headers import Headers

from flask import Flask, current_app
from whitenoise import WhiteNoise

from webapp.config.settings import ROOT

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FOLDER = ROOT / "webapp" / "static"
PREFIX = "/static"
HASHED = re.compile(r"^/static/dist/([a-z_-]+)-[A-Z0-9]{8}\.([a-z]+)$")
NEVER_OF_ANOTHER = {"cache-control", "etag", "last-modified"}


class Files(WhiteNoise):
    """WhiteNoise keeps what never changes for ten years; one is what caches honour.

    While a new version is brought in, a page of one version asks a process of the other for its files. It gets what
    that process has by the name, which is better than no style sheet, and which nobody may keep.
    """

    FOREVER = 365 * 24 * 60 * 60
    built: Callable[[str], str]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        instead = None if path in self.files else self._of_another_version(path)
        if instead is None:
            return super().__call__(environ, start_response)

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            kept = [header for header in headers if header[0].lower() not in NEVER_OF_ANOTHER]
            return start_response(status, [*kept, ("Cache-Control", "no-store")], exc_info)

        return self.serve(instead, environ, start)

    def _of_another_version(self, path: str) -> Any:
        named = HASHED.match(path)
        try:
            return self.files.get(self.built(f"{named[1]}.{named[2]}")) if named else None
        except KeyError:
            return None


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
    site = Files(
        app.wsgi_app,
        root=folder,
        prefix=PREFIX,
        autorefresh=watch,
        max_age=3600,
        allow_all_origins=False,
        immutable_file_test=HASHED.pattern,
        add_headers_function=add_headers,
    )
    site.built = manifest.url
    app.wsgi_app = site  # type: ignore[method-assign]


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
