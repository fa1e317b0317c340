"""Equal contracts give equal bytes, whatever the machine, the folder and the Python."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from astrbot_generator.cli import generate
from astrbot_generator.generate import generate as make
from astrbot_generator.releases import releases

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "spec" / "openapi.yaml"
RUN = "import sys; from astrbot_generator.cli import generate; sys.exit(generate(sys.argv[1:]))"


@pytest.fixture(scope="module")
def made() -> dict[PurePosixPath, str]:
    """The code of our contract: a text for each path."""
    return make(SPEC)


def digest(folder: Path) -> str:
    """A digest of all files below a folder."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return hashlib.sha256(
        b"".join(path.relative_to(folder).as_posix().encode() + path.read_bytes() for path in found)
    ).hexdigest()


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_hash_seed_and_folder_do_not_matter(seed: str, tmp_path: Path) -> None:
    """Another PYTHONHASHSEED, working directory and copy of the contract give what is committed."""
    shutil.copytree(ROOT / "spec", tmp_path / "elsewhere" / "spec")
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LANG": "C"}
    arguments = ["--spec", "elsewhere/spec/openapi.yaml", "--out", "made"]

    subprocess.run([sys.executable, "-c", RUN, *arguments], cwd=tmp_path, env=environment, check=True)

    assert digest(tmp_path / "made" / "astrbot_api") == digest(ROOT / "generated" / "astrbot_api")
    assert (tmp_path / "made/docs/scopes.md").read_bytes() == (ROOT / "generated/docs/scopes.md").read_bytes()


def test_the_committed_code_is_in_step(capsys: pytest.CaptureFixture[str]) -> None:
    """`generate --check` finds nothing to change."""
    assert generate(["--spec", str(SPEC), "--out", str(ROOT / "generated"), "--check"]) == 0
    assert capsys.readouterr().out == ""


def test_one_file_gives_the_same_as_many(made: dict[PurePosixPath, str], tmp_path: Path) -> None:
    """The bundles of all releases, as YAML, are complete contracts with the same code.

    tests/generator/test_command.py generates from the bundles as JSON.
    """
    documents = releases(SPEC)
    for document in documents:
        folder = tmp_path if document is documents[0] else tmp_path / f"r{document['x-release'].replace('.', '_')}"
        folder.mkdir(exist_ok=True)
        (folder / "openapi.yaml").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    assert make(tmp_path / "openapi.yaml") == made


def test_nothing_of_the_machine_is_printed(made: dict[PurePosixPath, str]) -> None:
    """The generated code contains no path of this machine."""
    for path, text in made.items():
        assert str(ROOT) not in text, path
