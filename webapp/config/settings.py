"""Settings from the environment, checked once at the start.

Floor 0: standard library only. Every setting is listed in docs/deploying.md.
"""

import ipaddress
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from webapp.config import breached_passwords, identity_provider, mail_transport, observability
from webapp.config.identity_provider import LOOPBACK, IdentityProvider
from webapp.config.mail_transport import Notify, Smtp
from webapp.config.observability import Observability

ROOT = Path(__file__).resolve().parent.parent.parent
TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}
LONGEST_OFFLINE = 14  # days
A_YEAR = 366 * 24 * 60  # minutes
Read = TypeVar("Read")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# Plain http is not among them: whoever stands between could change what everybody reads.
REMOTE = re.compile(r"(https|ssh)://[^\s/-][^\s]*|file:///[^\s]+|/[^\n\r\0]+|[A-Za-z0-9_.][\w.-]*@[\w.-]+:[^\s-][^\s]*")
BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./+-]*")
FOLDER = re.compile(r"[\w. /-]*")
HOST = re.compile(r"\.?[\w-]+(\.[\w-]+)*|\[[0-9a-fA-F:]+\]")


class SettingsError(Exception):
    """A setting is missing or wrong. The message is one sentence that names it."""


@dataclass(frozen=True)
class ContentRemote:
    """The git repository and branch that the content follows. `folder` holds it; None: `content` where there is one."""

    address: str = field(repr=False)  # it may hold a token
    branch: str = "main"
    folder: str | None = None


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
    map_tiles: str = ""  # an address: a PMTiles file, or pictures by {z}/{x}/{y}
    map_tiles_file: Path | None = None  # a PMTiles file of ours, which we serve ourselves
    idle_minutes: int = 30
    session_minutes: int = 12 * 60
    codes_for_all: bool = False  # a password alone lets nobody do anything but set up codes from a phone
    breached_passwords: Path | None = None  # a file with which new passwords are compared
    offline_days: int = 7  # how long a device keeps pages for visits without a signal; 0: no device keeps any
    watch_content: bool = False  # recompile when a content file changes: demo and `signpost serve`
    base_url: str = ""  # https://signpost.council.example, without a slash: for links in mail and feeds
    mail: Notify | Smtp | None = None  # None: messages stay in the product
    preview: bool = False  # `signpost serve` for who writes: drafts shown, faults on the page, pages reload themselves
    state_dir: Path = ROOT / "instance"  # small files that outlive the process, on this machine's own disk
    content_remote: ContentRemote | None = None  # None: content_dir is served
    hook_secret: str = field(default="", repr=False)
    observability: Observability = field(default_factory=Observability)  # log, metrics, slow work, traces
    sync_seconds: int = 60
    feed_networks: tuple[Network, ...] = ()  # private networks in which feeds may be read; no other one is asked
    push_proposals: bool = False  # branches with what feeds change are pushed to content_remote
    single_sign_on: IdentityProvider | None = None  # None: people sign in with an e-mail address and a password
    edits: str = "branch"  # where what is edited in a browser goes: a branch of its own, main (what readers see), off
    open_referral: bool = False  # the directory's open data is served at /open-referral/v3/
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def local_sign_in(self) -> bool:
        """Whether passwords that are kept here let anybody in."""
        return self.single_sign_on is None or not self.single_sign_on.only


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `environ` (the process's own by default).

    Raises SettingsError, naming the setting, where one is missing or makes no sense.
    """
    env = os.environ if environ is None else environ
    demo = _flag(env, "SIGNPOST_DEMO")
    base_url, mail = site_address(env), _mail(env)
    map_tiles, map_tiles_file = _map_tiles(env)
    if mail and not base_url:
        raise SettingsError("SIGNPOST_BASE_URL is missing: mail needs the address of this site for its links.")
    remote = content_remote(env)
    return Settings(
        secret_key=_secret_key(env, demo),
        database_url=_database_url(env),
        content_dir=_folder(env, "SIGNPOST_CONTENT_DIR", ROOT / "content", must_exist=True),
        index_dir=_folder(env, "SIGNPOST_INDEX_DIR", ROOT / "search_index"),
        demo=demo,
        trusted_hosts=_trusted_hosts(env, demo),
        proxies=_count(env, "SIGNPOST_PROXIES", 0, most=9),
        https=not demo,
        edit_url=_edit_url(env),
        map_tiles=map_tiles,
        map_tiles_file=map_tiles_file,
        idle_minutes=_count(env, "SIGNPOST_IDLE_MINUTES", 30, least=1, most=A_YEAR),
        session_minutes=_count(env, "SIGNPOST_SESSION_MINUTES", 12 * 60, least=1, most=A_YEAR),
        codes_for_all=_flag(env, "SIGNPOST_CODES_FOR_ALL"),
        breached_passwords=_read(lambda: breached_passwords.read(env)),
        offline_days=_count(env, "SIGNPOST_OFFLINE_DAYS", 7, most=LONGEST_OFFLINE),
        watch_content=demo,
        base_url=base_url,
        mail=mail,
        state_dir=_folder(env, "SIGNPOST_STATE_DIR", Settings.state_dir),
        content_remote=remote,
        hook_secret=_hook_secret(env, remote),
        observability=_observability(env),
        sync_seconds=_count(env, "SIGNPOST_SYNC_SECONDS", 60, least=5, most=24 * 3600),
        feed_networks=feed_networks(env),
        push_proposals=push_proposals(env, remote),
        edits=_edits(env, remote),
        open_referral=publishes(env),
        single_sign_on=_read(lambda: identity_provider.read(env, base_url, only=_flag(env, "SIGNPOST_OIDC_ONLY"))),
    )


def _read(part: Callable[[], Read]) -> Read:
    """What `part` reads of the settings; its sentence about one that is wrong, as ours."""
    try:
        return part()
    except ValueError as wrong:
        raise SettingsError(str(wrong)) from None


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
    if not url.startswith("sqlite"):
        _check_server(url)
    return url


def _check_server(url: str) -> None:
    """Without this, a part of the password would be taken for the server's name, and shown."""
    try:
        parts = urlsplit(url)
        readable = parts.netloc.count("@") <= 1 and (parts.port or True)
    except ValueError:
        readable = False
    if not readable:
        raise SettingsError(
            "DATABASE_URL cannot be read: write @ : / # in its password as %40 %3A %2F %23, and the port as a number."
        )


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
    if wrong := [host for host in hosts if not HOST.fullmatch(host)]:
        raise SettingsError(
            f"SIGNPOST_TRUSTED_HOSTS has {wrong[0]!r}: list host names alone, without https://, port, quotes or *."
        )
    return hosts


def _edit_url(env: Mapping[str, str]) -> str:
    url = env.get("SIGNPOST_EDIT_URL", "")
    if url and ("{path}" not in url or not _is_web(url)):
        raise SettingsError("SIGNPOST_EDIT_URL must be a web address that contains {path}.")
    return url


def _map_tiles(env: Mapping[str, str]) -> tuple[str, Path | None]:
    """An address, or the file that a path names."""
    value = env.get("SIGNPOST_MAP_TILES", "").strip()
    if not value:
        return "", None
    if "://" in value:
        address = value.replace("{s}", "s")
        if not _is_web(address) or not ("{z}" in address or urlsplit(address).path.endswith(".pmtiles")):
            raise SettingsError(
                "SIGNPOST_MAP_TILES must be a PMTiles file, its address, or like https://tiles.example/{z}/{x}/{y}.png."
            )
        return value, None
    path = Path(value).absolute()
    try:
        with path.open("rb") as file:
            begins = file.read(8)
    except (OSError, ValueError):
        raise SettingsError(f"SIGNPOST_MAP_TILES names {path}, which is no file that can be read.") from None
    if begins != b"PMTiles\3":
        raise SettingsError(f"SIGNPOST_MAP_TILES names {path}, which is no PMTiles file of version 3.")
    return "", path


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def content_remote(env: Mapping[str, str]) -> ContentRemote | None:
    """The repository that the content follows, or None. Raises SettingsError."""
    address, branch = env.get("SIGNPOST_CONTENT_REMOTE", "").strip(), env.get("SIGNPOST_CONTENT_BRANCH", "").strip()
    folder = env.get("SIGNPOST_CONTENT_FOLDER", "").strip().strip("/")
    if not address:
        return None
    if not REMOTE.fullmatch(address):
        raise SettingsError("SIGNPOST_CONTENT_REMOTE must be a git address by https or ssh, or an absolute path.")
    if branch and (not BRANCH.fullmatch(branch) or ".." in branch or branch.endswith((".lock", "/", "."))):
        raise SettingsError(f"SIGNPOST_CONTENT_BRANCH is {branch!r}, which cannot be the name of a branch.")
    if not FOLDER.fullmatch(folder) or {"..", ".git"} & set(folder.lower().split("/")):
        raise SettingsError(f"SIGNPOST_CONTENT_FOLDER is {folder!r}: name a folder of the repository, or . for all.")
    chosen = None if not folder else "" if folder == "." else folder.removeprefix("./")
    return ContentRemote(address, branch or "main", chosen)


def feed_networks(env: Mapping[str, str]) -> tuple[Network, ...]:
    """The private networks and addresses from which feeds may be read. Raises SettingsError."""
    given = env.get("SIGNPOST_FEED_NETWORKS", "")
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in given.split(",") if part.strip())
    except ValueError:
        raise SettingsError(f"SIGNPOST_FEED_NETWORKS is {given!r}: use networks, as in 10.20.0.0/16.") from None


def push_proposals(env: Mapping[str, str], remote: ContentRemote | None) -> bool:
    """Whether branches with what feeds change are pushed to `remote`. Raises SettingsError."""
    push = _flag(env, "SIGNPOST_PUSH_PROPOSALS")
    if push and remote is None:
        raise SettingsError("SIGNPOST_PUSH_PROPOSALS is set, but SIGNPOST_CONTENT_REMOTE does not say where to.")
    return push


def _edits(env: Mapping[str, str], remote: ContentRemote | None) -> str:
    where = env.get("SIGNPOST_EDITS", "").strip().lower() or Settings.edits
    if where not in {"branch", "main", "off"} or (where == "main" and remote is None):
        raise SettingsError(f"SIGNPOST_EDITS is {where!r}: use branch, off, or with SIGNPOST_CONTENT_REMOTE main.")
    return where


def _hook_secret(env: Mapping[str, str], remote: ContentRemote | None) -> str:
    secret = env.get("SIGNPOST_HOOK_SECRET", "").strip()
    if secret and len(secret) < 20:
        raise SettingsError("SIGNPOST_HOOK_SECRET is too short: use a random text of 20 characters or more.")
    if secret and remote is None:
        raise SettingsError("SIGNPOST_HOOK_SECRET is set, but SIGNPOST_CONTENT_REMOTE does not say what to fetch.")
    return secret


def _observability(env: Mapping[str, str]) -> Observability:
    try:
        return observability.read(env)
    except ValueError as wrong:
        raise SettingsError(str(wrong)) from None


def site_address(env: Mapping[str, str]) -> str:
    """This site's own address, without a slash; empty where nobody says it. Raises SettingsError."""
    url = env.get("SIGNPOST_BASE_URL", "").rstrip("/")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        whole = parts.scheme and parts.hostname and (parts.port or True)
    except ValueError:
        whole = None
    if not whole or url != f"{parts.scheme}://{parts.netloc}" or "@" in url:
        raise SettingsError("SIGNPOST_BASE_URL must be the address of this site, such as https://signpost.example.")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise SettingsError("SIGNPOST_BASE_URL must begin with https://.")
    return url


def _mail(env: Mapping[str, str]) -> Notify | Smtp | None:
    try:
        return mail_transport.read(env)
    except ValueError as wrong:
        raise SettingsError(str(wrong)) from None


def publishes(env: Mapping[str, str]) -> bool:
    """Whether the directory's open data is served. Raises SettingsError."""
    return _flag(env, "SIGNPOST_OPEN_REFERRAL")


def _flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").strip().lower()
    if value not in TRUE | FALSE:
        raise SettingsError(f"{name} is {env[name]!r}: use 1 or 0.")
    return value in TRUE


def _count(env: Mapping[str, str], name: str, default: int, most: int, least: int = 0) -> int:
    value = env.get(name, "").strip() or str(default)
    if value.isdecimal() and len(value) <= len(str(most)) and least <= int(value) <= most:
        return int(value)
    raise SettingsError(f"{name} is {value[:40]!r}: use a whole number, {least} to {most:,}.")
