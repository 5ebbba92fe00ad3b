"""A folder of content as a git repository of its own."""

import subprocess
from pathlib import Path


def begin(folder: Path) -> None:
    """Commit all of `folder`, but what is compiled from it, to a new repository."""
    who = ("-c", "user.name=Jo Bloggs", "-c", "user.email=jo@example.org")
    for words in (("init", "-q", "-b", "main"), ("add", "content"), (*who, "commit", "-qm", "The content")):
        subprocess.run(("git", *words), cwd=folder, check=True, capture_output=True)
