"""Numbers that people read, such as GAP-0001: each given once, in a table of one row."""

from sqlalchemy.orm import Session

from webapp.db.engine import Base
from webapp.db.upsert import insert


def next_number(session: Session, counter: type[Base]) -> int:
    """One more than the last number ever given. Whoever asks at this moment waits for our commit.

    `counter` is a table with the columns `id` and `last`.
    """
    last = counter.__table__.c.last
    first = insert(session, counter).values(id=1, last=1)
    number = first.on_conflict_do_update(index_elements=["id"], set_={"last": last + 1}).returning(last)
    return session.scalars(number).one()
