"""No text of a contract becomes code: hostile text changes names and string constants of what is generated, only."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import astrbot_generator
import pytest
import yaml
from astrbot_generator.errors import ContractError
from astrbot_generator.generate import generate

from tests.generator.hostile import ALPHABETS, CANARY, contract
from tests.generator.making import write

pytestmark = pytest.mark.slow

TEMPLATES = Path(astrbot_generator.__file__).parent / "templates"
OWN_NAMES = frozenset(
    word
    for template in TEMPLATES.rglob("*.py.jinja")
    for word in re.findall(r"\w+", re.sub(r"{[{%].*?[%}]}", "", template.read_text("utf-8")))
) | {"MISSING", "Union", "RootModel", "Field", "Literal", "Annotated", "model_rebuild"}
"""The words that templates and datamodel-code-generator write, whatever the contract."""
PLAIN = ("", "-plain", "\u00e9", "\u2026")
"""The tails of plain text: a word, one that is no name in Python, a name that no component can have, and one that is
neither a name nor the name of a header."""
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff]")
MOUNT = """
import sys, importlib
from fastapi import FastAPI
class Service:
    def __getattr__(self, name):
        async def method(**arguments):
            raise AssertionError("never called")
        return method
async def authenticate(operation, credentials):
    raise AssertionError("never called")
for folder in sys.argv[1:]:
    print(folder, end=": ", flush=True)
    sys.path.insert(0, folder)
    for name in ("models", "operations", "releases", "scopes", "requirements", "validation", "server"):
        importlib.import_module("astrbot_api." + name)
    app, server = FastAPI(), sys.modules["astrbot_api.server"]
    fields = server.Services.__dataclass_fields__
    server.mount(app, server.Services(**dict.fromkeys(fields, Service())), authenticate)
    server.derive(app)
    print(len([route for route in app.router.routes if hasattr(route, "operation")]))
    sys.path.remove(folder)
    for name in [name for name in sys.modules if name.split(".")[0] == "astrbot_api"]:
        del sys.modules[name]
"""


def plain(word: str) -> str:
    """The word itself."""
    return word


@cache
def generated(folder: Path, tail: str) -> dict[str, str]:
    """The files that are generated if every text of the contract is a word of its own with this tail."""
    source = write(folder, contract(lambda word: f"w{word}{tail}"))
    return {str(path): text for path, text in generate(source).items()}


def names(tree: ast.AST) -> Iterator[tuple[ast.AST, str, str]]:
    """Every place of a tree that holds a name: (node, field, name)."""
    for node in ast.walk(tree):
        for field, value in ast.iter_fields(node):
            if isinstance(value, str) and field in ("id", "name", "attr", "arg", "module", "asname"):
                yield node, field, value


def shape(module: str) -> str:
    """The syntax tree of a module without its string constants, and without the names that no other contract has."""
    tree = ast.parse(module)
    for node, field, name in names(tree):
        if name not in OWN_NAMES:
            setattr(node, field, "?")
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


def follows_the_rule(name: str) -> bool:
    """Whether a name is one that Python reads as it is spelled, and not a special one, but for those of templates."""
    usual = name in OWN_NAMES or (unicodedata.is_normalized("NFKC", name) and not name.startswith("__"))
    return usual and all(part.isidentifier() for part in name.split("."))  # the name of a module may have dots


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the contracts of this module lie."""
    return tmp_path_factory.mktemp("hostile")


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_hostile_text_stays_text(folder: Path, alphabet: str) -> None:
    """The generated modules have the syntax tree of those with plain text, apart from string constants and names.

    Plain text can be a name in Python, or cannot, so that its alias is written beside it.
    """
    found = generated(folder, ALPHABETS[alphabet])

    assert shapes(found) in [shapes(generated(folder, plain)) for plain in PLAIN]
    for path, text in found.items():
        assert UNSAFE.findall(text.replace("\n", "")) == [], path
        if path.endswith(".py"):
            assert [name for *_, name in names(ast.parse(text)) if not follows_the_rule(name)] == [], path


def shapes(files: dict[str, str]) -> list[str]:
    """The shape of every module, in an order that only follows the words."""
    modules = {path: text for path, text in files.items() if path.endswith(".py")}
    return [shape(modules[path]) for path in sorted(modules, key=lambda path: (path.count("/"), path))]


def test_generated_code_does_nothing_when_it_is_mounted(folder: Path, tmp_path: Path) -> None:
    """A process of its own imports and mounts the package of every alphabet: four operations each, and no file."""
    empty = tmp_path / "empty"
    empty.mkdir()
    packages = [tmp_path / f"alphabet-{number}" for number in range(len(ALPHABETS))]
    for package, tail in zip(packages, ALPHABETS.values(), strict=True):
        for path, text in generated(folder, tail).items():
            (package / path).parent.mkdir(parents=True, exist_ok=True)
            (package / path).write_text(text, encoding="utf-8")

    line = [sys.executable, "-B", "-W", "error", "-c", MOUNT, *map(str, packages)]
    done = subprocess.run(line, cwd=empty, capture_output=True, text=True, check=False, timeout=300)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.splitlines() == [f"{package}: 4" for package in packages]
    assert list(empty.iterdir()) == []
    assert not list(tmp_path.rglob(f"{CANARY}*"))


def test_every_free_text_is_hostile() -> None:
    """The contract of these tests has text in each place that OpenAPI leaves free, and none twice by accident."""
    words: list[str] = []

    def noted(word: str) -> str:
        words.append(word)
        return word

    text = yaml.safe_dump(contract(noted))

    assert len(set(words)) > 90
    assert all(word in text for word in words)


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_a_name_that_openapi_restricts_is_refused(folder: Path, alphabet: str) -> None:
    """A component is named with few letters: any other name is refused, with file, line, column and pointer."""
    for section in ("schemas", "securitySchemes", "parameters", "responses", "requestBodies"):
        made: Any = contract(plain)
        made["components"].setdefault(section, {})["a" + ALPHABETS[alphabet]] = {}
        source = write(folder, made, "restricted.yaml")
        try:
            files = generate(source)
        except ContractError as error:
            for line in str(error).splitlines():
                assert re.match(rf"{re.escape(str(source))}:\d+:\d+: #/components/{section}", line), line
        else:
            assert re.fullmatch(r"[a-zA-Z0-9._-]+", "a" + ALPHABETS[alphabet])
            assert files


def test_a_tag_that_is_too_long_for_a_file_is_cut(tmp_path: Path) -> None:
    """Also where the letters are few and their bytes many; two such tags get two modules."""
    for tag in ("x" * 300, "語" * 80):
        made: Any = contract(plain)
        made["paths"]["/pathtwo"]["put"]["tags"] = [tag]
        made["paths"]["/other"] = {"put": {**made["paths"]["/pathtwo"]["put"], "operationId": "o", "tags": [tag + "2"]}}

        names = {file.name for file in generate(write(tmp_path, made)) if file.stem.startswith(tag[0] * 9)}
        assert len(names) == 2
        assert max(len(name.encode()) for name in names) < 255


def test_names_of_scopes_that_meet_are_told_apart(tmp_path: Path) -> None:
    """Two scopes that would be one member of the enum."""
    made: Any = contract(plain)
    made["x-scopes"]["scope-one"] = made["x-scopes"]["scope_one"] = {"en": "It.", "zh": "它。"}

    text = next(text for path, text in generate(write(tmp_path, made)).items() if path.name == "scopes.py")
    assert 'SCOPE_ONE = "scope-one"' in text
    assert 'SCOPE_ONE_2 = "scope_one"' in text
