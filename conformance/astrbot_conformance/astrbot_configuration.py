"""The configuration of AstrBot in responses, whose members differ between releases. Knows AstrBot."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from astrbot_api.contract import Contract

from astrbot_conformance.contract import EarlierContract
from astrbot_conformance.http import HttpResponse
from astrbot_conformance.json_value import as_object
from astrbot_conformance.passive.schema_problem import listing
from astrbot_conformance.passive.shape import is_described
from astrbot_conformance.verdict.finding import fail

AREA = ("data", "config")  # the path of the configuration in a response
COMPONENT = "Configuration"


def has_known_members(response: HttpResponse, contract: Contract) -> bool:
    """Check that the configuration of a newer target has the members of the contract, and no others.

    A difference is a SHOULD finding that names the members: the contract is older than the target.
    """
    if not isinstance(contract, EarlierContract) or not is_described(response, contract):
        return False
    configuration: Any = response.json
    for name in AREA:
        configuration = as_object(configuration).get(name)
    known, required = known_members(contract)
    if not isinstance(configuration, dict) or not required & configuration.keys():
        return False  # another kind of configuration, such as that of a plugin
    missing, new = sorted(required - configuration.keys()), sorted(configuration.keys() - known)
    if missing or new:
        parts = [*([f"lacks {listing(missing)}"] if missing else []), *([f"has also {listing(new)}"] if new else [])]
        expected = f"the configuration of AstrBot {contract.release}"
        actual = f"newer than this contract: the configuration {' and '.join(parts)}"
        fail(response, expected=expected, actual=actual, level="SHOULD")
    return True


@cache
def known_members(contract: Contract) -> tuple[frozenset[str], frozenset[str]]:
    """The members that the contract describes for a whole configuration, and those that it requires."""
    schemas = list(_parts(contract, contract.document()["components"]["schemas"][COMPONENT]))
    known = frozenset(str(name) for schema in schemas for name in schema.get("properties", ()))
    required = frozenset(str(name) for schema in schemas for name in schema.get("required", ()))
    return known | required, required


def _parts(contract: Contract, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema and every schema that it consists of."""
    yield schema
    for part in schema.get("allOf", ()):
        yield from _parts(contract, contract.resolve(part["$ref"]) if "$ref" in part else part)
