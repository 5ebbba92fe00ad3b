"""Which listings are published: those that an editor marked, or that `site.yml` says are. In doubt, none is.

Why it is so: docs/decisions/open-data.md.
"""

from webapp.library.build.pages import Page
from webapp.library.front_matter.model import Asset
from webapp.library.site import OpenReferral


def is_published(page: Page, rules: OpenReferral) -> bool:
    """Whether a listing is open data. Its first and last day are looked at when somebody asks for it."""
    asset = page.front
    if not isinstance(asset, Asset) or asset.draft or page.doubt or asset.publish is False:
        return False
    if asset.publish:
        return True
    if asset.imported:  # it is somebody else's to publish
        return asset.imported.source in rules.republish
    return rules.publish == "all"
