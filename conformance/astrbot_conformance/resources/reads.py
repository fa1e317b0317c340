"""The operations that read one resource, through each of their paths."""

from collections.abc import Mapping, Sequence

from astrbot_api.operation import Operation

from astrbot_conformance.http import HttpRequest, asking
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.plugin_sample import ASSET, FILE_ITEM, PAGE
from astrbot_conformance.resources.skill_sample import SKILL_FILE

PARTS: Mapping[str, str] = {  # the parts of a resource of the run that some operations read
    "file_path": SKILL_FILE,
    "path": SKILL_FILE,
    "config_key": FILE_ITEM,
    "page_name": PAGE,
    "asset_path": ASSET,
}


def reads_of(kind: ResourceKind) -> Sequence[Operation]:
    """The operations that read a resource of this kind by its id in the path or in the query."""
    ids = _id_parameters(kind.remove)
    return [
        operation
        for operation in kind.contract.keyed
        if (operation.method, operation.side_effect) == ("GET", "read")
        and operation.path.startswith(f"{kind.listing.path}/")
        and len(ids & _id_parameters(operation)) == 1
        and _id_parameters(operation) - ids <= PARTS.keys()
    ]


def reading(operation: Operation, kind: ResourceKind, id: str) -> HttpRequest:
    """The request that reads the resource with that id."""
    ids = _id_parameters(kind.remove)
    values = {name: id if name in ids else PARTS[name] for name in _id_parameters(operation)}
    return asking(operation, values=values)


def _id_parameters(operation: Operation) -> frozenset[str]:
    return frozenset(parameter.name for parameter in operation.parameters if parameter.required)
