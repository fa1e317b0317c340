"""What the author of a client is told about two releases, and from whose side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from astrbot_generator.cli import diff_releases, generate
from astrbot_generator.compare import compare
from astrbot_generator.errors import ContractError
from astrbot_generator.plan import plan_code
from astrbot_generator.release_changes import Entry, ReleaseChanges, release_changes
from astrbot_generator.releases import releases

from tests.generator.making import contract, operation, write

ROOT = Path(__file__).parents[2]


def body(**properties: Any) -> dict[str, Any]:
    """A request with these members."""
    schema = {"type": "object", "properties": properties}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def answer(schema: dict[str, Any]) -> dict[str, Any]:
    """Answers of this schema."""
    return {"200": {"description": "Done.", "content": {"application/json": {"schema": schema}}}}


TITLE = {"type": "string", "maxLength": 9}
LIBRARY = contract(
    **{
        "x-release": "1.0",
        "paths": {
            "/books": {
                "get": operation("list_books", responses=answer({"type": "string", "enum": ["a"]})),
                "post": operation("add_book", requestBody=body(title=TITLE)),
            },
            "/rooms": {"get": operation("list_rooms")},
            "/vault": {
                "get": operation("list_gold", "vault"),
                "post": operation("add_gold", "vault", requestBody=body()),
            },
            "/logins": {"get": operation("list_logins", "vault", responses=answer(TITLE))},
            "/maps": {"get": operation("list_maps")},
        },
    }
)
ACTIONS = [
    {"target": "$", "update": {"x-release": "1.1"}},
    {"target": "$['x-scopes']", "update": {"gold": {"en": "Gold.", "zh": "金。"}}},
    {"target": "$['x-scopes']", "update": {"read:all": {"en": "Secrets.", "zh": "密。", "requires": "read"}}},
    {"target": "$.paths['/books'].get.responses['200'].content['application/json'].schema.enum", "update": "b"},
    {
        "target": "$.paths['/books'].post.requestBody.content['application/json'].schema.properties.title",
        "update": {"maxLength": 5},
    },
    {"target": "$.paths['/books'].post", "update": {"x-sub-scopes": {"read:all": "Where the book is secret."}}},
    {"target": "$.paths['/rooms']", "remove": True},
    {"target": "$.paths['/vault'].get.security", "remove": True},
    {
        "target": "$.paths['/vault'].get",
        "update": {"security": [{"Key": ["gold"]}], "responses": {"403": {"description": "No."}}},
    },
    {"target": "$.paths['/maps'].get.security", "remove": True},
    {"target": "$.paths['/maps'].get", "update": {"security": [{"Key": ["all"]}]}},
    {
        "target": "$.paths['/maps'].get",
        "update": {"parameters": [{"name": "scale", "in": "query", "schema": {"type": "integer"}}]},
    },
    {
        "target": "$.paths['/logins'].get.responses['200'].content['application/json'].schema",
        "update": {"maxLength": 20},
    },
    {"target": "$.paths", "update": {"/chairs": {"get": operation("list_chairs")}}},
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library and its later release."""
    folder = tmp_path_factory.mktemp("library")
    write(
        folder / "overlays",
        {"overlay": "1.0.0", "info": {"title": "L", "version": "1"}, "actions": ACTIONS},
        "1.1.yaml",
    )
    return write(folder, LIBRARY)


@pytest.fixture(scope="module")
def changes(root: Path) -> ReleaseChanges:
    """What changed."""
    old, new = map(plan_code, releases(root))
    return release_changes(old, new)


def test_operations_are_told_from_the_side_of_a_key(changes: ReleaseChanges) -> None:
    """What no key opened before is new, what none opens any more is gone, however it is described."""
    assert [operation.id for operation in changes.added] == ["list_gold", "list_chairs"]
    assert [operation.id for operation in changes.gone] == ["list_rooms"]
    assert [scope.name for scope in changes.scopes_added] == ["gold", "read:all"]
    assert changes.scopes_gone == ()


def test_what_is_refused_is_shown_by_a_request(changes: ReleaseChanges) -> None:
    """Narrower bodies and scopes, each with what was allowed; sub-scopes with when they are needed."""
    needed, narrowed, scope = changes.refused

    assert needed == Entry(
        ("POST /books",), ("some inputs require `read:all` in addition to `read`: Where the book is secret.",)
    )
    assert narrowed.operations == ("POST /books",)
    assert "`title`" in narrowed.messages[0]
    assert narrowed.examples[0].endswith("accepted before, rejected now")
    assert scope.operations == ("GET /maps",)
    assert "`all`" in scope.messages[0]
    assert scope.examples[0].startswith("GET /maps with `Key` (scopes: read)")


def test_what_answers_may_be_is_shown_by_an_answer(changes: ReleaseChanges) -> None:
    """An answer that was not possible before; an area that is closed to keys is told apart."""
    (widened,) = changes.widened
    (others,) = changes.without_key

    assert widened.operations == ("GET /books",)
    assert widened.examples == ('the response 200 of GET /books\n"b"\nnot possible before, possible now',)
    assert others.operations == ("GET /logins",)


def test_the_way_back_is_told_too(root: Path) -> None:
    """Any two releases can be compared, also a newer with an older one."""
    new, old = map(plan_code, releases(root))

    back = release_changes(old, new)

    assert [operation.id for operation in back.gone] == ["list_gold", "list_chairs"]
    assert [operation.id for operation in back.added] == ["list_rooms"]
    assert [scope.name for scope in back.scopes_gone] == ["gold", "read:all"]
    assert release_changes(old, old).nothing


def test_the_page_is_written_for_people(root: Path) -> None:
    """Every part has its section, examples are folded, and what is alike stands together."""
    page = compare(root, "1.0", "1.1")

    assert [line for line in page.splitlines() if line.startswith("#")] == [
        "# From 1.0 to 1.1",
        "## Scopes",
        "## Operations that keys can no longer call",
        "## Requests that are rejected now",
        "## Responses with new values or forms",
        "## Operations that keys can call now",
        "## Changes that break no client",
        "## Operations that no key can call",
    ]
    assert "| `GET /vault` | `gold` | Do it. |" in page
    assert "granted only together with `read`." in page
    assert page.count("<details>") == page.count("</details>") > 3
    assert not any(line != line.rstrip() for line in page.splitlines())
    assert "No change that affects clients." in compare(root, "1.1", "1.1")


def test_many_operations_are_folded() -> None:
    """Five stand in one line; of more, four do."""
    names = tuple(f"GET /{number}" for number in range(6))

    assert (Entry(names[:5], ("a",)).named, Entry(names[:5], ("a",)).folded) == (names[:5], ())
    assert (Entry(names, ("a",)).named, Entry(names, ("a",)).folded) == (names[:4], names[4:])


def test_consecutive_releases_have_their_page(root: Path, tmp_path: Path) -> None:
    """`generate` writes it, the same that the command prints."""
    assert generate(["--spec", str(root), "--out", str(tmp_path)]) == 0
    assert (tmp_path / "docs/releases/1.0-to-1.1.md").read_text("utf-8") == compare(root, "1.0", "1.1")


def test_a_release_that_is_not_there_is_named(root: Path) -> None:
    """Neither a release without a contract of its own, nor a word."""
    for release in ("1.2", "newest"):
        with pytest.raises(ContractError, match=f"{release}: no contract for this release; use one of 1.0, 1.1"):
            compare(root, "1.0", release)


def test_the_command_compares_our_releases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Away from the repository too, in every spelling of a release; what it prints is what is committed."""
    monkeypatch.chdir(tmp_path)

    assert diff_releases(["v4.26.0-beta.8", "4.26.8"]) == 0
    assert capsys.readouterr().out == (ROOT / "generated/docs/releases/4.26.0b8-to-4.26.8.md").read_text("utf-8")
    assert diff_releases(["4.26.8", "4.26.9"]) == 2
    assert capsys.readouterr().err.startswith("4.26.9: no contract for this release; use one of 4.26.0b8, 4.26.8")
