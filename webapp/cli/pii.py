"""`signpost privacy check`: which of these texts could identify a person, one JSON line each."""

import json
import sys
from collections.abc import Iterator
from typing import IO, Any

import click

from webapp.pii import guard


@click.group()
def privacy() -> None:
    """The personal-data guard."""


@privacy.command()
@click.argument("file", type=click.File("rb"), default="-", metavar="[FILE.jsonl|-]")
def check(file: IO[bytes]) -> None:
    """Read lines of {"id", "text"} and print {"id", "kinds"}: what each text gives away.

    An empty list means that the text may be stored. Lines that cannot be read are named as file:line: message.
    """
    name = str(getattr(file, "name", "<stdin>"))
    unreadable = 0
    for number, line in _lines(file):
        try:
            identity, text = _read(line)
        except ValueError as fault:
            click.echo(f"{name}:{number}: {fault}", err=True)
            unreadable += 1
            continue
        kinds = list(dict.fromkeys(match.kind for match in guard.find(text)))
        click.echo(json.dumps({"id": identity, "kinds": kinds}, ensure_ascii=False))
    sys.exit(1 if unreadable else 0)


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(file, 1):
        if line.strip():
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _read(line: bytes) -> tuple[Any, str]:
    """The id and the text of a line. Raises ValueError with advice where it holds neither."""
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("this line is not UTF-8") from None
    except (json.JSONDecodeError, RecursionError):
        raise ValueError('this line is not JSON: write {"id": …, "text": "…"}') from None
    if not isinstance(record, dict) or "id" not in record or not isinstance(record.get("text"), str):
        raise ValueError('write {"id": …, "text": "…"} on each line')
    return record["id"], record["text"]
