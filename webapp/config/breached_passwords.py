"""The file of passwords that were lost in breaches elsewhere, as settings name it."""

import re
from collections.abc import Mapping
from pathlib import Path

NAME = "SIGNPOST_BREACHED_PASSWORDS"
LINE = re.compile(rb"[0-9A-F]{40}:\d+\r?\n")


def read(env: Mapping[str, str]) -> Path | None:
    """The file that `env` names; None where it names none. Raises ValueError with one sentence."""
    value = env.get(NAME, "").strip()
    if not value:
        return None
    path = Path(value).absolute()
    try:
        with path.open("rb") as file:
            first = file.readline(80)
    except (OSError, ValueError):
        raise ValueError(f"{NAME} names {path}, which is no file that can be read.") from None
    if not LINE.fullmatch(first):
        raise ValueError(f"{NAME} names {path}, which does not begin with a hash, a colon and a number.")
    return path
