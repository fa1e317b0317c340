"""Plans one operation: the signature of its service method, and how its route reads the request."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from astrbot_generator.code_plan import (
    PlannedAnswer,
    PlannedBody,
    PlannedOperation,
    PlannedParameter,
    PlannedProbe,
    PlannedScope,
    PlannedSocket,
    Ways,
    roles_of,
)
from astrbot_generator.contract_names import ContractNames, argument_names, tag_of
from astrbot_generator.model_schemas import ModelSource
from astrbot_generator.names import free_class_name, pascal, path_parameters
from astrbot_generator.operation_rules import parameters_of
from astrbot_generator.plan_parameters import plan_parameter
from astrbot_generator.pointer import join
from astrbot_generator.quoted_text import Identifier, PythonText, joined, python
from astrbot_generator.read import Table
from astrbot_generator.resolve import SCHEMAS, resolve
from astrbot_generator.socket_rules import MESSAGES, WORD

_ANY, _NONE = python("Any"), python("None")
_READERS = {"bytes": python("bytes"), "form": python("Form")}
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


class OperationPlanner:
    """Plans operations; collects classes for schemas that are written inside operations instead of in components."""

    def __init__(self, document: Table, names: ContractNames, scopes: dict[str, PlannedScope]) -> None:
        self.document = document
        self.names = names
        self.scopes = scopes
        self.inline_models: list[ModelSource] = []
        self.taken: set[str] = set(names.classes.values())
        self.inline: dict[str, Identifier] = {}

    def operation(self, method: str, path: str, item: Table, operation: Table) -> PlannedOperation:
        """Returns the plan of one operation."""
        identity = self.names.ids[method, path]
        pointer = join("/paths", path, method)
        parameters = self._parameters(path, item, operation, pointer)
        security = self._security(operation)
        roles = roles_of(security)
        closed = self.document.get("x-closed-scopes") or ()
        answers, returns = self._answers(identity, operation, pointer)
        return PlannedOperation(
            id=identity,
            method=method.upper(),
            path=path,
            route=_route(path, parameters),
            tag=tag_of(operation),
            summary=_sentence(operation.get("summary")) or _sentence(operation.get("description")) or identity,
            scope=next((self.scopes[role] for role in roles if role in self.scopes), None),
            sub_scopes=tuple((operation.get("x-sub-scopes") or {}).items()),
            closed_scope=next((role for role in roles if role in closed), None),
            public=not security,
            side_effect=operation.get("x-side-effect"),
            alias_of=operation.get("x-alias-of"),
            refusal=operation.get("x-refusal", "status"),
            security=security,
            parameters=parameters,
            body=self._body(identity, operation, pointer),
            answers=answers,
            probe=_probe(operation.get("x-harmless-probe") or {}),
            function=self.names.methods[identity],
            returns=returns,
            socket=self._socket(identity, operation, pointer),
        )

    def models_of(self, identity: str, operation: Table, pointer: str) -> None:
        """Collects the classes of the bodies of an operation that is not served."""
        self._body(identity, operation, pointer)
        self._answers(identity, operation, pointer)

    def _parameters(self, path: str, item: Table, operation: Table, pointer: str) -> tuple[PlannedParameter, ...]:
        order = {("path", name): index for index, name in enumerate(path_parameters(path))}
        declared = parameters_of(self.document, item, operation, pointer)
        in_order = sorted(declared, key=lambda d: order.get((d.parameter["in"], d.parameter["name"]), len(order)))
        arguments = argument_names((parameter["in"], parameter["name"]) for parameter, *_ in in_order)
        return tuple(
            plan_parameter(self.document, parameter, arguments[parameter["in"], parameter["name"]], where)
            for parameter, _, where in in_order
        )

    def _security(self, operation: Table) -> Ways:
        ways = operation.get("security", self.document.get("security") or [])
        return tuple(tuple((scheme, tuple(roles)) for scheme, roles in way.items()) for way in ways)

    def _socket(self, identity: str, operation: Table, pointer: str) -> PlannedSocket | None:
        """Returns the messages of a WebSocket; None for any other operation."""
        if WORD not in operation:
            return None
        planned = []
        for name, suffix in zip(MESSAGES, ("Message", "Event"), strict=True):
            schema, start = operation[WORD][name], "#" + join(pointer, WORD, name)
            where = schema["$ref"] if self._component(schema) and set(schema) == {"$ref"} else start
            planned.append((where, self._class(schema, where, f"{pascal(identity)}{suffix}")))
        (receives, model), (sends, event) = planned
        refuse = self.names.refusal(self.names.methods[identity])
        return PlannedSocket(receives, sends, model, event, refuse)

    # bodies

    def _body(self, identity: str, operation: Table, pointer: str) -> PlannedBody | None:
        declared = operation.get("requestBody")
        if declared is None:
            return None
        start = declared["$ref"] if "$ref" in declared else "#" + join(pointer, "requestBody")
        body = resolve(self.document, declared)
        content = body.get("content") or {}
        start = join(start, "content")
        schemas = {media: self._schema_at(value, join(start, media)) for media, value in content.items()}
        first = next((media for media in content if is_json(media)), next(iter(content), None))
        schema, where = schemas[first] if first is not None else (None, None)
        form = _form(content, schemas)
        required = body.get("required") is True
        name = f"{pascal(identity)}Body"
        kinds: dict[str, PythonText] = {}
        if form == "mixed":
            kinds = {media: self._kind(media, *schemas[media], name) for media in content}
            joint = joined(python(" | "), dict.fromkeys(kinds.values()))
            annotation = _ANY if _ANY in kinds.values() else joint
        else:
            annotation = _READERS.get(form) or self._class(schema, where, name)
        if not required and form in ("model", "mixed") and annotation != _ANY:
            annotation = python("{} | None", annotation)
        differ = len({pointer for _, pointer in schemas.values()}) > 1
        encoded = any(isinstance(value, dict) and "encoding" in value for value in content.values())
        return PlannedBody(
            media_types=tuple(content),
            required=required,
            schema=self._component(schema),
            pointer=where,
            form=form,
            annotation=annotation,
            content=start if differ or encoded else None,
            kinds=tuple(kinds.items()),
        )

    def _kind(self, media: str, schema: Any, pointer: str | None, name: str) -> PythonText:
        """Returns the Python type of a body in one of several media types."""
        if is_json(media):
            return self._class(schema, pointer, name)
        return _READERS["form" if media in _FORMS else "bytes"]

    def _schema_at(self, media: Any, pointer: str) -> tuple[Any, str | None]:
        """Returns the schema of a media type and its pointer; for a `$ref`, the pointer of the component."""
        schema = media.get("schema") if isinstance(media, dict) else None
        if schema is None:
            return None, None
        only_refers = isinstance(schema, dict) and set(schema) == {"$ref"}
        return schema, schema["$ref"] if only_refers else join(pointer, "schema")

    def _component(self, schema: Any) -> str | None:
        """Returns the name of the component schema that a schema refers to."""
        reference = schema.get("$ref") if isinstance(schema, dict) else None
        return str(reference).removeprefix(SCHEMAS) if reference else None

    def _class(self, schema: Any, pointer: str | None, name: str) -> PythonText:
        """Returns the Python type of a schema; an inline schema gets a class of this name."""
        if pointer is None:
            return _ANY
        component = self._component(schema)
        if component is not None and set(schema) == {"$ref"}:
            return python("models.{}", self.names.classes[component])
        if pointer not in self.inline:
            free = free_class_name(name, self.taken)
            self.taken.add(free)
            self.inline[pointer] = free
            self.inline_models.append(ModelSource(free, pointer, schema))
        return python("models.{}", self.inline[pointer])

    # answers

    def _answers(self, identity: str, operation: Table, pointer: str) -> tuple[tuple[PlannedAnswer, ...], PythonText]:
        planned: list[PlannedAnswer] = []
        types: list[PythonText] = []
        responses = {k: v for k, v in (operation.get("responses") or {}).items() if not k.startswith("x-")}
        good = [status for status in responses if status[:1] in "123"] or [s for s in responses if s == "default"]
        for status, declared in responses.items():
            start = declared["$ref"] if "$ref" in declared else "#" + join(pointer, "responses", status)
            content = resolve(self.document, declared).get("content") or {}
            if not content:
                planned.append(PlannedAnswer(status, None, None))
                types += [_NONE] if status in good else []
            for media, value in content.items():
                schema, where = self._schema_at(value, join(start, "content", media))
                events, event_type = self._events(identity, schema, where)
                planned.append(PlannedAnswer(status, media, where, events))
                if status not in good:
                    continue
                if media == "text/event-stream":
                    types.append(python("EventStream[{}]", event_type))
                elif is_json(media):
                    suffix = "Answer" if len(good) == 1 else f"Answer{status}"
                    models = self._answer_types(schema, where, pascal(identity) + suffix)
                    types += [python("Answered[{}]", model) if model != _ANY else _ANY for model in models]
                else:
                    types.append(python("Raw"))
        union = sorted(dict.fromkeys(types), key=lambda name: name == _NONE) or [_NONE]
        return tuple(planned), _ANY if _ANY in union else joined(python(" | "), union)

    def _answer_types(self, schema: Any, pointer: str | None, name: str) -> Iterator[PythonText]:
        """Returns the types of a JSON response: one for each branch if it is a union of components."""
        for word in ("oneOf", "anyOf"):
            is_union = isinstance(schema, dict) and not set(schema) - {word, "discriminator"}
            branches = schema.get(word) if is_union else None
            if branches and all(isinstance(b, dict) and self._component(b) and set(b) == {"$ref"} for b in branches):
                yield from (self._class(branch, branch["$ref"], name) for branch in branches)
                return
        yield self._class(schema, pointer, name)

    def _events(self, identity: str, schema: Any, pointer: str | None) -> tuple[str | None, PythonText]:
        """Returns the pointer of the event schema of a stream, and the Python type of its events."""
        resolved = resolve(self.document, schema)
        if pointer is None or not isinstance(resolved, dict) or "x-events" not in resolved:
            return None, _ANY
        event = resolved["x-events"]
        where = event["$ref"] if isinstance(event, dict) and "$ref" in event else join(pointer, "x-events")
        return where, self._class(event, where, f"{pascal(identity)}Event")


def _form(content: Collection[str], schemas: Mapping[str, tuple[Any, str | None]]) -> str:
    """Returns how a service receives a body with these media types."""
    kinds = {"model" if is_json(media) else "form" if media in _FORMS else "bytes" for media in content} or {"bytes"}
    several_models = kinds == {"model"} and len({pointer for _, pointer in schemas.values()}) > 1
    return "mixed" if len(kinds) > 1 or several_models else kinds.pop()


def is_json(media: str) -> bool:
    """Returns whether a media type is JSON."""
    name = media.split(";", maxsplit=1)[0].strip().lower()
    return name == "application/json" or name.endswith("+json")


def _route(path: str, parameters: tuple[PlannedParameter, ...]) -> str:
    """Returns the path in Starlette's syntax; `:path` marks parameters whose values may contain slashes."""
    for parameter in parameters:
        if parameter.param_in == "path":
            rest = ":path" if parameter.slashes else ""
            path = path.replace(f"{{{parameter.name}}}", f"{{{parameter.argument}{rest}}}")
    return path


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split())


def _probe(declared: dict[str, Any]) -> PlannedProbe:
    query = tuple((str(name), str(value)) for name, value in (declared.get("query") or {}).items())
    return PlannedProbe(query, declared.get("body") == "none", declared.get("none"))
