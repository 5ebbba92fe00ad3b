"""From the settings to what a round needs: the words of this site, and the way by which its mail goes."""

from collections.abc import Callable
from datetime import datetime

from webapp.config.settings import Notify, Settings
from webapp.library.site import Site
from webapp.mail.carrier import Carrier
from webapp.mail.letters import Letterhead
from webapp.mail.smtp import SmtpCarrier


def letterhead(settings: Settings, site: Site | None) -> Letterhead:
    """What every mail says alike; `site` is none while no content can be read."""
    plain = Letterhead(settings.base_url, settings.secret_key)
    if site is None:
        return plain
    ask = plain.ask
    if site.contact:
        where = site.contact.email or site.contact.url
        ask = f"{site.contact.label} ({where})" if where else site.contact.label
    return Letterhead(settings.base_url, settings.secret_key, site.name, ask)


def carrier(settings: Settings, now: Callable[[], datetime]) -> Carrier | None:
    """GOV.UK Notify or SMTP, as the settings have it; None where no mail is set up."""
    if settings.mail is None:
        return None
    if isinstance(settings.mail, Notify):
        from webapp.mail.notify import Notifier  # here: the worker sends, and no page should carry its client

        return Notifier(settings.mail)
    return SmtpCarrier(settings.mail, now)
