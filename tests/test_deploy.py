"""What deploy/ and its pages tell somebody to do can be done: names, files, settings and commands are there."""

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from webapp.cli.commands import load
from webapp.config.settings import ROOT

DEPLOY = ROOT / "deploy"
UNITS = DEPLOY / "systemd"
PAGES = [ROOT / "docs" / name for name in ("proxy.md", "systemd.md", "containers.md", "upgrading.md", "deploying.md")]
RELEASE = "/opt/signpost/current/venv/bin/"


def text_of(path: str) -> str:
    return (DEPLOY / path).read_text(encoding="utf-8")


def commands() -> Iterator[str]:
    """Every line of a page or unit that runs `signpost`, from there on."""
    for page in PAGES:
        shell = "\n".join(re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.S)).replace("\\\n", " ")
        yield from re.findall(r"(?<![\w/.-])(?:\S*/bin/)?signpost ([a-z]+(?: .*)?$)", shell, re.M)
    for unit in UNITS.glob("*.service"):
        yield from re.findall(rf"^ExecStart={RELEASE}signpost (.*)$", unit.read_text(), re.M)


@pytest.mark.parametrize("said", sorted(set(commands())))
def test_every_command_that_is_told_is_there_with_its_options(said: str):
    words = shlex.split(re.split(r"[;&|]| {2,}#", said)[0])
    command: click.Command | None = load(words[0])
    assert command, f"signpost {said}: there is no {words[0]}"
    rest = words[1:]
    while isinstance(command, click.Group):
        command = command.get_command(click.Context(command), rest[0])
        assert command, f"signpost {said}: there is no {rest[0]}"
        rest = rest[1:]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in rest if word.startswith("--")} <= known, f"signpost {said}"


def test_the_image_is_made_of_files_that_are_there_and_seen():
    lines = text_of("Containerfile").replace("\\\n", " ").splitlines()
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    seen = [line[1:] for line in text_of("Containerfile.dockerignore").splitlines() if line.startswith("!")]
    assert copied
    for name in copied:
        assert (ROOT / name).exists(), name
        assert any(name.rstrip("/") == one or name.startswith(f"{one}/") for one in seen), f"{name} is left out"


def test_the_image_builds_what_make_builds():
    made = re.findall(r"tools[./]\w+", "\n".join(re.findall(r"(?:node|-m) tools\S+", (ROOT / "Makefile").read_text())))
    built = [one for one in made if one.split("tools")[1][1:] in {"build_assets", "join_letters"}]
    assert len(built) == 2
    for one in built:
        assert one in text_of("Containerfile"), f"{one}: what goes into the wheel is made in the image as well"


def test_the_image_is_pinned_has_no_secret_and_runs_as_nobody_else():
    text = text_of("Containerfile")
    assert re.search(r"^ARG BASE=\S+@sha256:[0-9a-f]{64}$", text, re.M)
    assert set(re.findall(r"^FROM (\S+)", text, re.M)) == {"${BASE}"}
    for install in re.findall(r"pip (?:install|wheel) .*|python install .*", text):
        assert "--require-hashes" in install or "--no-index" in install, install
    assert "SECRET" not in text
    assert text.rindex("USER 10001:10001") < text.index("HEALTHCHECK") < text.index('CMD ["gunicorn"')


def test_the_image_and_the_units_serve_as_the_procfile_does():
    web = next(line for line in (ROOT / "Procfile").read_text().splitlines() if line.startswith("web:"))
    threads, site = re.search(r"--threads \d+", web)[0], web.split('"')[1]  # type: ignore[index]
    for text in (text_of("systemd/signpost-web.service"), text_of("Containerfile").replace('", "', " ")):
        assert threads in text
        assert site in text


def test_units_belong_together():
    names = {path.name for path in UNITS.iterdir()}
    for unit in (*UNITS.glob("*.service"), *UNITS.glob("*.socket"), *UNITS.glob("*.target")):
        mentioned = set(re.findall(r"\bsignpost[\w-]*\.(?:service|socket|timer|target)\b", unit.read_text()))
        assert mentioned <= names, unit.name
    for timer in UNITS.glob("*.timer"):
        assert timer.with_suffix(".service").name in names
        assert timer.name in text_of("systemd/signpost.target")
    assert {"signpost-web.service", "signpost-worker.service"} <= names


def test_every_unit_is_hardened_and_writes_where_the_settings_say():
    shared = text_of("systemd/signpost-.service.d/hardened.conf")
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=", "MemoryDenyWriteExecute=yes"):
        assert f"\n{line}\n" in shared
    for unit in UNITS.glob("*.service"):
        assert unit.name.startswith("signpost-"), f"{unit.name}: hardened.conf counts for signpost-….service alone"
    settings = dict(line.split("=", 1) for line in text_of("systemd/signpost.env").splitlines() if "=" in line[:40])
    for name in ("SIGNPOST_INDEX_DIR", "SIGNPOST_STATE_DIR", "DATABASE_URL"):
        assert settings[name].removeprefix("sqlite:///").startswith("/var/lib/signpost/"), name
    assert settings["SIGNPOST_SECRET_KEY"] == "", "nobody starts with a key that others know"


def test_every_setting_of_the_example_is_one():
    page = (ROOT / "docs" / "deploying.md").read_text("utf-8")
    for name in re.findall(r"^([A-Z_]+)=", text_of("systemd/signpost.env"), re.M):
        assert f"| `{name}` |" in page, name


def test_every_proxy_believes_nobody_and_has_its_limits():
    for name, limit in {"nginx.conf": "256k", "Caddyfile": "262144", "haproxy.cfg": "262144"}.items():
        text = text_of(f"proxy/{name}")
        assert limit in text, name
        assert "10s" in text, name
        assert re.search(r"X-Forwarded-Proto\s+https", text), name
        for header in ("X-Forwarded-Prefix", "X-Forwarded-Port", "X-Real-IP", "Forwarded"):
            assert header in text, f"{name}: {header} is passed on"


def test_files_that_the_pages_name_are_there():
    for page in PAGES:
        for path in re.findall(r"`(deploy/[^`…*]+)`", page.read_text("utf-8")):
            assert (ROOT / path).exists(), f"{page.name}: {path}"
