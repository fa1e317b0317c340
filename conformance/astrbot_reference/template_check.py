"""Rejects templates that could read more than their variables. No template is run."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, TemplateError, nodes

LARGEST = 256 * 1024  # characters; parsing takes about a second per MiB
KNOWN = {"text", "version", "shiki_runtime"}  # the variables that AstrBot gives a template
LOOP = "loop"
# They take and return text or a list; other filters read attributes by a name that can be computed.
FILTERS = frozenset(
    """abs capitalize center count d default e escape first float forceescape indent int last length list lower replace
    reverse round safe string striptags title trim truncate upper urlencode wordcount wordwrap""".split()
)
# Each gives a template more than its variables: another template, a macro, a call.
REFUSED = (
    nodes.Call,
    nodes.CallBlock,
    nodes.Extends,
    nodes.FromImport,
    nodes.Import,
    nodes.Include,
    nodes.Macro,
)
ENVIRONMENT = Environment(autoescape=True)


class BadTemplate(Exception):
    """The template is rejected. The message says why."""


def check_template(content: str) -> None:
    """Raises BadTemplate unless a template is valid and uses nothing but its variables.

    It must not call anything, read an attribute by a computed name or by a name that begins with an underscore, use a
    filter that does so, or use a variable that AstrBot does not define.
    """
    if len(content) > LARGEST:
        raise BadTemplate(f"The template has more than {LARGEST // 1024} KiB")
    try:
        tree = ENVIRONMENT.parse(content)
        reason = next(_objections(tree), None)
    except TemplateError as error:
        raise BadTemplate(f"The template is not valid: {error}") from error
    except RecursionError as error:
        raise BadTemplate("The template is nested too deeply") from error
    if reason:
        raise BadTemplate(f"The template {reason}")


def _objections(tree: nodes.Template) -> Iterator[str]:
    names = list(tree.find_all(nodes.Name))
    own = {name.name for name in names if name.ctx != "load"} | KNOWN | {LOOP}
    yield from (f"uses the unknown variable {name.name}" for name in names if name.name not in own)
    for node in tree.find_all(nodes.Node):
        if isinstance(node, REFUSED):
            yield f"uses {type(node).__name__}, which is not allowed"
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            yield f"uses the filter {node.name}, which is not allowed"
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            yield "reads a member that begins with an underscore"
        elif isinstance(node, nodes.Getitem) and not _is_harmless(node.arg):
            yield "reads a member that begins with an underscore, or by a computed name"


def _is_harmless(member: nodes.Expr) -> bool:
    """Whether a subscript is a number, a slice, or a name that does not begin with an underscore."""
    if isinstance(member, nodes.Neg):
        member = member.node
    if isinstance(member, nodes.Const):
        return not (isinstance(member.value, str) and member.value.startswith("_"))
    return isinstance(member, nodes.Slice)
