"""`report.html` in a browser: filters, languages, colours, keyboard, narrow screens, and no network requests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from astrbot_api.operations import CLOSED, KEYED
from astrbot_conformance.report import html

from tests.conformance.report.browser import Tab, browser, installed
from tests.conformance.report.samples import BROKEN, SAMPLES, SOUND

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        installed() is None, reason="no Chromium is installed (apt-get install chromium): the page cannot be opened"
    ),
]
SHOWN = "[...document.querySelectorAll('.grid tbody tr')].filter(row => !row.hidden)"
NARROWEST = 360


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """A browser for all tests of this file."""
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, Path]:
    """Each sample report as a file."""
    paths = {name: tmp_path / f"{name.replace(' ', '-')}.html" for name in SAMPLES}
    for name, sample in SAMPLES.items():
        paths[name].write_text(html.render(sample), encoding="utf-8", errors="backslashreplace")
    return paths


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("width", [NARROWEST, 768, 1600])
def test_the_page_loads_nothing_and_fits_the_window(name: str, width: int, tab: Tab, pages: dict[str, Path]) -> None:
    """The console is empty, only the file itself is loaded, and nothing is wider than the window."""
    tab.console.clear()
    tab.requested.clear()
    tab.open(pages[name], width=width)
    tab.value("document.querySelectorAll('details').forEach(finding => { finding.open = true; })")
    widest = tab.value("document.documentElement.scrollWidth")

    assert tab.console == []
    assert [address for address in tab.requested if not address.startswith("data:")] == [pages[name].as_uri()]
    assert widest <= width


def test_text_of_a_target_is_only_text(tab: Tab, pages: dict[str, Path]) -> None:
    """Markup in a response is shown as text."""
    tab.open(pages["broken"])

    assert "owned" not in tab.value("document.title")
    assert "<script>document.title" in tab.value("document.body.textContent")


def test_the_grid_is_filtered(tab: Tab, pages: dict[str, Path]) -> None:
    """Text, scope and result each filter the operations, and the count is right."""
    tab.open(pages["sound"])
    everything = tab.value(f"{SHOWN}.length")
    tab.value("document.getElementById('filter-text').focus()")
    tab.type("/MCP/servers")
    by_text = tab.value(f"{SHOWN}.map(row => row.dataset.text)")
    count = tab.value("document.getElementById('grid-count').textContent")
    by_scope = tab.value(f"{choosing('filter-text', '')} {choosing('filter-scope', 'closed')} {SHOWN}.length")
    by_state = tab.value(f"{choosing('filter-scope', '')} {choosing('filter-state', 'leak')} {SHOWN}.length")

    assert everything == len(KEYED) + len(CLOSED)
    assert by_text
    assert all("/mcp/servers" in text for text in by_text)
    assert count == str(len(by_text))
    assert (by_scope, by_state) == (len(CLOSED), 0)


def test_the_grid_is_filtered_by_result(tab: Tab, pages: dict[str, Path]) -> None:
    """Only rows with a leak remain, and the cell links to the finding, which opens."""
    tab.open(pages["broken"])
    rows = tab.value(f"{choosing('filter-state', 'leak')} {SHOWN}.map(row => row.querySelector('th').textContent)")
    tab.value("document.querySelector('td.leak a').click()")

    assert rows == ["GET /api/v1/bots"]
    assert tab.value("location.hash") == "#finding-1"
    assert tab.value("document.getElementById('finding-1').querySelector('details').open")


def test_findings_are_filtered(tab: Tab, pages: dict[str, Path]) -> None:
    """Selecting a requirement leaves only its findings."""
    tab.open(pages["broken"])
    left = tab.value(
        f"{choosing('filter-requirement', 'SCOPE-SUFFICIENT')}"
        "[...document.querySelectorAll('article')].filter(f => !f.hidden).map(f => f.dataset.requirement)"
    )

    assert left == ["SCOPE-SUFFICIENT"]


def test_the_page_has_two_languages(tab: Tab, pages: dict[str, Path]) -> None:
    """One click switches every text of the page, including sentences and the labels for screen readers."""
    tab.open(pages["broken"])
    before = tab.value("document.body.innerText")
    tab.value("document.querySelector('button[data-language=zh]').click()")
    after = tab.value("document.body.innerText")
    cell = tab.value("document.querySelector('td.leak').getAttribute('aria-label')")
    tab.value("document.querySelector('button[data-language=en]').click()")

    assert "A key without the operation's scope" in before
    assert "缺少操作所需的权限范围" not in before
    assert "缺少操作所需的权限范围" in after
    assert "A key without the operation's scope" not in after
    assert cell.startswith("越权")


def test_the_page_has_a_light_and_a_dark_theme(tab: Tab, pages: dict[str, Path]) -> None:
    """The page follows the system, and its button switches the theme. Text stays readable in both."""
    colours = {}
    for dark in (False, True):
        tab.value("try { localStorage.clear() } catch {}")
        tab.open(pages["broken"], dark=dark)
        colours[dark] = tab.value(CONTRASTS)
        tab.value("document.getElementById('theme').click()")
        turned = tab.value("getComputedStyle(document.body).backgroundColor")
        assert turned != colours[dark]["ground"]
    tab.value("try { localStorage.clear() } catch {}")

    assert colours[False]["ground"] != colours[True]["ground"]
    assert min(colours[False]["worst"], colours[True]["worst"]) >= 4.5


def test_the_page_works_with_the_keyboard(tab: Tab, pages: dict[str, Path]) -> None:
    """Tab moves the visible focus to every control, and Enter activates it."""
    tab.open(pages["broken"])
    reached = []
    for _ in range(40):
        tab.press("Tab")
        reached.append(tab.value("document.activeElement.id || document.activeElement.tagName"))
    tab.value("document.querySelector('#finding-2 summary').focus()")
    closed = tab.value("document.querySelector('#finding-2 details').open")
    tab.press("Enter", "\r")
    opened = tab.value("document.querySelector('#finding-2 details').open")
    outline = tab.value("getComputedStyle(document.activeElement).outlineStyle")

    assert {"theme", "filter-requirement", "SUMMARY", "BUTTON", "PRE"} <= set(reached)
    assert (closed, opened) == (False, True)
    assert outline == "solid"


def test_the_page_works_without_scripts(tab: Tab, pages: dict[str, Path]) -> None:
    """Without scripts, the page still shows everything in English."""
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    tab.open(pages["sound"])
    text = tab.value("document.body.innerText")
    tab.call("Emulation.setScriptExecutionDisabled", value=False)

    assert "Conformant" in text
    assert "符合契约" not in text


def test_the_samples_show_all_results() -> None:
    """The tests above use a page with every kind of result."""
    assert (SOUND.verdict, BROKEN.verdict) == ("conformant", "violations")


def choosing(field: str, value: str) -> str:
    """A script that sets the value of a field, as a user would."""
    return (
        f"field = document.getElementById('{field}'); field.value = '{value}';"
        "field.dispatchEvent(new Event('input')); field.dispatchEvent(new Event('change'));"
    )


# The contrast of each text with its background, by the formula of WCAG 2.2; `worst` is the lowest.
CONTRASTS = """(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = (colour) => {
    const part = [...rgb(colour)].slice(0, 3).map(v => v / 255)
      .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * part[0] + .7152 * part[1] + .0722 * part[2];
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgb(colour)[3] === 255) return colour;
    }
    return getComputedStyle(document.body).backgroundColor;
  };
  const texts = [...document.querySelectorAll("p, dt, dd, td, th, h1, h2, code, pre, span, a, button, summary")]
    .filter(element => element.innerText && element.checkVisibility());
  const ratios = texts.map(element => {
    const [a, b] = [light(getComputedStyle(element).color), light(behind(element))].sort((x, y) => y - x);
    return (a + .05) / (b + .05);
  });
  return { worst: Math.min(...ratios), ground: getComputedStyle(document.body).backgroundColor };
})()"""
