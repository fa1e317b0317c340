// Lets a page of a plugin ask the dashboard around it, and hear its answers.
(() => {
  const waiting = new Map();
  let asked = 0;

  window.addEventListener("message", (event) => {
    const { id, answer } = event.data ?? {};
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });

  window.pluginPage = {
    ask(question) {
      return new Promise((resolve) => {
        asked += 1;
        waiting.set(asked, resolve);
        window.parent.postMessage({ id: asked, question }, window.location.origin);
      });
    },
  };
})();
