"""What the arguments of a service method say of the parameters and the body of its operation. Generated; do not edit."""

from inspect import Parameter
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ..operation import Operation
from .bodies import Form
from .media_types import ByMediaType
from .parameters import Structured


class _HiddenNull:
    """Hides null from the JSON Schema of an argument that can be absent."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Returns pydantic's JSON Schema without null."""
        described = handler(schema)
        branches = [branch for branch in described.get("anyOf", ()) if branch != {"type": "null"}]
        rest = {word: value for word, value in described.items() if word != "anyOf"}
        return {**rest, **(branches[0] if len(branches) == 1 else {"anyOf": branches})} if branches else described


def has_argument(operation: Operation, path: str, argument: Parameter) -> bool:
    """Returns whether an operation has an argument, which its version in an earlier release may lack."""
    if argument.name == "caller" or "{" + argument.name in path:
        return True
    if argument.name == "body" or argument.annotation in (Form, bytes):
        return operation.body is not None
    return any(parameter.name == name_of(argument) for parameter in operation.parameters)


def name_of(argument: Parameter) -> str:
    """Returns the name of the parameter that an argument gets."""
    if structured := _structured(argument):
        return structured.name
    details = get_args(argument.annotation) if get_origin(argument.annotation) is Annotated else ()
    return next((str(detail.alias) for detail in details if getattr(detail, "alias", None)), argument.name)


def without_null(argument: Parameter) -> Any:
    """Returns the type of an argument; null, which means absent, is hidden from the derived document."""
    kind = argument.annotation
    kind = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if argument.default is not None or NoneType not in get_args(kind):
        return kind
    return Annotated[kind, _HiddenNull()]


def _structured(argument: Parameter) -> Structured | None:
    """Returns how to read the parameter of an argument; None if FastAPI reads it."""
    details = get_args(argument.annotation) if get_origin(argument.annotation) is Annotated else ()
    found = (getattr(getattr(detail, "dependency", None), "parameter", None) for detail in details)
    return next((parameter for parameter in found if isinstance(parameter, Structured)), None)


def without_default(argument: Parameter) -> Parameter:
    """Returns an argument; without its default if FastAPI fills it with a dependency."""
    depends = _structured(argument) or is_by_media_type(argument)
    return argument.replace(default=Parameter.empty) if depends else argument


def is_by_media_type(argument: Parameter) -> bool:
    """Returns whether an argument is a body with several media types."""
    details = get_args(argument.annotation) if get_origin(argument.annotation) is Annotated else ()
    return any(isinstance(getattr(detail, "dependency", None), ByMediaType) for detail in details)


def described_by_route(operation: Operation, arguments: list[Parameter]) -> dict[str, Any]:
    """Returns the OpenAPI description of what the route reads itself."""
    parameters = [parameter.described for parameter in map(_structured, arguments) if parameter]
    return {**(_own_body(operation, arguments) or {}), **({"parameters": parameters} if parameters else {})}


def _own_body(operation: Operation, arguments: list[Parameter]) -> dict[str, Any] | None:
    """Returns the OpenAPI description of a body that the route reads itself."""
    own = [argument for argument in arguments if argument.annotation in (Form, bytes) or is_by_media_type(argument)]
    if operation.body is None or not own:
        return None
    content: dict[str, Any] = {media_type: {} for media_type in operation.body.media_types}
    return {"requestBody": {"content": content, **({"required": True} if operation.body.required else {})}}
