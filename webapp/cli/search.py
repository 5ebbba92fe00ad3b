"""`signpost search …`: ask the index from the command line, one query or a file of them."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
import orjson

from webapp.cli.content import index_dir
from webapp.english import dates
from webapp.library.generation.reader import Generation, NoContent, Reader
from webapp.library.search.query import Query

KINDS = ("asset", "toolkit", "tec", "spotlight", "handout", "update", "change", "message", "easy-read")


@click.command()
@click.argument("words", required=False)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only pages of this kind; may repeat.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--queries", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file of id, tab, query."
)
def search(words: str | None, kinds: tuple[str, ...], limit: int, form: str, queries: Path | None) -> None:
    """Find pages for WORDS, best first. With --queries, answer each line with the ids of assets as JSON.

    It reads the compiled content and no database: a listing that an editor marked as closed stands as in its file.
    """
    if (words is None) == (queries is None):
        raise click.UsageError("Give words to search for, or --queries FILE.")
    try:
        generation = Reader(index_dir()).current()
    except NoContent as none:
        click.echo(str(none), err=True)
        sys.exit(1)
    if queries is not None:
        _answer_file(generation, queries, frozenset(kinds or ("asset",)), limit)
        return
    results = generation.search(_query(words or "", frozenset(kinds), limit))
    cards = [hit.card for hit in results.hits]
    if form == "json":
        answer = {"total": results.total, "corrected": results.corrected, "missing": results.missing, "results": cards}
        click.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode())
        return
    if results.corrected:
        click.echo(f"Nothing for {_quoted(results.mended)}. Showing results for {results.corrected}.")
    if results.missing:
        offer = f" Did you mean {results.offered}?" if results.offered else ""
        click.echo(f"Nothing for {_quoted(results.missing)}.{offer}")
    for card in cards:
        click.echo(f"{card['title']}  {card['path']}\n    {card['summary']}")
    click.echo(f"{results.total} found." if cards else "Nothing found.")


def _answer_file(generation: Generation, queries: Path, kinds: frozenset[str], limit: int) -> None:
    wrong = 0
    for number, line in enumerate(queries.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        qid, tab, words = line.partition("\t")
        if not tab:
            click.echo(f"{queries}:{number}: there is no tab: write id, tab, query", err=True)
            wrong += 1
            continue
        hits = generation.search(_query(words, kinds, limit)).hits
        click.echo(orjson.dumps({"qid": qid, "ids": [hit.card["id"] for hit in hits]}).decode())
    sys.exit(1 if wrong else 0)


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _query(words: str, kinds: frozenset[str], limit: int) -> Query:
    return Query(words=words, kinds=kinds, size=limit, today=dates.today())
