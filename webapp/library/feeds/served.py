"""The content that feeds are read for, and the feeds that it names."""

from pathlib import Path

from webapp.config.settings import Settings
from webapp.library.feeds import configured
from webapp.library.feeds.configured import ConfiguredFeed
from webapp.library.generation import disk, files
from webapp.library.syncing.served import content_folder


def configured_here(settings: Settings) -> tuple[ConfiguredFeed, ...]:
    """The feeds of the content that is served."""
    return configured.load(served_content(settings))[0]


def served_content(settings: Settings) -> Path:
    """The folder of the content that is served: the one we are given, or what was fetched last."""
    served = disk.pointed(settings.index_dir) if settings.content_remote else None
    origin = files.read_origin(served) if served else None
    return content_folder(origin, settings.content_dir, settings.index_dir)
