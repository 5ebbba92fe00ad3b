"""`signpost content new | rename | schema`: for those who write. None of it needs the database or a secret key."""

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import click
import orjson
from pydantic import TypeAdapter, ValidationError

from webapp.cli.content import PROCESSES, content_dir, index_dir
from webapp.config.settings import Settings
from webapp.english import dates
from webapp.library.authoring import checking, renaming
from webapp.library.authoring.scaffold import KINDS, Exists, new_page, questions, sessions
from webapp.library.build.compile import ContentError, words_for
from webapp.library.characters import writable
from webapp.library.front_matter import json_schema
from webapp.library.front_matter.fields import Email, NewPhone
from webapp.library.front_matter.model import MODELS
from webapp.library.importing import writing
from webapp.library.problems import Problem, did_you_mean
from webapp.library.vocabulary import Vocabulary

FORMS: dict[str, TypeAdapter[str]] = {"phone": TypeAdapter(NewPhone), "email": TypeAdapter(Email)}


@click.command()
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("title")
@click.option("--slug", help="The file's name; made from the title where it is left out.")
@click.option("--summary", help="What it says or offers, in one sentence.")
@click.option("--owner", help="The team that keeps a page right.")
@click.option("--session", help="The session that a handout is for: the name of its file in spotlights/.")
@click.option("--organisation", help="Who runs a listing; its title where it is left out.")
@click.option("--place", help="The neighbourhood a listing serves; the whole city where it is left out.")
@click.option("--phone", help="A listing's phone number.")
@click.option("--email", help="A listing's e-mail address.")
@click.option("--by", help="The team that has made sure of a listing today.")
def new(kind: str, title: str, slug: str | None, **options: str | None) -> None:
    """Begin a new page of KIND called TITLE. On a terminal, what is required and was not named is asked for."""
    home = content_dir()
    words = _words(home)
    answers = _answers(kind, {key: value for key, value in options.items() if value is not None}, words, home)
    try:
        path, text = new_page(home, kind, writable(title), slug, dates.today(), words, answers)
    except Exists as clash:
        click.echo(str(clash), err=True)
        sys.exit(1)
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from None
    file = path.relative_to(home.parent).as_posix()
    _refuse([p for p in _faults(home, {file: text.encode()}) if p.file == file])
    writing.carry_out({path: text}, home)
    click.echo(f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")
    click.echo("It is a draft: replace what stands between ‹ and ›, then remove its line `draft: true`.", err=True)


@click.command()
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Say what would change and write nothing.")
def rename(old: Path, new: str, dry_run: bool) -> None:
    """Give the page in the file OLD the name NEW, or move it to the file NEW.

    Its old address still leads to it, and links to it in other files are changed.
    """
    home = content_dir()
    was = old.absolute()
    will_be = Path(new).absolute() if "/" in new else was.with_name(new if new.endswith(".md") else f"{new}.md")
    try:
        plan = renaming.plan(home, was, will_be)
    except renaming.CannotRename as why:
        click.echo(f"{old} cannot be renamed: {why}", err=True)
        sys.exit(1)
    root = home.parent
    gone = {path.relative_to(root).as_posix(): None for path in plan.remove}
    changed = {path.relative_to(root).as_posix(): text.encode() for path, text in plan.write.items()}
    pages = {file: data for file, data in {**gone, **changed}.items() if file.endswith(".md")}
    _refuse(_faults(home, pages))
    if not dry_run:
        writing.carry_out(plan.write, home, remove=plan.remove)
        for folder in {path.parent for path in plan.remove}:
            if not any(folder.iterdir()):
                folder.rmdir()
    for before, after in plan.addresses.items():
        click.echo(f"{before} {'would move' if dry_run else 'has moved'} to {after}")
    for path, count in plan.mended.items():
        links = f"{count} link{'' if count == 1 else 's'}"
        click.echo(f"{path.relative_to(root)}: {links} {'would be mended' if dry_run else 'mended'}")


@click.command(name="schema")
@click.option("--kind", type=click.Choice(sorted(MODELS)), default="asset", show_default=True)
def print_schema(kind: str) -> None:
    """Print the JSON Schema of the front matter of pages of a kind, for tools that complete and check it."""
    made = json_schema.schema(kind, _words(content_dir()))
    click.echo(orjson.dumps(made, option=orjson.OPT_INDENT_2).decode())


def _words(home: Path) -> Vocabulary:
    try:
        return words_for(home, Settings.content_dir)
    except ContentError as error:
        for problem in error.problems:
            click.echo(str(problem))
        click.echo("Mend the vocabularies first.", err=True)
        sys.exit(1)


def _answers(kind: str, options: dict[str, str], words: Vocabulary, home: Path) -> dict[str, str]:
    known = {key for key, _, _ in questions(kind)}
    stray = sorted(options.keys() - known)
    if stray:
        usable = ", ".join(f"--{key}" for key in sorted(known))
        raise click.UsageError(f"--{stray[0]} is not for a page of this kind: use {usable}.")
    if not _is_asked():
        return options
    for key, question, _ in questions(kind):
        if key not in options:
            sound = partial(_sound, key, words, home)
            options[key] = click.prompt(question, default="", show_default=False, value_proc=sound)
    return options


def _is_asked() -> bool:
    """Whether somebody sits before a terminal who can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _sound(key: str, words: Vocabulary, home: Path, answer: str) -> str:
    """The answer, where a listing can have it. Raises click.UsageError, at which the question is put again."""
    answer = answer.strip()
    if not answer:
        return ""
    if key == "place" and "places" in words.files and answer not in words.terms("places"):
        raise click.UsageError(f"“{answer}” is no place of vocabulary/places.yml{words.advice('places', answer)}")
    if key == "session" and answer not in (known := sessions(home)):
        raise click.UsageError(f"“{answer}” is no session of spotlights/{did_you_mean(answer, known)}")
    if key in FORMS:
        try:
            FORMS[key].validate_python(answer)
        except ValidationError as wrong:
            raise click.UsageError(wrong.errors()[0]["msg"]) from None
    return answer


def _faults(home: Path, instead: Mapping[str, bytes | None]) -> list[Problem]:
    """The faults that the content would have with other files, and has not now."""
    before = checking.check(home, fallback=Settings.content_dir, processes=PROCESSES, cache=index_dir())
    after = checking.check(home, fallback=Settings.content_dir, processes=PROCESSES, cache=index_dir(), instead=instead)
    known = {problem.message for problem in before.problems}
    return [p for p in after.problems if p.level == "error" and p.message not in known]


def _refuse(problems: list[Problem]) -> None:
    if problems:
        for problem in problems:
            click.echo(str(problem))
        click.echo("Nothing was written: mend these first.", err=True)
        sys.exit(1)


COMMANDS = (new, rename, print_schema)
