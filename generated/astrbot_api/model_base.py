"""The base classes of the models: how a value is validated, built in Python, and dumped. Generated; do not edit.

A model validates the raw value with the compiled JSON Schema of the contract, then pydantic parses it. So a model
accepts exactly the values that its schema accepts. Models inside a model are only parsed, because the schema of the
outer model covers them.

An absent member reads as None, or as its default, and is not dumped. `model_fields_set` tells it from null.
"""

from collections.abc import Iterator
from contextvars import ContextVar
from functools import cache, partial
from operator import is_
from types import NoneType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Generic,
    Literal,
    NamedTuple,
    TypeAlias,
    TypeVar,
    cast,
    get_args,
    get_origin,
    overload,
)

import pydantic
from pydantic import ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from .conforming import refuse_unless_conforming, schema_of

T = TypeVar("T")
ItemT = TypeVar("ItemT")


class _Null:
    """Marks an optional member whose schema allows null."""


Nullable: TypeAlias = Annotated[T | None, _Null()]
"""The type of an optional member that can also be null. Any other optional member is absent if it is None."""


class _Members(NamedTuple):
    """The members of a model that its constructor and its dump treat specially, by their Python names."""

    absent_if_none: frozenset[str]
    """The optional members that cannot be null."""
    dumped_unset: dict[str, tuple[str, ...]]
    """Optional member that pydantic dumps even if it is absent -> its possible keys in a dump."""
    constant: dict[str, Any]
    """Required member -> its only possible value."""
    renamed: dict[str, str]
    """Member -> its other name, which is the name in the contract."""

    def in_contract(self, name: str) -> str:
        """Returns the name of a member in the contract."""
        return self.renamed.get(name, name)


@cache
def _members(model: type[pydantic.BaseModel]) -> _Members:
    """Returns the members of a model."""
    fields = model.model_fields
    renamed = {name: field.alias for name, field in fields.items() if field.alias not in (None, name)}
    aliases = {renamed.get(name, name) for name in fields}
    with_default = {name: field for name, field in fields.items() if not field.is_required()}
    constant = {name: field.default for name, field in with_default.items() if _is_constant(field)}
    optional = with_default.keys() - constant.keys()
    absent_if_none = frozenset(name for name in optional if not _allows_null(fields[name]))
    dumped = {name for name in optional if fields[name].default is not None or name not in absent_if_none}
    keys = {name: (renamed.get(name, name), *({name} - aliases)) for name in dumped}
    return _Members(absent_if_none, keys, constant, renamed)


def _allows_null(field: FieldInfo) -> bool:
    return field.annotation is Any or any(isinstance(detail, _Null) for detail in field.metadata)


def _is_constant(field: FieldInfo) -> bool:
    """Returns whether a member is required and has one possible value, which is its default."""
    if field.annotation is NoneType:
        return not _allows_null(field)
    return get_origin(field.annotation) is Literal and len(get_args(field.annotation)) == 1


def _given(model: type[pydantic.BaseModel], data: dict[str, Any]) -> dict[str, Any]:
    """Returns the arguments of a constructor as the members of a JSON object: by their names in the contract.

    Constants are added. None is left out if the schema does not allow null.
    """
    members = _members(model)
    given = {members.in_contract(name): value for name, value in members.constant.items()}
    unset = {members.in_contract(name) for name in members.absent_if_none}
    for name, value in data.items():
        alias = members.in_contract(name)
        if alias != name and alias in data:
            raise _given_twice(model, name, alias)
        if value is not None or alias not in unset:
            given[alias] = value
    return given


def _given_twice(model: type[pydantic.BaseModel], name: str, alias: str) -> ValidationError:
    context = {"name": name, "alias": alias}
    problem = PydanticCustomError(
        "given_twice", "`{name}` and `{alias}` are the same member; give one of them", context
    )
    details = [InitErrorDetails(type=problem, loc=(name,), input=None)]
    return ValidationError.from_exception_data(model.__name__, details, hide_input=True)


_is_none = partial(is_, None)
_inside: ContextVar[bool] = ContextVar("_inside", default=False)
"""Whether the schema that is being built is part of the schema of another model."""


def _schema(model: type[pydantic.BaseModel], source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    """Returns pydantic's schema of a model; validation against the contract is added to the outermost model only."""
    inside = _inside.get()
    token = _inside.set(True)
    try:
        schema: Any = handler(source)
    finally:
        _inside.reset(token)
    if schema["type"] == "function-wrap" and "conform" in schema.get("metadata", {}):
        schema = schema["schema"]  # pydantic remembers the schema of an outermost model
    if schema["type"] == "model" and schema["schema"]["type"] == "model-fields" and "serialization" not in schema:
        _treat_absent(schema, _members(model))
    if inside:
        return cast(CoreSchema, schema)

    def conform(value: Any, parse: core_schema.ValidatorFunctionWrapHandler) -> Any:
        if not isinstance(value, model) and (schema := schema_of(model)) is not None:
            refuse_unless_conforming(model.__name__, schema, value)
        return parse(value)

    return core_schema.no_info_wrap_validator_function(conform, schema, metadata={"conform": True})


def _treat_absent(schema: Any, members: _Members) -> None:
    """Changes pydantic's schema of a model: it rejects null for members that cannot be null, and dumps no absent ones."""
    fields = schema["schema"]["fields"]
    for name in members.absent_if_none & fields.keys():
        inner = fields[name]["schema"]["schema"]
        fields[name]["schema"]["schema"] = inner["schema"] if inner["type"] == "nullable" else inner
        fields[name]["serialization_exclude_if"] = _is_none
    if members.dumped_unset:
        schema["serialization"] = core_schema.wrap_serializer_function_ser_schema(_dump)


def _dump(model: pydantic.BaseModel, dump: core_schema.SerializerFunctionWrapHandler) -> Any:
    """Returns a model as a dictionary, without its absent members."""
    dumped = dump(model)
    if isinstance(dumped, dict):
        given, members = model.model_fields_set, _members(type(model))
        for key in [key for name, keys in members.dumped_unset.items() if name not in given for key in keys]:
            if key in dumped and (key not in members.renamed or key not in (model.model_extra or ())):
                del dumped[key]
    return dumped


class _BuiltOnFirstUse:
    """Lets pydantic build the validator of a class when it is first used, which halves the time of the import.

    The setting is removed afterwards: a `TypeAdapter` of the class, which FastAPI creates for a body, would follow it.
    """

    model_config: ClassVar[ConfigDict]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.model_config["defer_build"] = True

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        cls.model_config.pop("defer_build", None)


class BaseModel(_BuiltOnFirstUse, pydantic.BaseModel):
    """An object of the contract. Additional members are kept, ignored or rejected, as the contract says.

    The constructor takes a member with a renamed attribute by both names, and adds required members that have only one
    possible value.
    """

    model_config = ConfigDict(
        hide_input_in_errors=True, polymorphic_serialization=True, protected_namespaces=(), serialize_by_alias=True
    )

    def __init__(self, /, **data: Any) -> None:
        super().__init__(**_given(type(self), data))

    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined] # pydantic does not call it for parsed values

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _schema(cls, source, handler)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Returns pydantic's JSON Schema, in which an absent member is not null."""
        described = handler(schema)
        object_schema = handler.resolve_ref_schema(described)
        members = _members(cls)
        properties: dict[str, Any] = object_schema.get("properties", {})
        for name in properties.keys() & {members.in_contract(name) for name in members.absent_if_none}:
            properties[name] = _without_null(properties[name])
        constant = [name for name in map(members.in_contract, members.constant) if name in properties]
        for name in constant:
            properties[name].pop("default", None)
        if constant:
            object_schema["required"] = [*object_schema.get("required", ()), *constant]
        return described


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Returns the schema of a member without null as type and default."""
    rest = {word: value for word, value in schema.items() if word != "anyOf" and (word, value) != ("default", None)}
    branches = [branch for branch in schema.get("anyOf", ()) if branch != {"type": "null"}]
    if len(branches) == 1:
        return {**branches[0], **rest}
    return {"anyOf": branches, **rest} if branches else rest


class RootModel(_BuiltOnFirstUse, pydantic.RootModel[T], Generic[T]):
    """A value of the contract that is not an object, or one of several alternatives; it is stored in `root`.

    It can be indexed, iterated and measured like its value, and has the attributes of its value.
    """

    if not TYPE_CHECKING:

        def __class_getitem__(cls, kind: Any) -> Any:
            """Returns the class: the annotation of `root` says the type, and a class for each type would be slow."""
            return cls

    model_config = ConfigDict(hide_input_in_errors=True, polymorphic_serialization=True, serialize_by_alias=True)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _schema(cls, source, handler)

    @overload
    def __getitem__(self: "RootModel[list[ItemT]]", key: int) -> ItemT: ...
    @overload
    def __getitem__(self: "RootModel[dict[str, ItemT]]", key: str) -> ItemT: ...
    @overload
    def __getitem__(self, key: Any) -> Any: ...
    def __getitem__(self, key: Any) -> Any:
        """Returns an item of the value."""
        return cast(Any, self.root)[key]

    @overload  # type: ignore[override]
    def __iter__(self: "RootModel[list[ItemT]]") -> Iterator[ItemT]: ...
    @overload
    def __iter__(self) -> Iterator[Any]: ...
    def __iter__(self) -> Iterator[Any]:
        """Returns an iterator over the value."""
        return iter(cast(Any, self.root))

    def __len__(self) -> int:
        """Returns the number of items in the value."""
        return len(cast(Any, self.root))

    def __bool__(self) -> bool:
        """Returns whether the value is true in Python."""
        return bool(self.root)

    def __contains__(self, item: object) -> bool:
        """Returns whether the value contains an item."""
        return item in cast(Any, self.root)

    def __getattr__(self, name: str) -> Any:
        """Returns an attribute of the value."""
        if name == "root" or name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.root, name)
