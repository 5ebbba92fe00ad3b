"""What editors write in the browser, from the first save until readers see it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.engine import Base, Moment
from webapp.db.statuses import WordedStatus, stored


class EditState(WordedStatus):
    """How far an edit is. The value is what the database holds."""

    DRAFT = "draft", "Not saved yet", "", "yellow"
    WAITING = "waiting", "Saved, not live yet", "", "blue"
    LIVE = "live", "Live", "", "green"
    DROPPED = "dropped", "Thrown away", "", "grey"


class Edit(Base):
    """One file as an editor wants it. `file` is below the content folder, `base` the blob it was made from.

    `text` goes once readers see it. `about_kind` and `about_id` are the correction or suggestion that it settles.
    """

    __tablename__ = "edits"

    id: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[str] = mapped_column(String(300))
    base: Mapped[str] = mapped_column(String(64), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(String(120), default="")
    about_kind: Mapped[str] = mapped_column(String(20), default="")
    about_id: Mapped[int | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    state: Mapped[EditState] = mapped_column(stored(EditState), default=EditState.DRAFT)
    branch: Mapped[str] = mapped_column(String(200), default="")  # empty: straight to what readers see
    commit: Mapped[str] = mapped_column(String(64), default="")
    blob: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment, index=True)

    __table_args__ = (Index(None, "state", "file"),)

    @property
    def is_open(self) -> bool:
        return self.state in (EditState.DRAFT, EditState.WAITING)
