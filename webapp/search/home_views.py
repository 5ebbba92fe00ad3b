"""The home page: the question, three ways on, and what waits."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp.accounts import starting_place
from webapp.community import glance, nearby, next_spotlight
from webapp.db import engine
from webapp.directory.starting_points import starting_points
from webapp.english import dates
from webapp.gaps import updates
from webapp.news import messages as staff_news
from webapp.offline import devices
from webapp.reading import changes
from webapp.search.blueprint import bp
from webapp.searches import saved
from webapp.upkeep import overlay
from webapp.web import access, current, navigation, tasks
from webapp.web.forms import Form

LATEST = 3


@bp.get("/")
@access.signed_in
def home() -> ResponseReturnValue:
    gen = current.content()
    me, now = current.person(), engine.now()
    today = dates.day_of(now)
    closures = overlay.at(current.as_of()).closures
    token = request.cookies.get(devices.COOKIE, "")
    start = starting_place.of(engine.db.session, me, gen.vocabulary)
    return render_template(
        "search/home.html",
        start=start,
        starting_points=starting_points(gen, start),
        updates=updates.newest(engine.db.session, gen.section("update"), LATEST),
        write_log=navigation.open_to(me, (glance.WRITE_LOG,)),
        community=glance.at(engine.db.session, gen, me, now),
        spotlight=next_spotlight.next_for(engine.db.session, gen, me.team, now),
        today=today,
        changes=changes.newest(gen, today),
        message=staff_news.latest(gen, today),
        came=nearby.new_listings(gen, start, today, closures, LATEST),
        changed=nearby.changed_listings(gen, start, today, LATEST),
        asks_device=devices.is_asked(engine.db.session, token, me.id, current.settings().offline_days),
        button=Form(formdata=None),
        items=tasks.pending_for(current.user()),
        own_searches=saved.links(engine.db.session, current.user().id, gen.vocabulary),
    )
