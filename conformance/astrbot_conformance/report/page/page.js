"use strict";
{
  const page = document.documentElement;
  const words = JSON.parse(document.getElementById("words").textContent);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  const word = (name) => words[name][page.lang === "zh" ? 1 : 0];

  const remembered = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* a page from a file may have no storage */ } };

  function setLanguage(language) {
    page.lang = language;
    document.title = `${word("title")}: ${word(page.dataset.verdict)}${page.dataset.part}`;
    for (const button of all("button[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    }
    for (const cell of all(".grid td")) cell.setAttribute("aria-label", word(cell.className));
    for (const option of all("option[data-word]")) option.textContent = word(option.dataset.word);
    for (const field of all("[data-hint]")) field.placeholder = word(field.dataset.hint);
  }

  function setTheme(theme) {
    page.dataset.theme = theme;
    one("theme").setAttribute("aria-pressed", String(theme === "dark"));
  }

  function filterGrid() {
    const text = one("filter-text").value.trim().toLowerCase();
    const scope = one("filter-scope").value;
    const state = one("filter-state").value;
    let shown = 0;
    for (const row of all(".grid tbody tr")) {
      row.hidden = !(
        row.dataset.text.includes(text) &&
        (!scope || row.dataset.scope === scope) &&
        (!state || row.dataset.states.split(" ").includes(state))
      );
      shown += !row.hidden;
    }
    one("grid-count").textContent = shown;
  }

  function filterFindings() {
    const requirement = one("filter-requirement").value;
    for (const finding of all("article")) finding.hidden = requirement !== "" && finding.dataset.requirement !== requirement;
  }

  function reveal() {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place || place.tagName !== "ARTICLE") return;
    place.hidden = false;
    place.querySelector("details").open = true;
    place.scrollIntoView();
  }

  async function copy(button) {
    const text = one(button.dataset.from).textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch { // without a secure context: select the text, so that the user can copy it
      getSelection().selectAllChildren(one(button.dataset.from));
      return;
    }
    const before = button.innerHTML;
    button.textContent = word("copied");
    setTimeout(() => { button.innerHTML = before; }, 1500);
  }

  for (const button of all("button[data-language]")) {
    button.addEventListener("click", () => { setLanguage(button.dataset.language); remember("language", page.lang); });
  }
  one("theme").addEventListener("click", () => {
    setTheme(page.dataset.theme === "dark" ? "light" : "dark");
    remember("theme", page.dataset.theme);
  });
  for (const button of all("button[data-from]")) button.addEventListener("click", () => copy(button));
  if (one("filter-text")) {
    one("filter-text").addEventListener("input", filterGrid);
    for (const id of ["filter-scope", "filter-state"]) one(id).addEventListener("change", filterGrid);
    filterGrid();
  }
  if (one("filter-requirement")) one("filter-requirement").addEventListener("change", filterFindings);
  addEventListener("hashchange", reveal);
  setLanguage(remembered("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
  setTheme(remembered("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  reveal();
}
