"""T2I-*: the templates that turn text into an image."""

from dataclasses import replace

from astrbot_api.operation import Operation

from astrbot_conformance.contract import along
from astrbot_conformance.http import Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kinds import kind_of
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import over, requirement

ORDINARY = "<p>{{ text }}</p>"
# They read the class of an empty text, or an object of the server. This changes nothing, even if a server renders them.
READING = (
    "{{ ''.__class__ }}",
    "{% set x = ''['__class__'] %}",
    "{{ ''|attr('__class__') }}",
    "{{ config }}",
    "{{ '{0.__class__}'.format('') }}",
    "{{ [text]|map(attribute='__class__')|list }}",
    "{{ ''['__class__'] }}",
    "{% for x in ''.__class__.__mro__ %}{% endfor %}",
    "{% if text.__class__ %}{% endif %}",
    "{% macro m() %}{{ ''.__class__ }}{% endmacro %}",
    "{{ '{0.__class__}'|format(text) }}",
    "{{ [text]|groupby('__class__') }}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ request.application }}",
    "{{ self }}",
)
IF_SLOW = {"POST": READING[:3], "PUT": READING[3:6]}


@requirement("T2I-SANDBOX")
@over(along("create_t2i_template replace_t2i_template"))
def test_t2i_sandbox(operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Store templates that read objects of the server in several ways, as new ones and in place of an ordinary one.

    Each must be rejected. The control: an ordinary template is accepted. The run removes every template that it
    creates.
    """
    kind = replace(kind_of("template", keys.contract), content=lambda name, text: {"name": name, "content": text})
    templates = ResourceClient(kind, target, keys.weakest(operation.scope), cleanup)
    mark = f"{keys.name}{operation.method.lower()}"  # both operations are judged at the same time
    with templates.temporary(f"{mark}-ordinary") as existing:
        if operation == kind.change:
            ordinary = target.send(kind.marking(operation, existing, ORDINARY), templates.key)
            if not ordinary.is_accepted:
                raise NotJudged(f"{operation}: an ordinary template is not accepted: {ordinary.in_short}")
        for number, text in enumerate(READING if target.options.is_cheap else IF_SLOW[operation.method]):
            name = f"{mark}-reading-{number}"
            if operation == kind.change:
                response = target.send(kind.marking(operation, existing, text), templates.key)
            else:
                response = templates.try_to_create(name, text)
            if not response.is_accepted:
                continue
            if operation == kind.create:
                templates.remove(name)
            fail(response, expected=f"400 for the template `{text}`", actual=f"{response.in_short}: it was stored")
