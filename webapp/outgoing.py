"""The two ways by which mail can leave, as settings have them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Notify:
    """Mail goes through GOV.UK Notify, by a template whose subject is ((subject)) and whose text is ((body)).

    Text messages go by another, whose text is ((body)); where `text_template_id` is empty there are none.
    """

    api_key: str = field(repr=False)
    template_id: str
    url: str = "https://api.notifications.service.gov.uk"
    text_template_id: str = ""


@dataclass(frozen=True)
class Smtp:
    """Mail goes to this server. `tls` is `starttls`, `implicit` (from the first byte) or `none`."""

    sender: str  # as readers see it: Signpost <signpost@council.example>
    host: str
    port: int
    tls: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
