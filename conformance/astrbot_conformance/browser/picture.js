// Marks the elements that a screenshot must cover: the innermost elements that show a whole secret of `texts`, or a text
// in the form of a key, in one piece or in several. Returns their number.
(texts) => {
  const KEY = /abk_[A-Za-z0-9_-]{16,}/g;
  // The length of the longest secret in a text. Unknown keys are searched only in the rendered text, because
  // textContent joins the cells of a table.
  const longest = (text, drawn = text) =>
    Math.max(0, ...[...texts.filter((secret) => text.includes(secret)), ...(drawn.match(KEY) ?? [])].map((one) => one.length));
  const shown = (element) => (element instanceof HTMLElement ? longest(element.textContent, element.innerText) : 0);
  const filled = (element) => element.type !== "password" && longest(String(element.value ?? ""));
  const hinted = (element) => longest(element.getAttribute("placeholder") ?? "");
  const isInnermost = (element) => {
    const length = shown(element);
    return length && ![...element.children].some((child) => shown(child) === length);
  };
  const all = [...document.querySelectorAll("body, body *")];
  const marked = all.filter((element) => isInnermost(element) || filled(element) || hinted(element));
  for (const element of marked) element.dataset.blot = "";
  return marked.length;
}
