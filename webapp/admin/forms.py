"""The forms of administrators: people, what they may do and look after, and who takes that when they leave."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from webapp.accounts.forms import NEW_PASSWORD_HINT, ROLE_WORDS, NewPassword
from webapp.people.models import ROLES
from webapp.web import handover
from webapp.web.forms import Checkbox, Checkboxes, Email, Form, GuardedText, Password, Radios, Select, Text

NOBODY_YET = "nobody"


class GivePasswordForm(NewPassword, Form):
    """A password that an administrator gives to somebody."""

    new_password = Password(
        "New password",
        autocomplete="off",
        required="Enter a new password",
        hint=NEW_PASSWORD_HINT,
    )


class RolesForm(Form):
    """What somebody may do, and the team they are in."""

    roles = Checkboxes(
        "What they may do",
        choices=[(role, ROLE_WORDS[role]) for role in ROLES],
        required="Choose one role or more",
    )
    team = Select("Team", choices=[])

    def offer(self, teams: Iterable[tuple[str, str]]) -> None:
        """Give the teams to choose from, as pairs of slug and name."""
        self.team.choices = [("", "No team"), *teams]


class AssignmentsForm(Form):
    """What somebody looks after beside their roles."""

    leads = Checkboxes(
        "Workstreams they lead", choices=[], hint="They answer what gets in the way, in the queue of each workstream."
    )
    convenes = Checkboxes(
        "Teams they convene", choices=[], hint="They see the themes of these communities and plan spotlights for them."
    )

    def offer(self, workstreams: Iterable[tuple[str, str]], teams: Iterable[tuple[str, str]]) -> None:
        """Give what there is to choose from, as pairs of slug and name."""
        self.leads.choices = list(workstreams)
        self.convenes.choices = list(teams)


class AddPersonForm(NewPassword, RolesForm):
    """A new person. They may change the password once they are in."""

    name = Text("Name", max_length=200, required="Enter the person’s name", params={"autocomplete": "off"})
    email = Email("E-mail address", required="Enter the person’s e-mail address", params={"autocomplete": "off"})
    new_password = Password(
        "First password",
        autocomplete="off",
        required="Enter a first password",
        hint=NEW_PASSWORD_HINT + " Tell it to the person yourself; they can change it in their account.",
    )

    def _words(self) -> Iterable[str]:
        return (*self.own_words, self.name.data or "", self.email.data or "")


class ServiceKeyForm(Form):
    """A new service key, and what becomes of the one before."""

    before = Radios(
        "The key until now",
        choices=[
            ("overlap", "Works for 7 more days, so that reports go on while you change it"),
            ("at-once", "Stops at once, because somebody may have it who should not"),
        ],
        required="Choose what becomes of the key until now",
    )


class SuspensionForm(Form):
    """Stop somebody from signing in, or let them in again."""

    reason = GuardedText(
        "Reason",
        max_length=200,
        required="Give the reason",
        hint="Kept in the history of this account. For example: left the service on 3 March.",
    )


class RemovalForm(Form):
    """Remove somebody for good."""

    sure = Checkbox("I have read what goes and what stays", required="Tick that you have read what goes and what stays")


class _Leaving(Form):
    """Asks who takes what somebody looks after: a question for each kind of work, such as `gaps_to`."""

    def ask(self, held: Mapping[str, int], takers: Mapping[str, Iterable[tuple[int, str]]]) -> None:
        """Ask for what there is: `held` is how much of each kind, `takers` who may have it (id and name)."""
        for key, work in handover.WORK.items():
            if key not in held:
                del self[f"{key}_to"]
                continue
            field = self[f"{key}_to"]
            field.label.text = f"Who takes their {work.counted(held[key])}?"
            people = [(str(number), name) for number, name in takers[key]]
            nobody = (NOBODY_YET, f"Nobody yet: say “{handover.LEFT}” until somebody does")
            field.choices = [("", "Choose who takes them"), *people, nobody]

    @property
    def questions(self) -> list[Any]:
        """The fields that are asked."""
        return [self[name] for key in handover.WORK if (name := f"{key}_to") in self]

    @property
    def taken(self) -> dict[str, int]:
        """Who takes which kind of work: ids, without what nobody takes yet. Only for a form that is valid."""
        answers = {field.name.removesuffix("_to"): field.data for field in self.questions}
        return {key: int(number) for key, number in answers.items() if number != NOBODY_YET}


@cache
def _with_questions(form: Any) -> Any:
    """`form` with its questions. They are known once every feature has said what can be handed over."""
    needed = {key: f"Choose who takes their {work.many}, or nobody yet" for key, work in handover.WORK.items()}
    asked = {
        f"{key}_to": Select(f"Who takes their {handover.WORK[key].many}?", choices=[], required=message)
        for key, message in needed.items()
    }
    return type(f"{form.__name__}WithQuestions", (form,), asked)


class _StoppingForm(_Leaving, SuspensionForm):
    pass


class _HandoverForm(_Leaving):
    pass


def stopping_form(**kwargs: Any) -> Any:
    """Why somebody is stopped, and who takes what they look after. Call its `ask`."""
    return _with_questions(_StoppingForm)(**kwargs)


def handover_form(**kwargs: Any) -> Any:
    """Who takes what somebody looks after. Call its `ask`."""
    return _with_questions(_HandoverForm)(**kwargs)
