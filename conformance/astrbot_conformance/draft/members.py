"""Members of responses that the contract requires and the server lacks, and members that the contract does not have."""

from collections.abc import Iterator, Mapping
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.contract import plain_reads
from astrbot_conformance.draft.overlay import Action, quoted
from astrbot_conformance.http import HttpResponse
from astrbot_conformance.json_value import as_object

JSON = "application/json"
TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
Place = tuple[str, ...]  # the names on the way to a schema in the document
Differences = dict[Place, dict[str, Any]]  # members of each schema, with a value if it is new


def safe_reads(contract: Contract) -> Iterator[Operation]:
    """The operations whose responses are compared: reads without required parameters that return JSON."""
    for operations in plain_reads(contract).values():
        yield from operations


class MemberChanges:
    """Collects the differences between responses and the contract."""

    def __init__(self, contract: Contract) -> None:
        """Begin without any."""
        self._contract = contract
        self._missing: Differences = {}
        self._new: Differences = {}

    def compare(self, response: HttpResponse) -> None:
        """Compare a successful response with the schema that the contract declares for it."""
        operation = response.request.operation
        for answer in self._contract.by_id[operation.id].answers:
            if answer.status == "200" and answer.media_type == JSON and answer.pointer and response.is_accepted:
                self._value(response.json, self._place(answer.pointer))

    def actions(self) -> Iterator[Action]:
        """The changes, one for each schema."""
        for place, members in self._missing.items():
            comment = "The responses of the server lack these members. TODO: check whether they are gone or optional."
            yield Action(f"$.{_path(place)}.required", "x-remove-entries", sorted(members), comment)
        for place, members in self._new.items():
            properties = {name: _schema(value) for name, value in sorted(members.items())}
            comment = "The responses of the server have these members too. TODO: describe them; are they required?"
            yield Action(f"$.{_path(place)}", "update", {"properties": properties}, comment)

    def _place(self, pointer: str) -> Place:
        """The place of a schema, after its references."""
        place = tuple(word.replace("~1", "/").replace("~0", "~") for word in pointer.removeprefix("#/").split("/"))
        schema = self._schema_at(place)
        return self._place(schema["$ref"]) if "$ref" in schema else place

    def _schema_at(self, place: Place) -> Mapping[str, Any]:
        value: Any = self._contract.document()
        for word in place:
            value = value[int(word)] if isinstance(value, list) else value[word]
        return as_object(value)

    def _value(self, value: Any, place: Place) -> None:
        if isinstance(value, list):
            for entry in value if "items" in self._schema_at(place) else ():
                self._value(entry, self._follow((*place, "items")))
        if not isinstance(value, dict):
            return
        parts = list(self._parts(place, value))
        properties = {name: part for part in parts for name in self._schema_at(part).get("properties", {})}
        for part in parts:
            for name in self._schema_at(part).get("required", ()):
                if name not in value:
                    self._missing.setdefault(part, {})[name] = None
        for name, member in value.items():
            if name in properties:
                self._value(member, self._follow((*properties[name], "properties", name)))
            elif properties and not any(self._is_open(part) for part in parts):
                self._new.setdefault(next(iter(properties.values())), {})[name] = member

    def _is_open(self, place: Place) -> bool:
        """Whether a schema allows any member on purpose."""
        schema = self._schema_at(place)
        return "x-free-form" in schema or isinstance(schema.get("additionalProperties"), dict)

    def _follow(self, place: Place) -> Place:
        schema = self._schema_at(place)
        return self._place(schema["$ref"]) if "$ref" in schema else place

    def _parts(self, place: Place, value: Mapping[str, Any]) -> Iterator[Place]:
        """The schemas that an object has to match: the schema, those that it consists of, and its best alternative."""
        schema = self._schema_at(place)
        yield place
        for number in range(len(schema.get("allOf", ()))):
            yield from self._parts(self._follow((*place, "allOf", str(number))), value)
        for keyword in ("oneOf", "anyOf"):
            branches = [
                list(self._parts(self._follow((*place, keyword, str(number))), value))
                for number in range(len(schema.get(keyword, ())))
            ]
            yield from max(branches, key=lambda parts: self._likeness(parts, value), default=[])

    def _likeness(self, parts: list[Place], value: Mapping[str, Any]) -> int:
        names = {name for part in parts for name in self._schema_at(part).get("properties", {})}
        return len(names & value.keys())


def _path(place: Place) -> str:
    """A place as a JSONPath without its root."""
    words = [f"[{word}]" if word.isdecimal() else quoted(word) for word in place[1:]]
    return place[0] + "".join(words)


def _schema(value: Any) -> dict[str, Any]:
    kind = TYPES.get(type(value))
    schema: dict[str, Any] = {"type": kind} if kind else {"type": ["string", "null"]}
    if kind == "array":
        schema["items"] = {}
    if kind == "object":
        schema["additionalProperties"] = True
    return schema | {"description": "TODO"}
