// Mark what shows a secret, for a picture to blot it out: the innermost elements that show the whole of one of `texts`,
// or of what has the form of a key, drawn in one piece or in several. Gives how many there are.
(texts) => {
  const KEY = /abk_[A-Za-z0-9_-]{16,}/g;
  // The length of the longest secret in a text; keys that nobody knows are looked for in what is drawn only, since
  // the text of a table runs cells together.
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
