"""What a contract is compared with, in real repositories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.generator.gate.calling import NARROWED, OLD, Call, commit, git


@contextmanager
def serving(pages: Mapping[str, str]) -> Iterator[str]:
    """The address of a server that returns these pages and redirects every other request."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in pages else 302)
            self.send_header("Location", "https://example.org/")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def test_ref(call: Call, repository: Path) -> None:
    """A path with a ref as base is compared with the same path at that ref."""
    git(repository, "checkout", "-q", "-b", "change")
    commit(repository, NARROWED)

    called = call("--base", "main", "openapi.yaml")

    assert called.code == 1
    assert "openapi.yaml against main:openapi.yaml" in called.out
    assert call("--base", "HEAD", "openapi.yaml").code == 0


def test_several_contracts(call: Call, repository: Path) -> None:
    """Several contracts are judged one after the other, as a commit hook hands them over."""
    commit(repository, OLD, "openapi/second.yaml")
    (repository / "openapi/second.yaml").write_text(NARROWED)

    called = call("--base", "HEAD", "openapi.yaml", "openapi/second.yaml")

    assert called.code == 1
    assert "accepted: openapi.yaml" in called.out
    assert "refused: openapi/second.yaml" in called.out
    assert call("--base", "HEAD", "--format", "json", "openapi.yaml", "openapi/second.yaml").code == 2


def test_dirty_tree(call: Call, repository: Path) -> None:
    """What is not committed counts."""
    (repository / "openapi.yaml").write_text(NARROWED)

    assert call("--base", "HEAD", "openapi.yaml").code == 1


def test_merge_base(call: Call, repository: Path) -> None:
    """Without a base, a branch is compared with where it left the default branch."""
    git(repository, "checkout", "-q", "-b", "change")
    commit(repository, NARROWED)
    git(repository, "checkout", "-q", "main")
    commit(repository, OLD.replace("operationId: create_bot", "operationId: make_bot"))
    git(repository, "checkout", "-q", "change")

    called = call("openapi.yaml")

    assert "the merge base with main" in called.out
    assert "operation-id-changed" not in called.out
    assert called.code == 1


def test_last_tag(call: Call, repository: Path) -> None:
    """On the default branch the last tag is the base."""
    git(repository, "tag", "v1")
    commit(repository, NARROWED)
    commit(repository, NARROWED + "# more\n")

    called = call("openapi.yaml")

    assert "the last tag, v1" in called.out
    assert called.code == 1


def test_parent(call: Call, repository: Path) -> None:
    """Without a tag the parent commit is the base."""
    commit(repository, NARROWED)

    called = call("openapi.yaml")

    assert "the parent commit" in called.out
    assert called.code == 1


@pytest.mark.parametrize("base", ["", " "])
def test_an_empty_base_is_refused(call: Call, repository: Path, base: str) -> None:
    """An unset variable of a script selects no base."""
    commit(repository, NARROWED)

    called = call("--base", base, "openapi.yaml")

    assert (called.code, called.out) == (2, "")
    assert "empty" in called.err


@pytest.mark.parametrize("name", ["renamed.yaml", "api/openapi.yaml"])
def test_renamed_contract(call: Call, repository: Path, name: str) -> None:
    """A contract that was renamed is compared with what it was before."""
    (repository / name).parent.mkdir(exist_ok=True)
    git(repository, "mv", "openapi.yaml", name)
    commit(repository, NARROWED, name)

    for base in (("--base", "HEAD~1"), (), ("--base", "HEAD~1:openapi.yaml")):
        called = call(*base, name)
        assert called.code == 1
        assert ":openapi.yaml: 1 breaking" in called.out


def test_published_contract(call: Call, tmp_path: Path) -> None:
    """A base may be what a server on this machine publishes; a redirect off it is not followed."""
    with serving({"/api": OLD, "/broken": OLD.replace("schemas/Bot'", "schemas/Bat'")}) as address:
        assert f"new.yaml against {address}/api: 1 breaking" in call("--base", f"{address}/api", "new.yaml").out
        assert f"not compared: {address}/broken:12:49: " in call("--base", f"{address}/broken", "new.yaml").out
        assert "returned 302" in call("--base", f"{address}/elsewhere", "new.yaml").err
    assert "no response" in call("--base", f"{address}/api", "new.yaml").err


def test_unknown_ref(call: Call, repository: Path) -> None:
    """A ref that does not exist is refused; an option in its place too."""
    for name in ("origin/nothing", "--output=x", "-x"):
        called = call(f"--base={name}", "openapi.yaml")
        assert called.code == 2
        assert "not a file or a ref" in called.err


def test_many_files(call: Call, repository: Path) -> None:
    """A contract of many files is taken whole from the ref."""
    root = OLD.replace("'#/components/schemas/Bot'", "schemas/bots.yaml#/Bot").partition("  schemas:\n")[0]
    bot = OLD.partition("    Bot:\n")[2].replace("      ", "  ")
    (repository / "spec/schemas").mkdir(parents=True)
    (repository / "spec/schemas/bots.yaml").write_text("Bot:\n" + bot)
    commit(repository, root, "spec/api.yaml")
    (repository / "spec/schemas/bots.yaml").write_text("Bot:\n" + bot.replace("[calm, wild]", "[calm]"))

    called = call("--base", "HEAD", "spec/api.yaml")

    assert called.code == 1
    assert "spec/schemas/bots.yaml:6:" in called.out
    git(repository, "commit", "-q", "-am", "narrow")
    assert call("--base", "HEAD~1", "spec/api.yaml").code == 1


def test_broken_base(call: Call, repository: Path) -> None:
    """An error in the old document is reported with its ref."""
    commit(repository, OLD.replace("  schemas:\n", "  schemas: [\n"))
    (repository / "openapi.yaml").write_text(OLD)

    called = call("--base", "HEAD", "openapi.yaml")

    assert called.code == 2
    assert called.err.startswith("HEAD:openapi.yaml:")


def test_file_address(call: Call, tmp_path: Path) -> None:
    """A base may be named as a file address."""
    assert call("--base", f"file://{tmp_path}/old.yaml", "--head", "new.yaml").code == 1
