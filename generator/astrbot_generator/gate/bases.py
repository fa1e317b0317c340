"""The old contract to compare with: a file, a local server's document, or the same file at a git ref."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

from astrbot_generator.errors import ContractError
from astrbot_generator.gate.document import Document, load, load_copy
from astrbot_generator.source_files import is_regular_file, real_path, shown

NOTHING = "none"
"""The value of --base that turns off the comparison. Name a file `./none` and a branch `heads/none`."""
_REMEDY = f"name a ref or file with --base, or use `--base {NOTHING}` to check the contract alone"
_REFERENCE = re.compile(r"""\$ref["']?\s*:\s*["']?([^#"'\s{},]+)""")
_MOST_FILES = 2000


@dataclass(frozen=True)
class Base:
    """The old contract to compare with."""

    document: Document | None
    """None if there is no comparison: because of `--base none`, or because the contract is new."""
    description: str
    """What the old contract is, or why there is none."""


class Repository:
    """A git repository, read only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def around(cls, file: Path) -> Repository | None:
        """Returns the repository that contains a file; None if there is none, or if git fails."""
        top = _git(file.resolve().parent, "rev-parse", "--show-toplevel")
        return cls(Path(top)) if top else None

    def path_of(self, file: Path) -> str:
        """Returns the path of a file in the repository."""
        return file.resolve().relative_to(self.folder.resolve()).as_posix()

    def commit(self, ref: str) -> str | None:
        """Returns the commit of a ref; None if the ref does not exist."""
        return _git(self.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")

    def is_shallow(self) -> bool:
        """Returns whether the clone is shallow."""
        return _git(self.folder, "rev-parse", "--is-shallow-repository") == "true"

    def default_branch(self) -> str | None:
        """Returns the branch that changes are merged into."""
        named = _git(self.folder, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
        names = [named, "origin/main", "origin/master", "main", "master"]
        return next((name for name in names if name and self.commit(name)), None)

    def usual_base(self) -> tuple[str | None, str]:
        """Returns the default commit to compare with, and its description."""
        if self.commit("HEAD") is None:
            return None, "the repository has no commit yet"
        shallow = self.is_shallow()
        fetch = "; this clone is shallow: `git fetch --unshallow --tags` fetches the history" if shallow else ""
        branch = self.default_branch()
        if branch and self.commit(branch) != self.commit("HEAD"):
            merged = _git(self.folder, "merge-base", "HEAD", branch)
            if merged and merged != self.commit("HEAD"):
                return merged, f"the merge base with {branch}"
            if not merged:
                return None, f"HEAD and {branch} have no commit in common{fetch}"
        tag = _git(self.folder, "describe", "--tags", "--abbrev=0", "HEAD")
        if tag and (self.commit(tag) != self.commit("HEAD")):
            return self.commit(tag), f"the last tag, {tag}"
        parent = self.commit("HEAD^")
        return parent, "the parent commit" if parent else f"HEAD has no parent commit{fetch}"

    def former(self, commit: str, path: str) -> str:
        """Returns the path of a file at a commit: its old path if it was renamed since then."""
        options = ("--no-ext-diff", "--name-status", "--find-renames", "--diff-filter=R", "-z")
        listed = _git(self.folder, "diff", *options, commit) or ""
        words = listed.split("\0")
        return next((old for old, new in zip(words[1::3], words[2::3], strict=False) if new == path), path)

    def has_added(self, path: str) -> bool:
        """Returns whether git tracks a file in the working tree."""
        return _git(self.folder, "ls-files", "--error-unmatch", "--", path) is not None

    def removed_since(self, commit: str) -> list[str]:
        """Returns the YAML and JSON files that were removed since a commit: each may be the old name of a new file."""
        kinds = ("*.yaml", "*.yml", "*.json")
        options = ("--no-ext-diff", "--name-only", "--diff-filter=D", "-z")
        listed = _git(self.folder, "diff", *options, commit, "--", *kinds) or ""
        return [name for name in listed.split("\0") if name]

    def to_fetch(self, ref: str) -> str | None:
        """Returns a command that may fetch a missing ref; None if there is no sign that it exists elsewhere."""
        remotes = (_git(self.folder, "remote") or "").splitlines()
        remote, _, branch = ref.partition("/")
        if branch and remote in remotes:
            return f"git fetch --depth=1 {remote} +refs/heads/{branch}:refs/remotes/{ref}"
        return f"git fetch origin {ref}" if self.is_shallow() else None

    def read(self, commit: str, path: str) -> bytes | None:
        """Returns the bytes of a file at a commit; None if it does not exist."""
        done = _run(self.folder, "cat-file", "blob", f"{commit}:{path}")
        return done.stdout if done.returncode == 0 else None


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Runs git in a folder, with English messages. Raises OSError if it cannot be run."""
    command = ["git", "-C", str(folder), *arguments]  # the user's own git; the arguments do not go through a shell
    return subprocess.run(command, capture_output=True, check=False, env=os.environ | {"LC_ALL": "C"})  # noqa: S603


def _git(folder: Path, *arguments: str) -> str | None:
    """Returns the output of git; None if it is empty or git fails."""
    try:
        done = _run(folder, *arguments)
    except OSError:
        return None
    return os.fsdecode(done.stdout).strip() or None if done.returncode == 0 else None


def _no_repository(folder: Path) -> str:
    """Returns why git finds no repository around a folder."""
    try:
        errors = os.fsdecode(_run(folder, "rev-parse", "--show-toplevel").stderr)
    except OSError as error:
        return f"git cannot be run ({error.strerror})"
    message = next(iter(errors.splitlines()), "").removeprefix("fatal: ")
    return "it is not in a git repository" if "not a git repository" in message else f"git reports: {message}"


def base_for(head: Path, named: str | None) -> Base:
    """Returns the contract to compare with: the named one, or else the one that git suggests.

    Raises ContractError if it does not exist or cannot be read, or if none is named and git suggests none.
    """
    if named == NOTHING:
        return Base(None, f"no comparison, because of --base {NOTHING}")
    if named is None:
        return _usual_base(head)
    document = named_base(head, named)
    return Base(document, document.name)


def named_base(head: Path, named: str) -> Document:
    """Returns the named contract: a server's document, a file, or the contract at a git ref.

    Raises ContractError if it does not exist or cannot be read.
    """
    if not named.strip():
        raise ContractError.at("--base", "the value is empty", "name a ref or file, or remove the option")
    if named.startswith(("http://", "https://")):
        from astrbot_generator.gate.addresses import published  # noqa: PLC0415 - slow to import, and rarely needed

        return published(named)
    file = _as_file(named)
    return _at_ref(head, named) if file is None else load(file, tolerant=True, is_base=True)


def _usual_base(head: Path) -> Base:
    """Returns the contract at the commit that git suggests."""
    repository = Repository.around(head)
    if repository is None:
        raise _nothing_to_compare_with(head, _no_repository(head.resolve().parent))
    commit, description = repository.usual_base()
    if commit is None:
        raise _nothing_to_compare_with(head, description)
    path = repository.path_of(head)
    former = repository.former(commit, path)
    if repository.read(commit, former) is None:
        return _new(head, repository, (commit, description))
    document = _at_commit(repository, commit, former, f"{commit[:10]}:{former}")
    return Base(document, f"{description}, {document.name}")


def _nothing_to_compare_with(head: Path, why: str) -> ContractError:
    return ContractError.at(shown(head), f"nothing to compare with: {why}", _REMEDY)


def _new(head: Path, repository: Repository, base: tuple[str, str]) -> Base:
    """Returns an empty base if the contract is certainly new. Raises ContractError if it may have been renamed."""
    path, (commit, description) = repository.path_of(head), base
    if not repository.has_added(path):
        raise _nothing_to_compare_with(head, f"git does not track {path}")
    if removed := repository.removed_since(commit):
        why = f"{path} does not exist at {description}; it may be a new name of {removed[0]}"
        remedy = f"use --base {commit[:10]}:{removed[0]} if so, or `--base {NOTHING}` if it is new"
        raise ContractError.at(shown(head), f"nothing to compare with: {why}", remedy)
    return Base(None, f"{path} is new: it does not exist at {description}")


def _at_ref(head: Path, named: str) -> Document:
    """Returns the contract at a ref, or at `ref:path` if it had another name there."""
    repository = Repository.around(head)
    if repository is None:
        wrong = "not a file, and there is no git repository with refs here"
        raise ContractError.at(named, wrong, "name a file that exists")
    path = repository.path_of(head)
    ref, colon, other = named.partition(":")
    commit = repository.commit(ref)
    if commit is None:
        wrong, fetch = "not a file or a ref of this repository", repository.to_fetch(ref)
        remedy = f"try `{fetch}`" if fetch else "name a commit, branch, tag or file"
        raise ContractError.at(named, wrong, remedy)
    former = other if colon else repository.former(commit, path)
    if repository.read(commit, former) is None:
        remedy = f"name a ref that contains it, or `{ref}:path` if it has another name there"
        raise ContractError.at(f"{ref}:{former}", "the file does not exist there", remedy)
    return _at_commit(repository, commit, former, f"{ref}:{former}")


def _as_file(named: str) -> Path | None:
    if named.startswith("file:"):
        try:
            return Path(unquote(urlsplit(named).path))
        except ValueError:
            raise ContractError.at(named, "is not a valid URL", "name a file or a git ref") from None
    return Path(named) if is_regular_file(Path(named)) else None


def _at_commit(repository: Repository, commit: str, path: str, name: str) -> Document:
    with TemporaryDirectory(prefix="astrbot-contract-") as folder:
        position = Path(folder).resolve()
        _unpack(repository, commit, path, position)
        return load_copy(position / path, name, tolerant=True)


def _unpack(repository: Repository, commit: str, root: str, folder: Path) -> None:
    """Writes a file of a commit, and the files that it refers to, into a folder."""
    waiting = [root]
    seen: set[str] = set()
    while waiting and len(seen) < _MOST_FILES:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        data = repository.read(commit, path)
        if data is None:
            continue  # `bundle` reports what is missing, and where
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        for reference in _REFERENCE.findall(data.decode("utf-8", "replace")):
            inner = real_path(file.parent / unquote(reference)) if "://" not in reference else None
            if inner and inner.is_relative_to(folder):
                waiting.append(inner.relative_to(folder).as_posix())
