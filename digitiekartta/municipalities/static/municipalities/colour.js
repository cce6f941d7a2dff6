"use strict";
// Shows on both themes what a colour becomes while it is typed. The page says the same after a press
// of its own button.
(() => {
  const input = document.querySelector("[data-colour]");
  const place = document.querySelector("[data-samples]");
  if (!input || !place) return;
  let waiting = 0;
  let asked = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    if (!/^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.test(input.value.trim())) return;
    waiting = setTimeout(async () => {
      const turn = ++asked;
      const address = `${place.dataset.samples}?vari=${encodeURIComponent(input.value.trim())}`;
      const answer = await fetch(address).catch(() => null);
      if (!answer || !answer.ok || turn !== asked) return;
      const made = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...made.body.childNodes);
    }, 150);
  });
})();
