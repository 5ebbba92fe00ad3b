"""`signpost content …`: check and build. None of it needs the database or a secret key."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import orjson

from webapp.config import settings as config
from webapp.config.settings import Settings, SettingsError
from webapp.library.build import compile as compiling
from webapp.library.generation import disk
from webapp.library.generation.disk import Busy
from webapp.library.problems import Problem
from webapp.library.syncing import following

PROCESSES = min(4, os.cpu_count() or 1)


@click.group()
def content() -> None:
    """Check, build and write the content."""


def content_dir() -> Path:
    """The content folder the environment names, else the one somebody stands in. Raises click.UsageError where none."""
    return _folder(os.environ.get("SIGNPOST_CONTENT_DIR") or _here() or Settings.content_dir)


def served_dir() -> Path:
    """The content folder that the site is made from, wherever somebody stands. Raises click.UsageError as above."""
    return _folder(os.environ.get("SIGNPOST_CONTENT_DIR") or Settings.content_dir)


def _folder(named: str | Path) -> Path:
    path = Path(named).expanduser().absolute()
    if not path.is_dir():
        raise click.UsageError(f"SIGNPOST_CONTENT_DIR names {path}, which is not a folder.")
    return path


def _here() -> Path | None:
    """The content of the folder somebody works in, or of one above it: editors have their own repository."""
    for folder in (Path.cwd(), *Path.cwd().parents):
        for content in (folder / "content", folder):
            if (content / "site.yml").is_file() and (content / "vocabulary").is_dir():
                return content
    return None


def state_dir() -> Path:
    return Path(os.environ.get("SIGNPOST_STATE_DIR") or Settings.state_dir).expanduser().absolute()


def index_dir() -> Path:
    return Path(os.environ.get("SIGNPOST_INDEX_DIR") or Settings.index_dir).expanduser().absolute()


@content.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--advice", is_flag=True, help="Also say what would read better. It never changes the exit status.")
@click.option("--sources", is_flag=True, help="Also list the facts that nobody has checked for a year.")
@click.option("--external", is_flag=True, help="Also ask other sites whether the pages linked to are still there.")
@click.option("--everything", is_flag=True, help="Look at every file again, not only at those that changed.")
def check(paths: tuple[Path, ...], form: str, advice: bool, sources: bool, external: bool, everything: bool) -> None:
    """Name every fault in the content, or in PATHS, with its line and what to do.

    A PATH may be a file or folder of the content, or another content folder.
    """
    from webapp.library.authoring import checking, external_links  # here: the site is started from this file too

    problems: list[Problem] = []
    home = content_dir()
    for folder, wanted in _folders(paths, home).items():
        checked = checking.check(
            folder,
            fallback=home if home != folder else Settings.content_dir,
            processes=PROCESSES,
            cache=None if everything else index_dir(),
            with_advice=advice,
            with_old_facts=sources,
        )
        found = [p for p in checked.problems if _within(p.file, folder, wanted)]
        if external:
            files = [file for file in checked.entries if _within(file, folder, wanted)]
            found = sorted([*found, *external_links.check(folder, files, state_dir() / "links-out.json", _progress())])
        problems += [replace(p, file=_as_git_has_it(p.file, folder)) for p in found] if form == "github" else found
    _print(problems, form)
    errors = sum(problem.level == "error" for problem in problems)
    if form == "text" and not errors:
        click.echo(
            "The content is sound." if not problems else f"No faults; {_count(len(problems), 'piece')} of advice."
        )
    sys.exit(1 if errors else 0)


@content.command()
@click.option("--everything", is_flag=True, help="Forget what earlier builds made.")
def build(everything: bool) -> None:
    """Compile the content and switch the site to it. Pages with a fault keep their last good version."""
    try:
        outcome = _build_followed(everything) or compiling.build(
            served_dir(),
            index_dir(),
            processes=PROCESSES,
            progress=_progress(),
            everything=everything,
            fallback=Settings.content_dir,
        )
    except SettingsError as wrong:
        raise click.UsageError(str(wrong)) from None
    except following.SyncFault as fault:
        click.echo(f"Nothing was built. {fault} What was served before is still served.", err=True)
        sys.exit(1)
    except compiling.ContentError as error:
        _print(error.problems, "text")
        click.echo("Nothing was built: mend these first. What was served before is still served.", err=True)
        sys.exit(1)
    except (Busy, OSError) as error:
        click.echo(f"Nothing was built: {error}. What was served before is still served.", err=True)
        sys.exit(1)
    _publish(outcome.generation)
    _print(outcome.problems, "text")
    here, served = _here(), served_dir()
    named = os.environ.get("SIGNPOST_CONTENT_DIR") or os.environ.get("SIGNPOST_CONTENT_REMOTE")
    if here and not named and here.resolve() != served.resolve():
        click.echo(f"This was built from {served}. To build {here}, set SIGNPOST_CONTENT_DIR to it.", err=True)
    did = "Built" if outcome.switched else "Nothing changed in"
    click.echo(f"{did} {outcome.generation.name}: {_count(outcome.served, 'page')} in {outcome.seconds:.1f} s.")
    sys.exit(1 if any(problem.level == "error" for problem in outcome.problems) else 0)


def _publish(generation: Path) -> None:
    """Where open data is on, write what is published, so that the first who asks for it does not wait."""
    try:
        if config.publishes(os.environ):
            from webapp.library.open_referral import edition  # here, for a check has no use for it

            edition.prepare(generation)
    except SettingsError as wrong:
        raise click.UsageError(str(wrong)) from None
    except OSError as error:
        click.echo(f"The open data could not be written: {error}. It is made when it is first asked for.", err=True)


def _build_followed(everything: bool) -> compiling.CompileOutcome | None:
    """Where the content follows a repository, what was fetched last is compiled, or fetched; None where it does not."""
    remote = config.content_remote(os.environ)
    if remote is None:
        return None
    how: Any = {"processes": PROCESSES, "fallback": Settings.content_dir, "wait": disk.LOCK_SECONDS}
    made = following.rebuild(remote, index_dir(), everything=everything, **how)
    return made or following.sync(remote, index_dir(), anyway=True, **how).outcome


def _folders(paths: tuple[Path, ...], home: Path) -> dict[Path, list[Path]]:
    """Content folder → the paths in it to tell of; an empty list is all of it."""
    if not paths:
        return {home: []}
    folders: dict[Path, list[Path]] = {}
    for given in paths:
        path = given.absolute()
        if path == home:
            folders[home] = []
        elif path.is_relative_to(home):
            if folders.get(home) != []:
                folders.setdefault(home, []).append(path)
            continue
        elif path.is_dir():
            folders[path] = []
        else:
            raise click.UsageError(f"{given} is not in a content folder: name the folder that holds it.")
    return folders


def _as_git_has_it(file: str, folder: Path) -> str:
    """`file` from where we stand, which is the top of the repository: it need not have a folder `content`."""
    path = folder.parent / file
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else file


def _within(file: str, folder: Path, wanted: list[Path]) -> bool:
    path = folder.parent / file
    return not wanted or any(path == w or path.is_relative_to(w) for w in wanted)


def _print(problems: list[Problem], form: str) -> None:
    if form == "json":
        click.echo(orjson.dumps([problem.as_dict() for problem in problems], option=orjson.OPT_INDENT_2).decode())
        return
    for problem in problems:
        if form == "github":
            level = "error" if problem.level == "error" else "notice"
            column = f",col={problem.column}" if problem.column else ""
            file = _escaped(problem.file).replace(":", "%3A").replace(",", "%2C")
            click.echo(f"::{level} file={file},line={problem.line}{column}::{_escaped(problem.message)}")
        else:
            where = f" (column {problem.column})" if problem.column else ""
            click.echo(f"{problem}{where}" if problem.level == "error" else f"{problem}{where} (advice)")


def _escaped(words: str) -> str:
    """As GitHub's workflow commands want it."""
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _progress() -> compiling.Progress | None:
    """Tell how far a long build is, on a terminal only."""
    if not sys.stderr.isatty():
        return None

    def report(done: int, total: int) -> None:
        if done % 50 == 0 or done == total:
            click.echo(f"\r{done} of {total} files", nl=done == total, err=True)

    return report


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
