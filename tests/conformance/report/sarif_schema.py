"""The rules of SARIF 2.1.0 for the objects in `report.sarif`, in our words. Unknown members are rejected.

The types published for SARIF (`@types/sarif` of npm, generated from the official schema) accepted the samples and the
report of a real server too: `tsc --strict` on `const log: Log = …`.
"""

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
LEVEL: Schema = {"enum": ["none", "note", "warning", "error"]}


def _object(required: str = "", **members: Schema) -> Schema:
    return {"type": "object", "properties": members, "required": required.split(), "additionalProperties": False}


def _array(items: Schema, *, unique: bool = False) -> Schema:
    return {"type": "array", "items": items, "uniqueItems": unique}


BAG: Schema = {"type": "object", "properties": {"tags": _array(TEXT, unique=True)}}
MESSAGE = _object("text", text=TEXT)
RULE = _object(
    "id",
    id=TEXT,
    shortDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=_object(level=LEVEL),
    properties=BAG,
)
PLACE = _object(
    artifactLocation=_object(uri={"type": "string", "format": "uri-reference"}),
    region=_object(startLine={"type": "integer", "minimum": 1}),
)
RESULT = _object(
    "message",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": -1},
    level=LEVEL,
    message=MESSAGE,
    locations=_array(
        _object(physicalLocation=PLACE, logicalLocations=_array(_object(fullyQualifiedName=TEXT, kind=TEXT)))
    ),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    suppressions=_array(_object("kind", kind={"enum": ["inSource", "external"]}, justification=TEXT), unique=True),
)
RUN = _object(
    "tool",
    tool=_object("driver", driver=_object("name", name=TEXT, rules=_array(RULE, unique=True))),
    automationDetails=_object(id=TEXT),
    invocations=_array(_object("executionSuccessful", executionSuccessful={"type": "boolean"})),
    properties=BAG,
    results=_array(RESULT),
)
LOG = _object(
    "version runs",
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={"type": "array", "items": RUN, "minItems": 1},
)
