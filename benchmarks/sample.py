"""The pages a reader opens most, at the size of the sample, in one process on the embedded database.

python -m benchmarks.sample      prints milliseconds a page: median and the slowest of twenty, after two to warm up
"""

import logging
import tempfile
import time
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from webapp.accounts import demo, sign_in
from webapp.app import create_app
from webapp.config.settings import ROOT, Settings
from webapp.db import upgrade
from webapp.db.engine import db, now
from webapp.library.build.compile import build

PAGES = {
    "home": "/",
    "search": "/directory?q=company&near=M22",
    "search, everything": "/search?q=falls",
    "asset": "/directory/the-sawdust-parlour",
    "guidance": "/toolkit/good-questions",
    "gap log": "/gaps",
}
TIMES = 20


def main() -> None:
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        client = reader(Path(folder))
        print("| page | median ms | slowest ms |\n|---|---|---|")
        for name, path in PAGES.items():
            took = []
            for _ in range(TIMES + 2):
                start = time.perf_counter()
                assert client.get(path).status_code == 200, path
                took.append((time.perf_counter() - start) * 1000)
            print(f"| {name} | {median(took[2:]):.1f} | {max(took[2:]):.1f} |")


def reader(folder: Path) -> FlaskClient:
    """The site with its own content, made in the empty `folder`, at the browser of somebody who is signed in."""
    index = folder / "index"
    began = time.perf_counter()
    pages = build(ROOT / "content", index).served
    print(f"{pages} pages compiled in {time.perf_counter() - began:.2f} s\n")
    settings = Settings(
        secret_key="for measuring alone, and of no use elsewhere",
        database_url=f"sqlite:///{folder}/site.db",
        index_dir=index,
        trusted_hosts=("localhost",),
    )
    app = create_app(settings)
    with app.app_context():
        upgrade.upgrade(db.engine)
        token = sign_in.begin(db.session, demo.load(db.session, now())[0], "", now())
        db.session.commit()
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = f"signpost={signer.dumps({'_user_id': '1', '_fresh': True, 'sign_in': token})}"
    client = app.test_client(use_cookies=False)
    client.environ_base["HTTP_COOKIE"] = cookie
    return client


if __name__ == "__main__":
    main()
