// Moving on the half-year grid by arrows, folding its groups, and counts beside the filters' choices
// that follow the result. The page works without it.
"use strict";
(() => {
  const ITEMS = ".grid-group > summary, .grid-group[open] tbody th a";
  const groupOf = (item) => item.closest(".grid-group");
  const headOf = (item) => groupOf(item).querySelector(":scope > summary");

  function next(item, key) {
    const items = [...item.closest(".grid").querySelectorAll(ITEMS)];
    const at = items.indexOf(item);
    if (key === "ArrowDown") return items[at + 1];
    if (key === "ArrowUp") return items[at - 1];
    return key === "Home" ? items[0] : items.at(-1);
  }

  // Left goes to the group's head, and from there folds it; right unfolds it.
  function fold(item, key) {
    const isHead = item.matches("summary");
    if (key === "ArrowLeft" && !isHead) return headOf(item);
    if (isHead) groupOf(item).open = key === "ArrowRight";
    return item;
  }

  document.addEventListener("keydown", (event) => {
    const item = event.target.closest?.(ITEMS);
    if (!item || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    let to = null;
    if (["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) to = next(item, event.key);
    else if (["ArrowLeft", "ArrowRight"].includes(event.key)) to = fold(item, event.key);
    else return;
    event.preventDefault();
    to?.focus();
    to?.scrollIntoView({ block: "nearest" });
  });

  function foldAll(button) {
    const groups = [...document.querySelectorAll(".grid-group")];
    const open = !groups.some((one) => one.open);
    for (const one of groups) one.open = open;
    button.textContent = open ? button.dataset.close : button.dataset.open;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fold]");
    if (button) foldAll(button);
    const link = event.target.closest(".jump a");
    if (link) openTarget(link.hash);
  });

  function openTarget(hash) {
    const group = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (group && group.matches("details")) group.open = true;
  }

  function follow() {
    for (const button of document.querySelectorAll("[data-fold]")) button.hidden = false;
    const told = document.querySelector("#tulokset [data-counts]");
    const form = document.querySelector("form.action-filters");
    if (!told || !form) return;
    const counts = JSON.parse(told.dataset.counts);
    let chosen = 0;
    for (const [name, of] of Object.entries(counts)) {
      const select = form.elements[name];
      if (!select) continue;
      if (select.value) chosen += 1;
      // Nothing changes in a list that is being chosen from: it follows when it is left.
      if (select === document.activeElement) continue;
      for (const option of select.options) {
        if (option.value) option.textContent = `${option.dataset.word} (${of[option.value] ?? 0})`;
      }
    }
    const badge = form.querySelector(".badge");
    badge.hidden = !chosen;
    badge.textContent = chosen;
  }

  document.addEventListener("sisalto", follow);
  document.addEventListener("focusout", (event) => { if (event.target.closest(".action-filters select")) setTimeout(follow); });
  addEventListener("hashchange", () => openTarget(location.hash));
  follow();
  openTarget(location.hash);
})();
