"""What the tests of the gap log and of corrections share: people who fetch, send and follow."""

import re
from typing import Any

from tests.support.client import Answer, Client


class Visitor:
    """Somebody at a browser, told in a line: what they see of a page, and what sending a form led to."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.id = client.id

    def get(self, path: str, status: int = 200, **more: Any) -> str:
        return self.client.get(path, status=status, **more).text

    def post(self, path: str, status: int = 303, **fields: Any) -> Answer:
        return self.client.post(path, fields, status=status)

    def tries(self, path: str, fields: dict[str, str]) -> Answer:
        """Send fields whose names a keyword cannot be; whatever comes back."""
        return self.client.post(path, fields)

    def sends(self, path: str, **fields: Any) -> str:
        """Send a form and follow where it leads."""
        return self.post(path, **fields).follow().text


def form_ids(html: str) -> list[str]:
    """The one-time ids of the forms on a page."""
    return re.findall(r'name="form_id" value="([0-9a-f]{32})"', html)


def version(page: str) -> str:
    """The version of the gap that the first form of a page was made for."""
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]
