"""A real proxy before several web processes: Caddy, set up as docs/scaling.md shows it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Self

from tests.support.live import free_port
from tests.support.pace import eventually
from webapp.config.settings import ROOT

SHOWN = "```caddyfile\n"


def program() -> str:
    """Caddy: from its package, else the machine's own."""
    ours = Path(sys.executable).parent / "caddy"
    found = str(ours) if ours.exists() else shutil.which("caddy")
    assert found, (
        "Caddy has no package for this kind of machine: install it, for it stands before the drill's processes"
    )
    return found


class Proxy:
    """`url` has no slash at its end. Its configuration is the one of the documentation, for `ports` of this machine."""

    def __init__(self, folder: Path, ports: list[int]) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        shown = (ROOT / "docs" / "scaling.md").read_text().split(SHOWN)[1].split("```")[0]
        upstreams = " ".join(f"127.0.0.1:{port}" for port in ports)
        for there, here in (
            ("https://signpost.council.example", self.url),
            ("10.0.0.11:8000 10.0.0.12:8000", upstreams),
            ("Host signpost.council.example", "Host 127.0.0.1"),
        ):
            assert there in shown, there
            shown = shown.replace(there, here)
        self._config = folder / "Caddyfile"
        self._config.write_text("{\n\tadmin off\n\tauto_https off\n\tpersist_config off\n}\n" + shown)
        self._log = (folder / "proxy.log").open("w+")

    def __enter__(self) -> Self:
        command = [program(), "run", "--config", str(self._config), "--adapter", "caddyfile"]
        home = {"HOME": str(self._config.parent), "XDG_DATA_HOME": str(self._config.parent)}
        self._process = subprocess.Popen(
            command, stdout=self._log, stderr=subprocess.STDOUT, env={**os.environ, **home}
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._log.close()

    def log(self) -> str:
        return Path(self._log.name).read_text()


def answers(url: str) -> bool:
    """Whether anything listens there."""
    import urllib.error
    import urllib.request

    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def wait_for(url: str) -> None:
    eventually(lambda: answers(url), f"{url} does not answer")
