"""Settings from the environment, checked once at the start.

Floor 0: standard library only. Every setting is listed in docs/deploying.md.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


class SettingsError(Exception):
    """A setting is missing or wrong. The message is one sentence that names it."""


@dataclass(frozen=True)
class Settings:
    """What a deployment decides. Built by `load`; tests build it directly.

    Durations are in minutes. Paths are absolute.
    """

    secret_key: str
    database_url: str = f"sqlite:///{ROOT / 'instance' / 'signpost.db'}"
    content_dir: Path = ROOT / "content"
    index_dir: Path = ROOT / "search_index"
    demo: bool = False
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0  # how many reverse proxies of ours stand in front and add X-Forwarded-For
    https: bool = True  # cookies only over https; off in demo, which is loopback only
    edit_url: str = ""
    map_tiles: str = ""
    idle_minutes: int = 30
    session_minutes: int = 12 * 60
    watch_content: bool = False  # recompile when a content file changes: demo and `signpost serve`
    extra: Mapping[str, str] = field(default_factory=dict)


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `environ` (the process's own by default).

    Raises SettingsError, naming the setting, where one is missing or makes no sense.
    """
    env = os.environ if environ is None else environ
    demo = _flag(env, "SIGNPOST_DEMO")
    return Settings(
        secret_key=_secret_key(env, demo),
        database_url=_database_url(env),
        content_dir=_folder(env, "SIGNPOST_CONTENT_DIR", ROOT / "content", must_exist=True),
        index_dir=_folder(env, "SIGNPOST_INDEX_DIR", ROOT / "search_index"),
        demo=demo,
        trusted_hosts=_trusted_hosts(env, demo),
        proxies=_count(env, "SIGNPOST_PROXIES", 0),
        https=not demo,
        edit_url=_edit_url(env),
        map_tiles=env.get("SIGNPOST_MAP_TILES", ""),
        idle_minutes=_count(env, "SIGNPOST_IDLE_MINUTES", 30, least=1),
        session_minutes=_count(env, "SIGNPOST_SESSION_MINUTES", 12 * 60, least=1),
        watch_content=demo,
    )


def _secret_key(env: Mapping[str, str], demo: bool) -> str:
    key = env.get("SIGNPOST_SECRET_KEY", "")
    if not key and demo:
        return _demo_key()
    if not key:
        raise SettingsError("SIGNPOST_SECRET_KEY is missing: set it to a random text of 32 characters or more.")
    if len(key) < 32:
        raise SettingsError("SIGNPOST_SECRET_KEY is too short: use a random text of 32 characters or more.")
    return key


def _demo_key() -> str:
    """A key made once for this checkout, so that a restart of the demonstration keeps people signed in."""
    path = ROOT / "instance" / "demo-key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.write_text(secrets.token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text().strip()


def _database_url(env: Mapping[str, str]) -> str:
    url = env.get("DATABASE_URL", "") or Settings.database_url
    # Hosts hand out the old spelling, which SQLAlchemy no longer takes.
    for old in ("postgres://", "postgresql://"):
        if url.startswith(old):
            url = "postgresql+psycopg://" + url.removeprefix(old)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError("DATABASE_URL is not one we know: use sqlite:///… or postgresql://….")
    return url


def _folder(env: Mapping[str, str], name: str, default: Path, must_exist: bool = False) -> Path:
    path = Path(env.get(name, "") or default).expanduser().absolute()
    if must_exist and not path.is_dir():
        raise SettingsError(f"{name} names {path}, which is not a folder.")
    return path


def _trusted_hosts(env: Mapping[str, str], demo: bool) -> tuple[str, ...]:
    hosts = tuple(h.strip() for h in env.get("SIGNPOST_TRUSTED_HOSTS", "").split(",") if h.strip())
    if demo:
        return (*hosts, "127.0.0.1", "localhost", "[::1]")
    if not hosts:
        raise SettingsError("SIGNPOST_TRUSTED_HOSTS is missing: list the host names this site answers to.")
    return hosts


def _edit_url(env: Mapping[str, str]) -> str:
    url = env.get("SIGNPOST_EDIT_URL", "")
    if url and ("{path}" not in url or urlsplit(url).scheme not in {"http", "https"}):
        raise SettingsError("SIGNPOST_EDIT_URL must be a web address that contains {path}.")
    return url


def _flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").strip().lower()
    if value not in TRUE | FALSE:
        raise SettingsError(f"{name} is {env[name]!r}: use 1 or 0.")
    return value in TRUE


def _count(env: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    value = env.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or int(value) < least:
        raise SettingsError(f"{name} is {value!r}: use a whole number, {least} or more.")
    return int(value)
