// The page follows what others do: an event says that something changed, the page fetches itself
// and replaces only what differs. Parts that change carry data-live-key, unique on the page.
"use strict";
(() => {
  const { live, revision, sayChanged, sayChangedOne, sayLost, sayBack } = document.body.dataset;
  if (!live || !("EventSource" in window)) return;
  let known = Number(revision) || 0;
  let source = null;
  let waiting = null;
  let wasLost = false;

  const said = document.getElementById("ilmoitukset");
  const status = document.getElementById("yhteys");
  const announce = (text) => { said.textContent = ""; setTimeout(() => { said.textContent = text; }, 60); };
  const show = (text) => { status.textContent = text; status.hidden = !text; };

  // --- What differs -----------------------------------------------------------------------
  const keyed = (root) => [...root.querySelectorAll("[data-live-key]")];
  const keyOf = (element) => element.dataset.liveKey;
  const edits = (element) => {
    const active = document.activeElement;
    return element.contains(active) && active.matches("input, select, textarea, [contenteditable]");
  };
  // What scripts did to an element (a highlight, a relative time) is no difference.
  const plain = (element) => {
    const copy = element.cloneNode(true);
    for (const one of [copy, ...copy.querySelectorAll(".changed")]) one.classList.remove("changed");
    for (const one of [copy, ...copy.querySelectorAll("[class='']")]) if (!one.className) one.removeAttribute("class");
    for (const time of copy.querySelectorAll("time[data-relative]")) { time.textContent = ""; time.removeAttribute("title"); }
    for (const one of copy.querySelectorAll("details")) one.removeAttribute("open");
    return copy.outerHTML;
  };
  const outermost = (list) => list.filter((one) => !list.some((other) => other !== one && other.contains(one)));

  function replace(old, fresh) {
    const focusedId = old.contains(document.activeElement) ? document.activeElement.id : "";
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    [...fresh.querySelectorAll("details")].forEach((one, at) => { if (open[at]) one.open = true; });
    old.replaceWith(fresh);
    if (focusedId) document.getElementById(focusedId)?.focus({ preventScroll: true });
  }

  // Where an added element goes: after the keyed one before it, else first in its keyed parent's
  // place, found by the parent's id.
  function place(fresh, current) {
    const before = fresh.previousElementSibling;
    const after = before?.dataset.liveKey && current.get(before.dataset.liveKey);
    if (after) { after.after(fresh); return true; }
    const parent = fresh.parentElement?.id && document.getElementById(fresh.parentElement.id);
    if (!parent) return false;
    const first = parent.querySelector(":scope > [data-live-key]");
    if (first) first.before(fresh); else parent.append(fresh);
    return true;
  }

  function merge(main) {
    const current = new Map(keyed(document).map((one) => [keyOf(one), one]));
    const fresh = new Map(keyed(main).map((one) => [keyOf(one), one]));
    const changed = [];
    for (const [key, element] of current) {
      if (!fresh.has(key) && !edits(element) && element.isConnected) { element.remove(); changed.push(null); }
    }
    for (const element of outermost([...fresh.values()])) {
      const old = current.get(keyOf(element));
      if (old ? edits(old) || plain(old) === plain(element) : false) continue;
      // A part that holds other keyed parts changes through them, where they all still stand.
      const shown = document.importNode(element, true);
      if (old?.isConnected) replace(old, shown);
      else {
        const holder = element.parentElement;
        element.replaceWith(shown);
        if (!place(shown, current)) { holder?.append(shown); continue; }
      }
      current.set(keyOf(shown), shown);
      changed.push(shown);
    }
    reorder(main, current);
    return changed;
  }

  function reorder(main, current) {
    for (const parent of new Set(keyed(main).map((one) => one.parentElement))) {
      const wanted = keyed(parent).filter((one) => one.parentElement === parent).map((one) => current.get(keyOf(one))).filter(Boolean);
      const there = wanted[0]?.parentElement;
      if (!there || wanted.some((one) => one.parentElement !== there) || wanted.some(edits)) continue;
      wanted.forEach((one, at) => { if (at && wanted[at - 1].nextElementSibling !== one) wanted[at - 1].after(one); });
    }
  }

  // --- Fetching ------------------------------------------------------------------------------
  async function refresh() {
    waiting = null;
    const address = new URL(location.href);
    address.hash = "";
    address.searchParams.set("osa", "sisalto");
    let answer;
    try { answer = await fetch(address, { headers: { Accept: "text/html" } }); } catch { return; }
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const count = merge(page.querySelector("main") || page.body);
    const at = page.body.dataset.revision || page.querySelector("[data-revision]")?.dataset.revision;
    if (at) known = Math.max(known, Number(at));
    if (!count.length) return;
    count.forEach((one) => one?.classList.add("changed"));
    setTimeout(() => count.forEach((one) => one?.classList.remove("changed")), 4000);
    announce(count.length === 1 ? sayChangedOne : sayChanged.replace("{n}", count.length));
    document.dispatchEvent(new CustomEvent("sisalto"));
  }
  // Everybody hears at once: a little jitter spreads the fetches.
  const soon = () => { waiting ??= setTimeout(refresh, Math.random() * 400); };

  function heard(event) {
    let at = Number(event.lastEventId) || 0;
    try { const data = JSON.parse(event.data); at = Number(data?.revision ?? data) || at; } catch { /* bare */ }
    if (at > known) { known = at; soon(); }
  }

  // --- The stream ----------------------------------------------------------------------------
  function open() {
    if (source) return;
    const address = new URL(live, location.href);
    address.searchParams.set("revisio", known);
    source = new EventSource(address);
    source.onmessage = heard;
    source.onopen = () => {
      if (wasLost) { show(sayBack); announce(sayBack); setTimeout(() => show(""), 3000); }
      wasLost = false;
    };
    source.onerror = () => {
      if (!wasLost) show(sayLost);
      wasLost = true;
      // The browser tries again by itself unless the server refused: then this does, calmly.
      if (source?.readyState === EventSource.CLOSED) { close(); setTimeout(() => { if (!document.hidden) open(); }, 5000); }
    };
  }
  function close() { source?.close(); source = null; }

  document.addEventListener("visibilitychange", () => { if (document.hidden) close(); else open(); });
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  if (!document.hidden) open();
})();
