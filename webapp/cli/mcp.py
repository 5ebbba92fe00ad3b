"""`signpost mcp`: the directory's open data for an assistant that speaks the Model Context Protocol, over stdio.

It only reads, and only what is published. See docs/open-referral.md.
"""

import os
import sys
from collections.abc import Callable
from typing import Any

import click
from mcp.server import MCPServer
from mcp.server.mcpserver.tools import Tool
from mcp.types import ToolAnnotations

from webapp.cli.content import index_dir
from webapp.config.settings import SettingsError, site_address
from webapp.english import dates
from webapp.library.generation.reader import NoContent, Reader
from webapp.library.open_referral.assistant import MOST, Assistant, Unknown

READS = ToolAnnotations(readOnlyHint=True, destructiveHint=False, idempotentHint=True, openWorldHint=False)
TOLD = """
Groups and services of one area, as its directory publishes them. Search first, then read a listing whole. Name a
listing with the link under `cite`, and say when it was last checked. Never guess an address that is not there: some
are secret.
"""


@click.command(name="mcp")
def serve_mcp() -> None:
    """Let an assistant search the published directory and cite it, by the Model Context Protocol over stdio."""
    reader = Reader(index_dir())
    try:
        reader.current()
        site = site_address(os.environ)
    except (NoContent, SettingsError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    server(reader, site).run("stdio")


def server(reader: Reader, site: str) -> MCPServer:
    """The two tools over the generation that is served when each is called. `site` is this site's own address."""

    def search_directory(
        words: str, near: str = "", within_miles: float | None = None, limit: int = 10
    ) -> dict[str, Any]:
        """Find groups and services, best first.

        `words` says what is wanted as a person would: "choir on a Tuesday evening". `near` is a postcode or its first
        half; `within_miles` of it. At most 25 results; each has an `id` for `get_listing`, and `cite`.
        """
        limit = max(1, min(limit, MOST))
        return _answered(lambda: _assistant().search(words, near, within_miles, limit))

    def get_listing(id: str) -> dict[str, Any]:  # noqa: A002 - as results call it
        """One listing with everything that is published of it, and how to cite it. `id` is from a search."""
        return _answered(lambda: _assistant().listing(id))

    def _assistant() -> Assistant:
        return Assistant(reader.current(), site, dates.today())

    tools = [_tool(search_directory), _tool(get_listing)]
    return MCPServer("Signpost", instructions=" ".join(TOLD.split()), tools=tools, log_level="WARNING")


def _tool(answer: Callable[..., Any]) -> Tool:
    """`answer` as a tool that refuses what it has no name for.

    By itself mcp (seen in 2.3.0) drops such an argument without a word: whoever said `postcode` for `near` would be
    told of groups anywhere, as if they were near.
    """
    tool = Tool.from_function(answer, annotations=READS)
    model = tool.fn_metadata.arg_model
    model.model_config["extra"] = "forbid"
    model.model_rebuild(force=True)
    tool.parameters = model.model_json_schema(by_alias=True)
    return tool


def _answered(ask: Any) -> dict[str, Any]:
    try:
        return ask()
    except Unknown as why:
        return {"error": str(why)}
