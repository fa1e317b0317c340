"""Which templates are refused because they reach more than their text."""

from __future__ import annotations

import pytest
from astrbot_reference.template_check import LARGEST, BadTemplate, check_template

from tests.reference.conftest import Client

HOSTILE = {
    "a member": "{{ ''.__class__ }}",
    "a member of a member": "{{ text.a._b }}",
    "in brackets": "{{ ''['__class__'] }}",
    "put together": "{{ ''['__cla' ~ 'ss__'] }}",
    "reversed": "{{ ''['__ssalc__'|reverse] }}",
    "by a variable": "{% set a = '__class__' %}{{ ''[a] }}",
    "by a filter": "{{ ''|attr('__class__') }}",
    "by a filter in a block": "{% filter attr('__class__') %}{% endfilter %}",
    "by an argument of a filter": "{{ ['']|map(attribute='__class__')|list }}",
    "in an argument of a filter": "{{ text|default(''.__class__) }}",
    "in a condition": "{% if ''.__class__ %}{% endif %}",
    "in a loop": "{% for a in ''.__class__ %}{% endfor %}",
    "in an assignment": "{% set a = ''.__class__ %}",
    "in a block": "{% block a %}{{ ''.__class__ }}{% endblock %}",
    "in a test": "{{ text is sameas(''.__class__) }}",
    "a call": "{{ text.format() }}",
    "a format string": "{{ '{0.__class__}'.format(text) }}",
    "a global": "{{ cycler }}",
    "a function": "{{ lipsum.__globals__ }}",
    "itself": "{{ self }}",
    "the request": "{{ request.application }}",
    "the configuration": "{{ config }}",
    "an unknown variable": "{{ other }}",
    "a macro": "{% macro a() %}{% endmacro %}",
    "another template": "{% include 'base' %}",
    "an import": "{% import 'os' as os %}",
    "a parent": "{% extends 'base' %}",
    "a broken template": "{{ text",
    "an unknown tag": "{% do text %}",
    "a large template": "a" * (LARGEST + 1),
    "a deep template": "{{ " + "(" * 5_000 + "text" + ")" * 5_000 + " }}",
}
SOUND = {
    "text": "<!doctype html><main>{{ text }}</main>",
    "empty": "",
    "no variables": "<p>__class__ is a word, lipsum too</p>",
    "filters": "{{ text|safe }} {{ text | upper | replace('a', 'b') | default('c') }}",
    "all variables": "{{ text }} {{ version }} <script>{{ shiki_runtime | safe }}</script>",
    "a loop": "{% for line in text %}{{ loop.index }} {{ line }}{% else %}none{% endfor %}",
    "a condition": "{% if text is defined and version == '1' %}{{ text[0] }}{{ text[-1] }}{{ text[1:3] }}{% endif %}",
    "an assignment": "{% set a = text ~ '!' %}{{ a }}{{ a['b'] }}{{ a.b }}",
    "a raw part": "{% raw %}{{ ''.__class__ }}{% endraw %}",
    "styles and scripts": "<style>a { b: c }</style><script>const a = {b: `${c}`}; d(e[0].__f);</script>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_template_that_reaches_more_is_refused(name: str) -> None:
    """However it does so."""
    with pytest.raises(BadTemplate):
        check_template(HOSTILE[name])


@pytest.mark.parametrize("name", SOUND)
def test_an_ordinary_template_is_allowed(name: str) -> None:
    """Whatever else it holds."""
    check_template(SOUND[name])


@pytest.mark.parametrize("content", [HOSTILE["a member"], HOSTILE["by a filter"]])
def test_it_is_neither_created_nor_put_in_the_place_of_another(client: Client, content: str) -> None:
    """400 in the envelope, and what was there is there still."""
    config = client.keyed("config")
    config.put("t2i/templates/plain", json={"content": "plain"})

    created = config.post("t2i/templates", json={"name": "hostile", "content": content})
    replaced = config.put("t2i/templates/plain", json={"content": content})

    assert (created.status_code, created.json()["status"]) == (400, "error")
    assert (replaced.status_code, replaced.json()["status"]) == (400, "error")
    assert config.get("t2i/templates/hostile").status_code == 404
    assert config.get("t2i/templates/plain").json()["data"]["content"] == "plain"
