"""Where somebody's home page and directory begin: their team's patch, until they choose another place or none."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.accounts.models import StartingPlace
from webapp.db.upsert import insert
from webapp.library.vocabulary import Vocabulary
from webapp.people.models import Person

WHOLE_CITY = ""  # the place of somebody who begins from everywhere


@dataclass(frozen=True, slots=True)
class Start:
    """Where a search begins. `places` are slugs, none for the whole city; `chosen`: by this person, not by a team."""

    places: tuple[str, ...] = ()
    label: str = ""
    near: str = ""  # the one place, where a distance from it can be told
    chosen: bool = False

    @property
    def query(self) -> list[tuple[str, str]]:
        """What an address of the directory says of it: near the one place, or all that serves several."""
        return [("near", self.near)] if self.near else [("place", slug) for slug in self.places]


def of(session: Session, person: Person, words: Vocabulary) -> Start:
    """Where the pages of `person` begin."""
    chosen = session.scalar(select(StartingPlace.place).where(StartingPlace.user_id == person.id))
    if chosen is None or (chosen and chosen not in words.terms("places")):
        return of_team(person.team, words)
    return _start([chosen] if chosen else [], words, chosen=True)


def of_team(team: str, words: Vocabulary) -> Start:
    """The patch of a team; the whole city where it has none."""
    known = words.teams.get(team)
    return _start(known.places if known else (), words)


def _start(slugs: Iterable[str], words: Vocabulary, *, chosen: bool = False) -> Start:
    known = words.terms("places")
    places = tuple(slug for slug in slugs if slug in known)
    near = known[places[0]].label if len(places) == 1 and known[places[0]].centre else ""
    return Start(places, _label(places, words), near, chosen)


def _label(places: tuple[str, ...], words: Vocabulary) -> str:
    """`Gorton and Levenshulme`; of all the places of a locality its name; the names of some."""
    known = words.terms("places")
    for locality in words.localities:
        if len(places) > 1 and set(places) == {slug for slug, p in known.items() if p.locality == locality.slug}:
            return locality.label
    return " · ".join(known[slug].label for slug in places)


def choose(session: Session, user_id: int, place: str) -> None:
    """Let this person's pages begin from `place`, or from WHOLE_CITY. Commit afterwards."""
    row = insert(session, StartingPlace).values(user_id=user_id, place=place)
    session.execute(row.on_conflict_do_update(index_elements=["user_id"], set_={"place": place}))


def forget(session: Session, user_id: int) -> None:
    """Let them begin from the team's patch again. Commit afterwards."""
    session.execute(delete(StartingPlace).where(StartingPlace.user_id == user_id))
