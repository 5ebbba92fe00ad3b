"""The mail of the month, to those who want it: what happened in the last one, and where nothing did, what stands.

From the first of a month on, in the morning. The month is in the key, so nobody is told twice. It says how much there
is and names pages of content; what people wrote is on the site alone.
"""

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.english import dates
from webapp.library.generation.reader import Generation
from webapp.mail import outbox
from webapp.mail.preferences import EmailChoice
from webapp.news import evergreen
from webapp.news import month as months
from webapp.news.evergreen import Standing
from webapp.news.month import Month, NewsPart
from webapp.people.models import User

FROM = time(8)
LONGEST = 500  # characters, as a message holds


def enqueue(session: Session, now: datetime, gen: Generation) -> int:
    """Tell the last month to those who asked for it; how many were told. Commit afterwards."""
    today = dates.day_of(now)
    this = Month(today.replace(day=1))
    if now < datetime.combine(this.first, FROM, dates.HERE):
        return 0
    last = this.before
    key = f"news-monthly:{last.first:%Y-%m}"
    told = select(outbox.Message.to_id).where(outbox.Message.key == key)
    # Off until somebody asks for it, so these are all.
    wanted = select(EmailChoice.user_id).join(User, User.id == EmailChoice.user_id)
    wanted = wanted.where(EmailChoice.choice == "news", EmailChoice.wanted, User.disabled.is_(False))
    people = session.scalars(wanted.where(User.id.not_in(told))).all()
    if not people:
        return 0
    happened = months.parts(session, gen, last, now)
    stands = evergreen.of(session, gen, "", now, today)
    return outbox.enqueue(
        session,
        now=now,
        to=people,
        topic="news-monthly",
        subject=("digest", f"{last.first:%Y-%m}"),
        text=text(last, happened, stands),
        path=f"/news/?month={last.first:%Y-%m}",
        key=key,
        channels=(outbox.EMAIL,),
    )


def text(month: Month, happened: Sequence[NewsPart], stands: Standing) -> str:
    """The sentences of the mail: never none."""
    name = f"{month.first:%B}"
    said = [f"In {name}: {', '.join(part.said for part in happened)}." if happened else f"{name} was quiet."]
    if stands.spotlight:
        said.append(
            f"{stands.spotlight.heading}: “{stands.spotlight.title}”, {dates.short_date(stands.spotlight.day)}."
        )
    if stands.again:
        said.append(f"Worth reading again: “{stands.again['title']}”.")
    if stands.asked:
        said.append("What is asked for most is on the page too.")
    while len(" ".join(said)) > LONGEST:
        said.pop()
    return " ".join(said)
