"""The page that a data protection officer signs says what is so."""

import re
from datetime import timedelta

import webapp.app  # noqa: F401 - so that every table is known
from webapp.accounts import sign_in
from webapp.accounts.holdings import WHAT
from webapp.community import invitations, rota
from webapp.config.settings import ROOT
from webapp.db.engine import Base
from webapp.learning_logs import retention
from webapp.offline import devices
from webapp.packs import keeping, links
from webapp.searches import counting
from webapp.upkeep import signposting
from webapp.web import submissions, throttle

PAGE = (ROOT / "docs" / "data-protection.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z_]+)`", PAGE)) - {"code"}


def test_it_names_every_table_and_none_that_is_not_there():
    tables = set(Base.metadata.tables)
    assert not tables - NAMED, (
        f"say in docs/data-protection.md what {sorted(tables - NAMED)} hold, or that it is nobody"
    )
    assert not NAMED - tables, f"there are no such tables any more: {sorted(NAMED - tables)}"


def test_tables_of_people_are_not_among_those_of_nobody():
    of_nobody = set(re.findall(r"`([a-z_]+)`", PAGE[PAGE.index("Of nobody are:") : PAGE.index("Outside the")]))
    assert not of_nobody & set(WHAT)


def test_the_times_that_it_states_are_those_of_the_program():
    """Change the page, and content/pages/privacy.md, when one of these changes."""
    assert timedelta(days=1) == sign_in.KEPT_AFTER_END, "sign-ins a day after they end"
    assert timedelta(hours=1) == throttle.KEPT, "counted tries an hour"
    assert timedelta(days=365) == devices.ANSWER_LASTS, "a year unused"
    assert timedelta(days=15) == submissions.KEPT, "15 days"
    assert (36, timedelta(days=30)) == (retention.MONTHS_KEPT, retention.WITHDRAWN_KEPT), "three years"
    assert timedelta(weeks=26) == rota.KEPT, "rota half a year"
    assert timedelta(days=365) == invitations.KEPT, "invitations a year"
    assert timedelta(days=183) == keeping.KEPT, "half a year unused"
    assert timedelta(days=30) == links.ENDED_KEPT, "links 30 days after they end"
    assert timedelta(days=396) == counting.KEPT, "13 months"
    assert timedelta(days=30) == counting.RECENT_KEPT, "30 days"
    assert timedelta(days=730) == signposting.KEPT_FOR, "two years"


def test_it_fits_on_one_page_that_can_be_signed():
    assert len(PAGE.split()) < 1100
    assert "Data protection officer" in PAGE
