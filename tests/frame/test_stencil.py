"""A part of a page that is written once, with holes: it must read as its template would write it each time."""

import pytest
from jinja2 import Environment
from markupsafe import Markup, escape

from webapp.web.stencil import Stencil

PART = """{% macro part(href, name, note, wide=false) -%}
<a href="{{ href }}"{% if wide %} class="wide"{% endif %}>{{ name }}</a> 5% {{ name }}
{%- if note %} ({{ note }}){% endif %}
{%- endmacro %}"""


@pytest.fixture
def part():
    return Environment(autoescape=True).from_string(PART).module.part  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["Tea & talk", "100%", "%(href)s", "<b>Bold</b>"])
@pytest.mark.parametrize("wide", [False, True])
def test_it_reads_as_its_template_writes_it(part, name: str, wide: bool) -> None:
    stencil = Stencil(part, "href", "name", "note", wide=wide)
    filled = stencil.filled(href=escape("/a?b&c"), name=escape(name), note=Markup("<i>new</i>"))
    assert filled == part("/a?b&c", name, Markup("<i>new</i>"), wide=wide)


def test_a_value_that_is_forgotten_is_an_error_and_no_empty_place(part) -> None:
    with pytest.raises(KeyError, match="name"):
        Stencil(part, "href", "name", "note").filled(href=Markup("/"), note=Markup(""))
