"""What a page of content costs a phone on a poor connection, before a film is played."""

import pytest
from flask import Flask

from benchmarks import weights
from tests.support.client import Client
from webapp.web import current

pytestmark = pytest.mark.reads_only


def test_no_page_is_heavier_than_a_phone_can_bear(app: Flask, priya: Client):
    def get(address: str) -> bytes:
        return priya.get(address, headers={"Accept-Encoding": "gzip"}).data

    with app.app_context():
        paths = weights.of_content(current.content(), weights.KINDS)
    known: dict[str, int] = {}
    heavy = [weight for path in paths if (weight := weights.weigh(path, get, known)).total > weights.MOST]
    assert not heavy, f"{heavy}: make their pictures smaller, or show fewer"
    assert min(known.values()) > 0
