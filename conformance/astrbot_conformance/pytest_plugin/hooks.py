"""The hooks of the plugin. The target is contacted only if a check is collected or a fixture is used.

Every pytest run on a machine with this package imports this module. So it imports nothing large of the suite by itself.
"""

import pickle
import random
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import pytest

from astrbot_conformance.check_marks import MARKS

if TYPE_CHECKING:
    from astrbot_conformance.pytest_plugin.target_session import TargetSession

pytest_plugins = ("astrbot_conformance.pytest_plugin.fixtures",)
SESSION: pytest.StashKey["TargetSession"] = pytest.StashKey()
RESULTS: pytest.StashKey[list[bytes]] = pytest.StashKey()
SEED: pytest.StashKey[int] = pytest.StashKey()
SEED_OF_WORKERS = "astrbot_seed"
OUTPUT = "astrbot"  # the result of a worker of pytest-xdist, in its output


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that name the target and say how it is judged."""
    group = parser.getgroup("astrbot", "AstrBot's HTTP API")
    group.addoption(
        "--astrbot-url",
        metavar="URL",
        help="the target of the checks and fixtures; the login is in ASTRBOT_USERNAME and ASTRBOT_PASSWORD",
    )
    group.addoption(
        "--astrbot-options",
        metavar="OPTIONS",
        default="",
        help="options of `astrbot-contract conform` "
        'for this target, for example "--seed 1 --effects read --known release"',
    )


def session_of(config: pytest.Config) -> "TargetSession":
    """The session with the target; prepared at the first call. Ends pytest with one line if that is not possible."""
    from astrbot_conformance.pytest_plugin.target_session import start  # noqa: PLC0415  see the docstring of the module

    if SESSION not in config.stash:
        config.stash[SESSION] = start(config)
    return config.stash[SESSION]


def seed_of(config: pytest.Config) -> int:
    """The seed of the session if the options name none; the same for all of its processes."""
    if hasattr(config, "workerinput"):
        return int(config.workerinput[SEED_OF_WORKERS])
    return config.stash.setdefault(SEED, random.randrange(2**32))  # noqa: S311  a sample, not a secret


def is_check(item: pytest.Item) -> bool:
    """Whether an item calls a check, which enforces a requirement."""
    marks = getattr(getattr(item, "function", None), MARKS, None)
    return marks is not None and marks.requirement is not None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a check, or a test with the decorators of checks, once for each of its operations or values."""
    if hasattr(metafunc.function, MARKS):
        session_of(metafunc.config).parametrize(metafunc)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the checks that apply to the target. Those that must run alone or after others come last."""
    if any(map(is_check, items)):
        session = session_of(config)
        deselected = session.arrange(items)
        config.hook.pytest_deselected(items=deselected)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Call a check, and report a finding as failed, a deviation that does not count as xfailed, else what it did."""
    if not is_check(pyfuncitem):
        return None
    session_of(pyfuncitem.config).run(pyfuncitem)
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """After all tests, judge what only the whole run shows, and report it as further tests."""
    result = yield
    config = session.config
    if config.option.collectonly or hasattr(config, "workerinput"):
        return result
    results = [pickle.loads(data) for data in config.stash.get(RESULTS, [])]  # noqa: S301  of our own processes
    if results or SESSION in config.stash:
        session_of(config).finish(results)
    return result


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give a worker of pytest-xdist the seed of the session, so that all workers collect the same checks."""
    node.workerinput[SEED_OF_WORKERS] = seed_of(node.config)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Keep the result of a worker of pytest-xdist."""
    data = getattr(node, "workeroutput", {}).get(OUTPUT)
    if data:
        node.config.stash.setdefault(RESULTS, []).append(data)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remove everything that the session created on the target, also after Ctrl-C."""
    config = session.config
    target_session = config.stash.get(SESSION, None)
    if target_session is None:
        return
    target_session.close()
    if hasattr(config, "workeroutput"):
        config.workeroutput[OUTPUT] = pickle.dumps(target_session.result())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the verdict and the notes of the session."""
    lines = list(config.stash[SESSION].summary()) if SESSION in config.stash else []
    if lines:
        terminalreporter.section("AstrBot's HTTP API")
    for line in lines:
        terminalreporter.write_line(line)
