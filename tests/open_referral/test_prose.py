"""What a page says, in plain text for those who reuse it."""

import pytest

from webapp.library.open_referral.prose import prose


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>We teach:-</p><ul><li>first aid</li><li>tea</li></ul>", "We teach:-\n\n- first aid\n- tea"),
        ("<ul><li><p>tea</p></li><li><p>talk</p></li></ul>", "- tea\n- talk"),
    ],
)
def test_a_list_stays_a_list_whatever_stands_before_it(html: str, said: str):
    assert prose(html) == said
