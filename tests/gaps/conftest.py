from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.gaps import site


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site.build_content(tmp_path_factory.mktemp("site"))


@pytest.fixture
def app(tmp_path: Path, index_dir: Path) -> Flask:
    return site.make(f"sqlite:///{tmp_path / 'test.db'}", index_dir)


@pytest.fixture
def visitor(app: Flask) -> Callable[[str], site.Visitor]:
    return lambda key: site.Visitor(app, key)


@pytest.fixture
def amina(app: Flask) -> site.Visitor:
    return site.Visitor(app, "amina")


@pytest.fixture
def ben(app: Flask) -> site.Visitor:
    return site.Visitor(app, "ben")


@pytest.fixture
def cara(app: Flask) -> site.Visitor:
    return site.Visitor(app, "cara")


@pytest.fixture
def dev(app: Flask) -> site.Visitor:
    return site.Visitor(app, "dev")


@pytest.fixture
def edie(app: Flask) -> site.Visitor:
    return site.Visitor(app, "edie")
