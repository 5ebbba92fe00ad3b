"""The names that files of content may have: an address is made of each."""

import re

from webapp.library.authoring.scaffold import slugify
from webapp.library.front_matter.fields import SLUG

# These are pages of the program: a file of that name would never be seen.
TAKEN = {"asset": ("points", "this-week", "new"), "spotlight": ("propose",), "handout": ("run", "feedback")}


def fault_of_name(kind: str, slug: str) -> str:
    """Why a page of `kind` cannot be called `slug`, and what to do; empty where it can.

    Addresses are lower case, so that nobody has to remember how a page was spelt.
    """
    if slug in TAKEN.get(kind, ()):
        return f"the site has a page of its own called `{slug}` there: give this file another name"
    if re.match(SLUG, slug):
        return ""
    return f"the file name `{slug}` cannot be an address: rename it to `{slugify(slug) or 'a-name'}.md`"
