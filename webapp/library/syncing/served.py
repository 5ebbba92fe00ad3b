"""Where the files are that the site is made of."""

from pathlib import Path

from webapp.library.generation.origin import Origin
from webapp.library.syncing import state


def content_folder(origin: Origin | None, content_dir: Path, index_dir: Path) -> Path:
    """The folder of the content: what was fetched, where the generation served has an `origin`; else `content_dir`."""
    if origin is None:
        return content_dir
    tree = index_dir / state.FOLDER / "content"  # to look costs no write: the disk may let nobody
    return tree / origin.folder if origin.folder else tree
