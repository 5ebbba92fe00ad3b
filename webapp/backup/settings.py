"""The settings that go into a backup: what was set, but nothing that opens a door."""

import json
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

# What may stand in an archive as it is. A setting that is not named here is only said to be set: a new secret cannot
# slip in because nobody thought of it.
PLAIN = {
    "SIGNPOST_TRUSTED_HOSTS", "SIGNPOST_CONTENT_DIR", "SIGNPOST_INDEX_DIR", "SIGNPOST_STATE_DIR", "SIGNPOST_DEMO",
    "SIGNPOST_CONTENT_BRANCH", "SIGNPOST_CONTENT_FOLDER", "SIGNPOST_SYNC_SECONDS", "SIGNPOST_FEED_NETWORKS",
    "SIGNPOST_PUSH_PROPOSALS", "SIGNPOST_PROXIES", "SIGNPOST_IDLE_MINUTES", "SIGNPOST_SESSION_MINUTES",
    "SIGNPOST_EDIT_URL", "SIGNPOST_BASE_URL", "SIGNPOST_NOTIFY_TEMPLATE_ID", "SIGNPOST_NOTIFY_TEXT_TEMPLATE_ID",
    "SIGNPOST_NOTIFY_URL", "SIGNPOST_MAIL_FROM", "SIGNPOST_OPEN_REFERRAL",
}  # fmt: skip
# Addresses, which may hold a name and password: without them, and without what follows a question mark.
ADDRESSES = {"DATABASE_URL", "SIGNPOST_CONTENT_REMOTE", "SIGNPOST_SMTP_URL", "SIGNPOST_MAP_TILES"}
NOT_KEPT = "(set, and not kept in backups)"


def kept(environ: Mapping[str, str]) -> bytes:
    """The settings of `environ`, by name, as JSON."""
    ours = {name: value for name, value in environ.items() if value and name.startswith(("SIGNPOST_", "DATABASE_URL"))}
    return json.dumps({name: _shown(name, value) for name, value in sorted(ours.items())}, indent=1).encode()


def _shown(name: str, value: str) -> str:
    if name in ADDRESSES:
        return _without_secrets(value)
    return value if name in PLAIN else NOT_KEPT


def _without_secrets(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return NOT_KEPT
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
