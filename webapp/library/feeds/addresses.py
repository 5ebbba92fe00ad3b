"""The address of a feed, as it may be shown to anybody."""


def shown(url: str) -> str:
    """`url` as it may be shown and logged: without a user, a password or what is asked for."""
    from urllib3.util import parse_url  # here: of all that serves pages only the page of feeds needs it

    parts = parse_url(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.host}{port}{parts.path or ''}"
