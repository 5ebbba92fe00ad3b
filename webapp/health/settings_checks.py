"""What is wrong with the settings: what stops the start, and what starts and yet does not do what was meant."""

import difflib
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from webapp.config import settings as config
from webapp.config.identity_provider import LOOPBACK
from webapp.config.settings import Settings, SettingsError
from webapp.health.finding import Finding, Patient, fault, fine, notice

ABOUT = "Settings"
KEY_ABOUT = "Secret key"
MOST_PROXIES = 3
DIFFERENT_CHARACTERS = 10  # 32 random hexadecimal digits have 14 as a rule, random letters twice that
SAMPLES = ("changeme", "change-me", "secret", "password", "example", "development", "0123456789", "abcdefghij")


class _Asked(Mapping[str, str]):
    """An environment that remembers which settings were asked for."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ, self.names = environ, set[str]()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self._environ[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._environ)

    def __len__(self) -> int:
        return len(self._environ)


def read(environ: Mapping[str, str]) -> tuple[Settings | None, list[Finding]]:
    """The settings of `environ`, None where they stop the start, and what is to be said of their names."""
    asked = _Asked(environ)
    said = list(_badly_written(environ))
    try:
        settings = config.load(asked)
    except SettingsError as wrong:
        todo = "Set it right: docs/deploying.md lists every setting. Then look again, for the rest needs them."
        return None, [fault(ABOUT, str(wrong), todo), *said]
    return settings, [*said, *_without_effect(environ, asked.names)]


def _badly_written(environ: Mapping[str, str]) -> Iterator[Finding]:
    for name, value in sorted(environ.items()):
        if not name.startswith("SIGNPOST_") and name != "DATABASE_URL":
            continue
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            todo = "Take the quotes away: not everything that reads a file of settings does so by itself."
            yield fault(ABOUT, f"The value of {name} is in quotes, which are taken for a part of it.", todo)
        elif value != value.strip():
            todo = "Take it away: another process may be given the value without it."
            yield notice(ABOUT, f"The value of {name} begins or ends with a space or a line end.", todo)
        elif _is_relative(name, value):
            todo = f"Write the whole path, from {'sqlite:////' if name == 'DATABASE_URL' else '/'} on."
            said = f"{name} names a place that depends on the folder in which a process is started."
            yield notice(ABOUT, said, todo)


def _is_relative(name: str, value: str) -> bool:
    if name == "DATABASE_URL":
        return value.startswith("sqlite:///") and not value.startswith("sqlite:////")
    return name.endswith("_DIR") and bool(value) and not value.startswith(("/", "~"))


def _without_effect(environ: Mapping[str, str], known: set[str]) -> Iterator[Finding]:
    ours = (name for name, value in sorted(environ.items()) if name.startswith("SIGNPOST_") and value.strip())
    for name in ours:
        if name in known:
            continue
        near = difflib.get_close_matches(name, known, 1, 0.8)
        todo = f"Did you mean {near[0]}?" if near else "Take it away, or set what it belongs to: see docs/deploying.md."
        yield notice(ABOUT, f"{name} is set, and nothing reads it.", todo)


def consistency(at: Patient) -> Iterator[Finding]:
    """Settings that are right each on its own, and not together."""
    settings = at.settings
    host = urlsplit(settings.base_url).hostname
    before = settings.trusted_hosts
    if settings.demo:
        todo = "Never let others reach it. For a real site take SIGNPOST_DEMO away."
        say = fault if host and host not in LOOPBACK else notice
        yield say(ABOUT, "This is the demonstration: its passwords are on its first page.", todo)
    elif not settings.proxies:
        todo = "Set SIGNPOST_PROXIES=1 where a reverse proxy stands in front: docs/proxy.md."
        yield notice(ABOUT, "No proxy is counted: all who come through one are taken for one address.", todo)
    elif settings.proxies > MOST_PROXIES:
        todo = "Count those alone that add an address to X-Forwarded-For: docs/proxy.md."
        said = f"{settings.proxies} proxies are counted. With too many, people choose the address that they count as."
        yield notice(ABOUT, said, todo)
    if settings.idle_minutes > settings.session_minutes:
        todo = "Set it lower than SIGNPOST_SESSION_MINUTES, after which everybody signs in again."
        yield notice(ABOUT, "SIGNPOST_IDLE_MINUTES never counts.", todo)
    if host and host not in before and not any(name.startswith(".") and host.endswith(name) for name in before):
        todo = f"Add {host} to SIGNPOST_TRUSTED_HOSTS."
        yield fault(ABOUT, f"Links in mail lead to {host}, and the site does not answer to that name.", todo)
    elif not settings.demo:
        yield fine(ABOUT, f"The settings can be read; the site answers to {', '.join(before)}.")


def secret_key(at: Patient) -> Iterator[Finding]:
    """Whether the key can be guessed."""
    key = at.settings.secret_key
    if len(set(key)) < DIFFERENT_CHARACTERS or any(sample in key.lower() for sample in SAMPLES):
        todo = "Set SIGNPOST_SECRET_KEY to a random text, as docs/deploying.md shows. Everybody signs in again."
        yield fault(KEY_ABOUT, "The secret key looks like words or a pattern, so it may be guessed.", todo)
    else:
        yield fine(KEY_ABOUT, f"The secret key is {len(key)} characters long and looks random.")
