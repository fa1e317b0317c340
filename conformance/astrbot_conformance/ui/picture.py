"""Pictures of a page on which no secret can be read."""

from collections.abc import Sequence

from playwright.sync_api import Page

BLACK = "color: #000 !important; background: #000 !important; -webkit-text-fill-color: #000 !important;"
BLOTTED = f"[data-blot], [data-blot] * {{ {BLACK} text-shadow: none !important; caret-color: transparent; }}"

# Mark the innermost elements that show one of the texts, or what has the form of a key; how many there are.
MARK = """(texts) => {
  const KEY = /abk_[A-Za-z0-9_-]{16,}/;
  const shows = (text) => KEY.test(text) || texts.some((secret) => text.includes(secret));
  const elements = [...document.querySelectorAll("body, body *")];
  const marked = elements.filter((element) =>
    ["INPUT", "TEXTAREA"].includes(element.tagName) && element.type !== "password" ? shows(element.value) :
      shows(element.textContent) && ![...element.children].some((child) => shows(child.textContent)));
  for (const element of marked.filter((e) => !["SCRIPT", "STYLE"].includes(e.tagName))) element.dataset.blot = "";
  for (const element of document.querySelectorAll("[placeholder]"))
    if (shows(element.placeholder)) element.dataset.blot = "";
  return marked.length;
}"""
UNMARK = """() => { for (const element of document.querySelectorAll("[data-blot]")) delete element.dataset.blot; }"""


def blotted(page: Page, secrets: Sequence[str]) -> bytes | None:
    """What the page shows, as PNG, with every secret blotted out; None where one is shown that cannot be reached."""
    marked = page.evaluate(MARK, list(secrets))
    beyond_reach = not marked and any(page.get_by_text(secret).count() for secret in secrets)
    try:
        return None if beyond_reach else page.screenshot(style=BLOTTED, animations="disabled", timeout=10_000)
    finally:
        page.evaluate(UNMARK)
