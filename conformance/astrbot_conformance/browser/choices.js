// Finds the visible choices of scopes: the words that name scopes, and the element to click for each.
// Takes {scopes, which}: the known scopes, and optionally one word. Returns null if there is no such dialog. Returns the
// element for `which` if it is given, otherwise [{name, chosen, explanation}]. chosen is null if the page does not show it.
({ scopes, which }) => {
  const FORM = /^[a-z][a-z0-9_]*(?:[:.-][a-z0-9_]+)*$/;
  const ELSEWHERE = "table, nav, a, [role=table], [role=grid], [role=navigation], [role=menu], [aria-hidden=true]";
  const CONTROLS = "input[type=checkbox], [role=checkbox], [role=switch], [role=option], [role=menuitemcheckbox], [aria-pressed], [aria-selected]";
  const CHOSEN = /(^|[-_])(selected|active|checked|chosen|on)$/;

  const visible = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && element.checkVisibility();
  };
  const isWord = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()) &&
    FORM.test(element.textContent.trim()) && !element.closest(ELSEWHERE) && visible(element);
  const words = (root) => [...root.querySelectorAll("*")].filter(isWord);
  const above = function* (element, end) {
    for (let at = element; at && at !== end; at = at.parentElement) yield at;
  };

  // The smallest element that contains as many known scopes as possible.
  const panel = () => {
    const holds = new Map();
    for (const word of words(document.body))
      if (scopes.includes(word.textContent.trim()))
        for (const element of above(word.parentElement, null))
          holds.set(element, (holds.get(element) ?? new Set()).add(word.textContent.trim()));
    const ranked = [...holds].sort(([a, ours], [b, theirs]) => theirs.size - ours.size || (a.contains(b) ? 1 : -1));
    const [best, held] = ranked[0] ?? [null, new Set()];
    return held.size >= Math.max(2, scopes.length / 2) ? best : null;
  };

  const controlOf = (word, within) => {
    const labelled = word.closest("label")?.control;
    if (labelled?.matches(CONTROLS)) return labelled;
    for (const element of above(word, within)) {
      if (element.matches(CONTROLS)) return element;
      const inside = element.querySelectorAll(CONTROLS);
      if (inside.length) return inside.length === 1 ? inside[0] : null;
    }
    return null;
  };
  const isChosen = (word, control, within) => {
    if (control instanceof HTMLInputElement) return control.indeterminate ? null : control.checked;
    for (const name of ["aria-checked", "aria-selected", "aria-pressed"])
      if (control?.hasAttribute(name)) return control.getAttribute(name) === "true";
    return [...above(word, within)].some((element) => [...element.classList].some((name) => CHOSEN.test(name)));
  };

  // The explanation of a choice: the text of the largest element that belongs only to it, the text between its word and
  // the next word, and its attributes.
  const explanation = (word, all, control, within) => {
    const others = all.filter((other) => other !== word);
    const own = [...above(word, within)].filter((element) => !others.some((other) => element.contains(other))).at(-1);
    const parts = [own?.innerText.replace(word.textContent.trim(), "")];
    const next = all[all.indexOf(word) + 1];
    const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (word.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING && !word.contains(node) &&
          (!next || next.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) &&
          !node.parentElement.closest("button, table") && visible(node.parentElement))
        parts.push(node.data);
    for (const element of [own, control])
      for (const name of ["title", "aria-description"]) parts.push(element?.getAttribute(name));
    for (const id of control?.getAttribute("aria-describedby")?.split(" ") ?? [])
      parts.push(document.getElementById(id)?.textContent);
    return parts.filter(Boolean).join(" ").replace(/\s+/g, " ").trim();
  };

  const within = panel();
  if (!within) return null;
  const inside = words(within);
  const kind = inside.find((word) => scopes.includes(word.textContent.trim())).tagName;
  const first = new Map();
  for (const word of inside)
    if (word.tagName === kind && !first.has(word.textContent.trim())) first.set(word.textContent.trim(), word);
  const all = [...first.values()];
  if (which) {
    const word = first.get(which), control = word && controlOf(word, within);
    return control && visible(control) ? control : word ?? null;
  }
  return all.map((word) => {
    const control = controlOf(word, within);
    const chosen = isChosen(word, control, within);
    return { name: word.textContent.trim(), chosen, explanation: explanation(word, all, control, within) };
  });
}
