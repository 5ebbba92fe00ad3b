"""Git, by its own program: no settings of the machine or the repository act, nothing asks, nothing goes on for ever."""

import base64
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Given to every command. What a committer can write (attributes, links, submodules) must not make git run anything.
SAFE = (
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.symlinks=false",  # a link is written as a small text file, and leads nowhere
    "core.fsmonitor=false",
    "core.autocrlf=false",
    "core.quotePath=false",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "credential.helper=",
    "gc.auto=0",
    "gc.autoDetach=false",
    "maintenance.auto=false",
    "log.showSignature=false",
    "advice.detachedHead=false",
    "http.lowSpeedLimit=100",  # bytes a second, for so many seconds: then the other side has gone
    "http.lowSpeedTime=20",
)
SSH = "ssh -o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=10 -o ServerAliveCountMax=2"
PASSED_ON = ("PATH", "HOME", "SSH_AUTH_SOCK", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO")
PROXIES = ("http_proxy", "https_proxy", "HTTPS_PROXY", "HTTP_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY")
LOOK_EVERY = 0.2  # seconds between looks at how much was fetched


class GitError(Exception):
    """A command failed. `output` is what git wrote to standard error."""

    def __init__(self, output: str) -> None:
        super().__init__(output.strip()[-500:])
        self.output = output


class TooLong(GitError):
    """A command took longer than it may."""


class TooMuch(GitError):
    """A command brought more than it may."""


class Missing(GitError):
    """There is no git on this machine."""


class Git:
    """Git for one repository and its work tree. `held` is an open file whose lock a child must share.

    With `index`, what is staged is kept there and not in the repository's own. A git that outlives us, because we were
    killed, then still holds the lock: nobody works beside it.
    """

    def __init__(
        self, repository: Path, tree: Path, address: str = "", held: int | None = None, index: Path | None = None
    ) -> None:
        self.repository, self.tree, self._address = repository, tree, address
        self._index = {} if index is None else {"GIT_INDEX_FILE": str(index)}
        self._held = () if held is None else (held,)

    def run(self, *args: str, seconds: float = 60, watch: Callable[[], bool] | None = None) -> str:
        """What the command wrote. Raises GitError, TooLong, or TooMuch once `watch` says so."""
        with self._start(args) as process:
            deadline = time.monotonic() + seconds
            while True:
                try:
                    out, err = process.communicate(timeout=min(LOOK_EVERY, seconds) if watch else seconds)
                    break
                except subprocess.TimeoutExpired:
                    over = time.monotonic() >= deadline
                    if over or (watch is not None and watch()):
                        _end(process)
                        raise (TooLong if over else TooMuch)("") from None
        if process.returncode:
            raise GitError((err or b"").decode("utf-8", "replace"))  # of `log`, nobody reads what it says
        return out.decode("utf-8", "surrogateescape")

    def parts(self, *args: str, seconds: float = 30) -> Iterator[str]:
        """What the command writes between NUL characters, as it comes; it is ended when no more is asked for."""
        deadline = time.monotonic() + seconds
        with self._start(args) as process:
            assert process.stdout is not None
            rest = b""
            try:
                while (block := process.stdout.read1(1 << 16)) and time.monotonic() < deadline:  # type: ignore[attr-defined]
                    *whole, rest = (rest + block).split(b"\0")
                    yield from (part.decode("utf-8", "surrogateescape") for part in whole)
                if rest:
                    yield rest.decode("utf-8", "surrogateescape")
            finally:
                _end(process)

    def _start(self, args: tuple[str, ...]) -> "subprocess.Popen[bytes]":
        settings = [word for setting in SAFE for word in ("-c", setting)]
        words = ["git", "--no-pager", *settings, *args]
        try:
            return subprocess.Popen(  # nosec B603 # noqa: S603 - never through a shell; addresses and names follow `--`
                words,
                cwd=self.repository.parent,
                env=environment(self.repository, self.tree, self._address) | self._index,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE if args[0] != "log" else subprocess.DEVNULL,
                pass_fds=self._held,
                start_new_session=True,
                umask=0o077,
            )
        except FileNotFoundError:
            raise Missing("git is not installed") from None


def environment(repository: Path, tree: Path, address: str) -> dict[str, str]:
    """The environment of git: its folder, no configuration of others, and one way to reach `address`."""
    env = {name: value for name in (*PASSED_ON, *PROXIES) if (value := os.environ.get(name))}
    env |= {
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "C",
        "GIT_DIR": str(repository),
        "GIT_WORK_TREE": str(tree),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "true",
        "SSH_ASKPASS": "true",
        "GIT_SSH_COMMAND": SSH,
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_ALLOW_PROTOCOL": protocol(address),
        "GIT_PROTOCOL_FROM_USER": "0",
        "GIT_OPTIONAL_LOCKS": "0",
    }
    return env | _signing_in(address)


def top_of(folder: Path) -> Path | None:
    """The top of the work tree that `folder` is in; None where it is in no git repository."""
    return next((top for top in (folder, *folder.parents) if (top / ".git").is_dir()), None)


def protocol(address: str) -> str:
    """The one way by which `address` may be reached."""
    scheme = urlsplit(address).scheme if "://" in address else ""
    if scheme in {"https", "ssh"}:
        return scheme
    return "file" if scheme == "file" or address.startswith("/") else "ssh"


def without_secrets(address: str) -> str:
    """`address` as it may be shown and logged: without a user's name or password."""
    if "://" not in address:
        return address
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"


def reached_at(address: str) -> str:
    """`address` as git is given it. A password goes by the environment: other users see a command's words."""
    return without_secrets(address) if address.startswith("https://") else address


def _signing_in(address: str) -> dict[str, str]:
    parts = urlsplit(address) if address.startswith("https://") else None
    if parts is None or not (parts.username or parts.password):
        return {}
    pair = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    token = base64.b64encode(pair.encode()).decode()
    host = parts.netloc.rpartition("@")[2]
    return {
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": f"http.https://{host}/.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {token}",
        "GIT_CONFIG_KEY_1": "http.followRedirects",
        "GIT_CONFIG_VALUE_1": "false",  # the password is for this host alone
    }


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the command and whatever it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
