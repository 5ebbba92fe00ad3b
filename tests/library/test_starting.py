"""A check before every commit begins at once: it loads nothing of the site."""

import subprocess
import sys
from pathlib import Path

from tests.support.corpus import Corpus

TELL = """
import sys
from webapp.__main__ import main
try:
    main()
except SystemExit as end:
    print(end.code, sorted({"flask", "sqlalchemy", "alembic"} & set(sys.modules)))
"""


def told(corpus: Corpus, *words: str) -> str:
    environ = {"SIGNPOST_CONTENT_DIR": str(corpus.content), "SIGNPOST_INDEX_DIR": str(corpus.index_dir)}
    command = [sys.executable, "-c", TELL, *words]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


def test_a_check_loads_no_site(tmp_path: Path):
    assert told(Corpus(tmp_path, assets=1), "content", "check").splitlines()[-1] == "0 []"


def test_every_other_command_is_there(tmp_path: Path):
    corpus = Corpus(tmp_path, assets=1)
    said = told(corpus, "content", "--help")
    assert "check" in said
    assert "sync" in said
    assert "worker" in told(corpus, "--help")
