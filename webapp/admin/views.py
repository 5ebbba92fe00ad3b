"""Looking after people: who is here, what they may do, and whether they may sign in. For administrators."""

from typing import Any, TypeVar

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from webapp.accounts import administration, assignments, login, noted, second_factor
from webapp.accounts.forms import ROLE_WORDS
from webapp.admin import people_list, trail, who
from webapp.admin.blueprint import bp
from webapp.admin.forms import AddPersonForm, GivePasswordForm, RolesForm
from webapp.db.engine import db, now
from webapp.people import audit
from webapp.people.models import ROLES, User
from webapp.sign_in.single_sign_on.models import Identity
from webapp.web import access, current, handover, submissions
from webapp.web.trail import in_words

RolesFormT = TypeVar("RolesFormT", bound=RolesForm)


@bp.get("/admin/users")
@access.only("admin")
def index() -> ResponseReturnValue:
    filters = people_list.PeopleFilters.from_args(request.args)
    shown = people_list.page_of(db.session, filters, now())
    assigned = assignments.of_everyone(db.session)
    return render_template(
        "admin/index.html",
        filters=filters,
        shown=shown,
        role_words={role: ROLE_WORDS[role].split(":")[0] for role in ROLES},
        states=people_list.STATES,
        sorts=people_list.SORTS,
        team=_team,
        roles=_roles,
        looks_after=lambda person: assignments.in_words(assigned.get(person.id), current.content().vocabulary),
    )


@bp.get("/admin/users/new")
@access.only("admin")
def new() -> ResponseReturnValue:
    return _new_page(_new_person_form(formdata=None, data={"roles": ["practitioner"]}))


@bp.post("/admin/users/new")
@access.only("admin")
def add() -> ResponseReturnValue:
    me, form = current.user(), _new_person_form()
    form.own_words = login.site_words()
    if not form.validate():
        return _new_page(form, 422)
    sent_before = submissions.claim(db.session, form.form_id.data or "", me.id, request.path, now())
    if sent_before is not None:
        return redirect(sent_before, 303)
    try:
        person = administration.add(
            db.session,
            email=form.email.data or "",
            name=form.name.data or "",
            roles=frozenset(form.roles.data or ()),
            team=form.team.data or "",
            password=form.new_password.data if "new_password" in form else None,
            by=me.id,
            now=now(),
            own_words=login.site_words(),
        )
    except administration.Refused as why:
        db.session.rollback()
        form.email.errors = [str(why)]
        return _new_page(form, 422)
    address = url_for(".show", user_id=person.id)
    submissions.complete(db.session, form.form_id.data or "", me.id, address)
    db.session.commit()
    tell = "Tell them their password yourself." if "new_password" in form else "Their work account lets them in."
    flash(f"{person.name} can sign in now. {tell}", "success")
    return redirect(address, 303)


@bp.get("/admin/users/<int:user_id>")
@access.only("admin")
def show(user_id: int) -> ResponseReturnValue:
    return _person_page(who.person(user_id))


@bp.post("/admin/users/<int:user_id>/roles")
@access.only("admin")
def set_roles(user_id: int) -> ResponseReturnValue:
    person, form = who.person(user_id), _with_teams(RolesForm())
    if not form.validate():
        return _person_page(person, 422, roles_form=form)
    roles = frozenset(form.roles.data or ())
    try:
        changed = administration.set_roles(
            db.session, person, roles, team=form.team.data or "", by=current.user().id, now=now()
        )
    except administration.Refused as why:
        db.session.rollback()
        form.roles.errors = [str(why)]
        return _person_page(who.person(user_id), 422, roles_form=form)
    _keep_me_in(person)
    flash(f"{person.name}: {_roles(person)}." if changed else "Nothing was changed.", "success")
    return redirect(url_for(".show", user_id=user_id) if current.user().has("admin") else "/", 303)


@bp.post("/admin/users/<int:user_id>/second-factor/end")
@access.only("admin")
def end_second_factor(user_id: int) -> ResponseReturnValue:
    person = who.person(user_id)
    changed = second_factor.remove(db.session, person, by=current.user().id, now=now())
    db.session.commit()
    flash(f"{person.name} is no longer asked for a code." if changed else "Nothing was changed.", "success")
    return redirect(url_for(".show", user_id=user_id), 303)


@bp.post("/admin/users/<int:user_id>/password")
@access.only("admin")
def give_password(user_id: int) -> ResponseReturnValue:
    person, form = who.person(user_id), GivePasswordForm()
    if not _may_have_password(person):
        abort(404)
    form.own_words = (person.name, person.email, *login.site_words())
    if not form.validate():
        return _person_page(person, 422, password_form=form)
    administration.set_password(
        db.session,
        person,
        form.new_password.data or "",
        by=current.user().id,
        now=now(),
        own_words=login.site_words(),
    )
    _keep_me_in(person)
    flash(f"{person.name} has a new password. Tell it to them yourself.", "success")
    return redirect(url_for(".show", user_id=user_id), 303)


def _keep_me_in(person: User) -> None:
    """Commit. Where I changed my own account, my sign-in ended with it, so a new one begins."""
    if person.id == current.user().id:
        login.enter(person, noted.By.PASSWORD)
    else:
        db.session.commit()


def _new_page(form: AddPersonForm, status: int = 200) -> ResponseReturnValue:
    return make_response(render_template("admin/new.html", form=form), status)


def _person_page(
    person: User,
    status: int = 200,
    *,
    roles_form: RolesForm | None = None,
    password_form: GivePasswordForm | None = None,
) -> ResponseReturnValue:
    now_has, provider = {"roles": sorted(person.roles), "team": person.team}, current.settings().single_sign_on
    html = render_template(
        "admin/person.html",
        person=person,
        team=_team(person),
        looks_after=assignments.in_words(assignments.of(db.session, person.id), current.content().vocabulary),
        held=handover.in_words(handover.held_by(db.session, person.id)),
        roles_form=roles_form or _with_teams(RolesForm(formdata=None, data=now_has)),
        password_form=password_form or GivePasswordForm(formdata=None),
        may_have_password=_may_have_password(person),
        asked_for_codes=second_factor.is_on(db.session, person.id),
        groups_decide=bool(provider and provider.roles),
        history=[_act(entry) for entry in reversed(audit.about(db.session, "person", str(person.id)))],
    )
    return make_response(html, status)


def _act(entry: audit.AuditEntry) -> dict[str, object]:
    """One line of history: what, when, by whom and why."""
    actor = db.session.get(User, entry.actor) if entry.actor else None
    after = entry.after or {}
    return {
        "what": trail.OTHERS.actions.get(entry.action) or in_words(entry.action),
        "at": entry.at,
        "by": actor.name if actor else "the command line",
        "reason": after.get("reason", ""),
        "roles": [ROLE_WORDS[role].split(":")[0] for role in after.get("roles", ()) if role in ROLE_WORDS],
    }


def _may_have_password(person: User) -> bool:
    """Not whom an identity provider lets in: they would keep a way in when they have left there."""
    linked = select(Identity.subject).where(Identity.user_id == person.id)
    return current.settings().local_sign_in and db.session.scalar(linked) is None


def _new_person_form(**kwargs: Any) -> AddPersonForm:
    """Where no password of ours lets anybody in, none is asked for: the work account with this address does."""
    form = _with_teams(AddPersonForm(**kwargs))
    if not current.settings().local_sign_in:
        del form.new_password
    return form


def _with_teams(form: RolesFormT) -> RolesFormT:
    form.offer((term.slug, term.label) for term in current.content().vocabulary.terms("teams").values())
    return form


def _team(person: User) -> str:
    return current.content().vocabulary.label("teams", person.team) if person.team else ""


def _roles(person: User) -> str:
    return ", ".join(ROLE_WORDS[role].split(":")[0].lower() for role in ROLES if role in person.roles)
