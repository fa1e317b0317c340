"""Makes the models: hands the reduced schemas to datamodel-code-generator and takes its text."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable
from typing import Any

from astrbot_generator.model_schemas import ModelSource, model_schemas

HEADER = (
    '"""The schemas of the contract as pydantic models: one class for each component schema. Generated; do not edit."""'
)
OPTIONS: dict[str, Any] = {
    "allof_class_hierarchy": "if-no-conflict",
    "base_class": "astrbot_api.validation.BaseModel",
    "custom_file_header": HEADER,
    "disable_future_imports": True,
    "disable_timestamp": True,
    "enum_field_as_literal": "all",
    "field_constraints": True,
    "import_overrides": {"MISSING": "pydantic", "RootModel": "astrbot_api.validation"},
    "input_file_type": "openapi",
    "openapi_scopes": ["schemas"],
    "output_model_type": "pydantic_v2.BaseModel",
    "strict_nullable": True,
    "strict_refs": True,
    "target_python_version": "3.11",
    "use_annotated": True,
    "use_double_quotes": True,
    "use_missing_sentinel": True,
    "use_schema_description": True,
    "use_single_line_docstring": True,
    "use_standard_primitive_types": True,
}


def models(document: dict[str, Any], sources: Iterable[ModelSource]) -> str:
    """The text of the module that holds a class for each source; not yet formatted."""
    sources = list(sources)
    schemas = model_schemas(document, sources)
    if not schemas:
        return HEADER + "\n"
    text = run_datamodel_codegen(schemas)
    made = {node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}
    missing = [source.name for source in sources if source.name not in made]
    if missing:
        raise RuntimeError(f"datamodel-code-generator made no class for {', '.join(missing)}")
    text = text.replace("from astrbot_api.validation import", "from .validation import")
    return re.sub(r"ConfigDict\(\s*(.*?),?\s*\)", r"ConfigDict(\1)", text)


def run_datamodel_codegen(schemas: dict[str, Any]) -> str:
    """The module that datamodel-code-generator makes of these schemas, each class under the name of its schema."""
    from datamodel_code_generator import generate  # noqa: PLC0415 - slow to import: only for a contract that is good

    document = {
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "paths": {},
        "components": {"schemas": schemas},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = generate(document, formatters=[], custom_class_name_generator=lambda name: name, **OPTIONS)
    return str(text)
