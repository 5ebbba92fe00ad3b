"""What a shared link opens: the pack or the one listing behind it, as it is today."""

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.library.generation.reader import Generation
from webapp.packs import contents, keeping
from webapp.packs.contents import PackEntry
from webapp.packs.models import Pack, PackItem, SharedLink
from webapp.upkeep import overlay


def entries(session: Session, link: SharedLink, gen: Generation, now: datetime) -> list[PackEntry]:
    """What is behind `link`, in its order."""
    if link.pack_id is not None:
        items = keeping.items(session, [link.pack_id])
    else:
        items = [PackItem(id=1, path=link.path, title="", note="", place=1)]
    return contents.entries(items, gen, overlay.now(), now)


def title_of(session: Session, link: SharedLink, gen: Generation, now: datetime) -> str:
    """What stands above it: the name of the pack, or that of the listing."""
    if link.pack_id is not None:
        return session.get_one(Pack, link.pack_id).name
    page = contents.page_at(link.path, gen, now)
    return page.title if page else "No longer listed"
