"""Other machines that the site needs: whether mail has a way out, and whether people can sign in by their provider."""

from collections.abc import Iterator

from webapp.health.finding import Finding, Patient, fault, fine, notice
from webapp.mail import reachability
from webapp.sign_in.single_sign_on import provider
from webapp.sign_in.single_sign_on.faults import ProviderFault

MAIL = "Mail"
SIGN_IN = "Identity provider"


def mail_way(at: Patient) -> Iterator[Finding]:
    """The server of the settings. It is asked to let us in, and no mail is sent."""
    server = at.settings.mail
    if server is None:
        todo = "Set SIGNPOST_NOTIFY_API_KEY or SIGNPOST_SMTP_URL, unless that is what you want: see docs/deploying.md."
        yield notice(MAIL, "No mail is set up: messages stay in the product, and no password can be reset.", todo)
    elif not at.thorough:
        yield fine(MAIL, f"Mail goes by {reachability.called(server)}.")
    elif why := reachability.fault(server):
        todo = "Look at the settings of mail, and whether this machine may reach it. Nothing is lost: mail waits."
        yield fault(MAIL, f"Mail goes by {reachability.called(server)}: {why}.", todo)
    else:
        yield fine(MAIL, f"{reachability.called(server)} lets us in.")


def identity_provider(at: Patient) -> Iterator[Finding]:
    """What the provider says of itself, and its keys."""
    settings = at.settings.single_sign_on
    if settings is None:
        yield fine(SIGN_IN, "None is set: people sign in with an e-mail address and a password.")
        return
    if not at.thorough:
        yield fine(SIGN_IN, f"People sign in by {settings.issuer}.")
        return
    asked = provider.Provider(settings)
    try:
        asked.metadata()
        asked.keys()
    except ProviderFault as why:
        todo = "See docs/single-sign-on.md. `signpost users sign-in-link` lets an administrator in meanwhile."
        yield fault(SIGN_IN, f"{settings.issuer} cannot be used: {why}.", todo)
    else:
        yield fine(SIGN_IN, f"{settings.issuer} answers, and its keys can be read.")
