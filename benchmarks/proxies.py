"""The proxies of deploy/proxy, run as they are written: what they let through, what they cut off, what they log.

python -m benchmarks.proxies [nginx] [caddy] [haproxy]. Without names: those that are installed. Ends with 1 where a
promise of docs/proxy.md is broken, or where none could be run. Only names, ports and folders are put in their place.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks import behind_proxy, proxy_promises
from benchmarks.proxy_promises import NAME, At
from tests.support.live import free_port
from webapp.config.settings import ROOT

FOLDER = ROOT / "deploy" / "proxy"
START_SECONDS = 30
KEEP_STATIC = {"nginx"}  # the others let browsers alone keep style sheets
CUT_FORMS = {"nginx", "haproxy"}  # Caddy 2.11 waits on for the rest of a form, with none of the site's threads


@dataclass(frozen=True)
class Kind:
    """A proxy: its file, how it is begun with the changed one, and what is put in the place of what stands there."""

    file: str
    command: Callable[[Path], list[str]]
    change: Callable[[str, Path, At], str]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proxies", description="The proxies of deploy/proxy.")
    parser.add_argument("names", nargs="*", choices=[*KINDS, []], help="those alone")
    names = parser.parse_args().names or list(KINDS)
    wrong = tried = 0
    for name in names:
        if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin"):
            print(f"{name}: not tried, for it is not installed.")
            continue
        tried += 1
        began = time.monotonic()
        kept = list(_look(name))
        broken = [said for said, well in kept if not well]
        print(f"{name}: {len(kept)} promises, {len(broken)} broken, in {time.monotonic() - began:.0f} s.", flush=True)
        print(*(f"  broken: {said}" for said in broken), sep="\n", end="\n" if broken else "")
        wrong += len(broken)
    return int(bool(wrong or not tried))


def _look(name: str) -> Iterator[tuple[str, bool]]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        at = At(free_port(), free_port(), free_port(), folder / "noted", folder / "log")
        at.noted.touch()
        with _behind(at), _running(KINDS[name], folder, at):
            yield from proxy_promises.all_of(at, name in KEEP_STATIC, name in CUT_FORMS)


@contextmanager
def _behind(at: At) -> Iterator[None]:
    command = [
        *(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{at.behind}", "--threads", "4"),
        *("--worker-class", "webapp.cli.server_worker.Worker"),
        *("--no-control-socket", f"{behind_proxy.__name__}:answer"),
    ]
    # Not from the top folder, whose gunicorn.conf.py is the site's.
    environ = os.environ | {behind_proxy.NOTED: str(at.noted), "PYTHONPATH": str(ROOT)}
    with _process(command, environ, at.noted.parent):
        _wait_for(at.behind)
        yield


@contextmanager
def _running(kind: Kind, folder: Path, at: At) -> Iterator[None]:
    _make_certificate(folder)
    changed = folder / kind.file
    changed.write_text(kind.change((FOLDER / kind.file).read_text(), folder, at))
    environ = os.environ | {
        "PATH": f"{os.environ['PATH']}:/usr/sbin",
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
    }
    with _syslog(folder, at), _process(kind.command(changed), environ, folder):
        _wait_for(at.https)
        yield


@contextmanager
def _process(command: list[str], environ: dict[str, str], folder: Path) -> Iterator[None]:
    said = (folder / f"{Path(command[0]).name}.said").open("w")
    process = subprocess.Popen(command, env=environ, cwd=folder, stdout=said, stderr=said)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


@contextmanager
def _syslog(folder: Path, at: At) -> Iterator[None]:
    """Where HAProxy logs to: a socket, which is read to the end into the same file that the others write."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as taken:
        taken.bind(str(folder / "syslog"))
        taken.setblocking(False)
        yield
        with suppress(BlockingIOError), at.log.open("a") as log:
            while True:
                log.write(taken.recv(65536).decode() + "\n")


def _make_certificate(folder: Path) -> None:
    key, chain = folder / "privkey.pem", folder / "fullchain.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"),
            *("-addext", f"subjectAltName=DNS:{NAME}", "-keyout", str(key), "-out", str(chain)),
        ],
        check=True,
        capture_output=True,
    )
    (folder / "site.pem").write_text(chain.read_text() + key.read_text())


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    sys.exit(f"Nothing listens on {port}.")


def _put(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        if old not in text:
            sys.exit(f"{old!r} is not in the file any more.")
        text = text.replace(old, new)
    return text


def _nginx(text: str, folder: Path, at: At) -> str:
    site = _put(
        text,
        {
            "127.0.0.1:8000": f"127.0.0.1:{at.behind}",
            "listen 80;": f"listen 127.0.0.1:{at.http};",
            "    listen [::]:80;\n": "",
            "listen 443 ": f"listen 127.0.0.1:{at.https} ",
            "    listen [::]:443 ssl default_server;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            "/etc/ssl/signpost": str(folder),
            "/var/cache/nginx": str(folder),
            "/var/log/signpost/nginx.log": str(at.log),
            "/var/log/signpost/nginx.error.log": str(folder / "errors"),
        },
    )
    (folder / "site.conf").write_text(site)
    places = " ".join(
        f"{what}_temp_path {folder}/{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off; user root; pid {folder}/pid; error_log {folder}/errors; events {{}}\n"
        f"http {{ {places} include {folder}/site.conf; }}\n"
    )


def _caddy(text: str, folder: Path, at: At) -> str:
    return _put(
        text,
        {
            "127.0.0.1:8000": f"127.0.0.1:{at.behind}",
            "{\n\tservers {": f"{{\n\tadmin off\n\thttp_port {at.http}\n\thttps_port {at.https}\n\tservers {{",
            "signpost.council.example {\n": (
                f"signpost.council.example {{\n\tbind 127.0.0.1\n\ttls {folder}/fullchain.pem {folder}/privkey.pem\n"
            ),
            "/var/log/signpost/caddy.log": str(at.log),
        },
    )


def _haproxy(text: str, folder: Path, at: At) -> str:
    return _put(
        text,
        {
            "/dev/log": str(folder / "syslog"),
            "bind :80\n": f"bind 127.0.0.1:{at.http}\n",
            "bind :443 ": f"bind 127.0.0.1:{at.https} ",
            "/etc/ssl/signpost": str(folder),
            "127.0.0.1:8000": f"127.0.0.1:{at.behind}",
        },
    )


KINDS = {
    "nginx": Kind("nginx.conf", lambda file: ["nginx", "-c", str(file)], _nginx),
    "caddy": Kind("Caddyfile", lambda file: ["caddy", "run", "--adapter", "caddyfile", "--config", str(file)], _caddy),
    "haproxy": Kind("haproxy.cfg", lambda file: ["haproxy", "-db", "-f", str(file)], _haproxy),
}


if __name__ == "__main__":
    sys.exit(main())
