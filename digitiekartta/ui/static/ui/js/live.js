// The page follows what others do: an event says that something changed, the page fetches itself
// and replaces only what differs. Parts that change carry data-live-key, unique on the page. What
// is being written in, or holds an open form ([data-editing]), typed text or what is being dragged
// ([data-held]), is left as it is.
"use strict";
(() => {
  const { live, sayChanged, sayChangedOne, sayLost, sayBack } = document.body.dataset;
  if (!live || !("EventSource" in window)) return;
  let known = Number(document.querySelector("main").dataset.revision) || 0;
  let source = null;
  let waiting = null;
  let losing = null;
  let wasLost = false;

  const said = document.getElementById("ilmoitukset");
  const status = document.getElementById("yhteys");
  const announce = (text) => { said.textContent = ""; setTimeout(() => { said.textContent = text; }, 60); };
  const show = (text) => { status.textContent = text; status.hidden = !text; };

  // --- What differs -----------------------------------------------------------------------
  const keyed = (root) => [...root.querySelectorAll("[data-live-key]")];
  const keyOf = (element) => element.dataset.liveKey;
  const typed = new Set();
  addEventListener("input", (event) => { const form = event.target.closest("form"); if (form?.method === "post") typed.add(form); }, true);
  addEventListener("reset", (event) => typed.delete(event.target), true);
  document.addEventListener("muokkaus", (event) => { if (!event.detail.open) typed.clear(); });
  const isOpen = (form) => form.isConnected && !form.closest("details:not([open])");
  const edits = (element) => {
    const active = document.activeElement;
    if (element.contains(active) && active.matches("input, select, textarea, [contenteditable]")) return true;
    const forms = [...document.querySelectorAll("[data-editing], [data-held]"), ...typed].filter(isOpen);
    return forms.some((form) => element.contains(form) || form.contains(element));
  };
  // Keyed parts inside are compared on their own; what scripts did (a highlight, a relative time,
  // an open disclosure) is no difference.
  const plain = (element) => {
    const copy = element.cloneNode(true);
    keyed(copy).forEach((one) => one.remove());
    for (const one of copy.querySelectorAll("[data-own]")) one.remove();
    for (const one of copy.querySelectorAll("input[type=hidden]")) one.setAttribute("value", "");
    copy.classList.remove("changed");
    if (!copy.className) copy.removeAttribute("class");
    for (const time of copy.querySelectorAll("time[data-relative]")) { time.textContent = ""; time.removeAttribute("title"); }
    for (const one of copy.querySelectorAll("details")) one.removeAttribute("open");
    return copy.outerHTML;
  };

  function replace(old, fresh) {
    const active = old.contains(document.activeElement) ? document.activeElement : null;
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    [...fresh.querySelectorAll("details")].forEach((one, at) => { if (open[at]) one.open = true; });
    old.replaceWith(fresh);
    const same = active?.id ? document.getElementById(active.id)
      : [...fresh.querySelectorAll("a")].find((one) => active?.href && one.href === active.href);
    same?.focus({ preventScroll: true });
  }

  // Where an added element goes: after the keyed one before it, else before the keyed one after
  // it, else into its parent, found by the parent's id.
  function place(shown, element, current) {
    const beside = (one) => one?.dataset.liveKey && current.get(keyOf(one));
    const before = beside(element.previousElementSibling);
    const after = beside(element.nextElementSibling);
    const parent = element.parentElement?.id && document.getElementById(element.parentElement.id);
    if (before?.isConnected) before.after(shown);
    else if (after?.isConnected) after.before(shown);
    else if (parent) parent.append(shown);
    return shown.isConnected;
  }

  function merge(main) {
    const current = new Map(keyed(document).map((one) => [keyOf(one), one]));
    const fresh = new Map(keyed(main).map((one) => [keyOf(one), one]));
    const changed = [];
    for (const [key, element] of current) {
      if (!fresh.has(key) && !edits(element) && element.isConnected) { element.remove(); changed.push(null); }
    }
    const done = [];
    for (const [key, element] of fresh) {
      // What came along inside a replaced part is new already.
      if (done.some((outer) => outer.contains(element))) continue;
      const old = current.get(key);
      if (old?.isConnected && (edits(old) || plain(old) === plain(element))) continue;
      const shown = document.importNode(element, true);
      if (old?.isConnected) replace(old, shown);
      else if (!place(shown, element, current)) continue;
      for (const one of [shown, ...keyed(shown)]) current.set(keyOf(one), one);
      done.push(element);
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
  async function refresh(tries = 0) {
    waiting = null;
    const address = new URL(location.href);
    address.hash = "";
    address.searchParams.set("osa", "sisalto");
    let answer;
    try { answer = await fetch(address, { headers: { Accept: "text/html" } }); } catch { return; }
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.querySelector("main") || page.body;
    // Made for nobody of the municipality, where this page is a member's.
    const isMember = (one) => "member" in one.dataset;
    if (isMember(document.querySelector("main")) && !isMember(main)) { document.dispatchEvent(new Event("istunto")); return; }
    const changed = merge(main);
    // A kept page may be a moment older than the event: it is asked for again.
    if (Number(main.dataset.revision) < known && tries < 3) setTimeout(() => refresh(tries + 1), 500);
    if (!changed.length) return;
    changed.forEach((one) => one?.classList.add("changed"));
    setTimeout(() => changed.forEach((one) => one?.classList.remove("changed")), 4000);
    announce(changed.length === 1 ? sayChangedOne : sayChanged.replace("{n}", changed.length));
    document.dispatchEvent(new CustomEvent("sisalto"));
  }
  // Everybody hears at once: a little jitter spreads the fetches.
  const soon = () => { waiting ??= setTimeout(() => refresh(), Math.random() * 400); };

  function heard(event) {
    let at = Number(event.lastEventId) || 0;
    let ids = null;
    try { const data = JSON.parse(event.data); at = Number(data?.revision ?? data) || at; ids = data?.ids ?? null; } catch { /* bare */ }
    alive();
    if (at <= known) return;
    known = at;
    document.dispatchEvent(new CustomEvent("muutos", { detail: ids }));
    soon();
  }

  // --- The stream ----------------------------------------------------------------------------
  // The server is heard at least every 15 s: who hears nothing for long was asleep or cut off.
  const SILENCE = 40000;
  let heardAt = 0;
  const alive = () => { heardAt = Date.now(); };
  const lose = () => { wasLost = true; show(sayLost); announce(sayLost); };
  const calm = () => { clearTimeout(losing); losing = null; };

  function open() {
    if (source && source.readyState !== EventSource.CLOSED) return;
    const address = new URL(live, location.href);
    address.searchParams.set("revisio", known);
    source = new EventSource(address);
    alive();
    source.onmessage = heard;
    source.addEventListener("syke", alive);
    source.onopen = () => {
      calm();
      alive();
      if (wasLost) { show(sayBack); announce(sayBack); setTimeout(() => { if (status.textContent === sayBack) show(""); }, 3000); }
      wasLost = false;
    };
    source.onerror = () => {
      // A break of a moment (a restart, a change of network) is nobody's concern.
      losing ??= setTimeout(lose, 3000);
      // The browser tries again by itself unless the server refused: then this does, calmly.
      if (source?.readyState === EventSource.CLOSED) { close(); setTimeout(look, 5000); }
    };
    document.dispatchEvent(new CustomEvent("virta", { detail: source }));
  }
  function close() { source?.close(); source = null; }
  function look() {
    if (document.hidden) return;
    if (source && Date.now() - heardAt > SILENCE) { close(); wasLost = true; }
    open();
  }

  document.addEventListener("visibilitychange", () => { if (document.hidden) { close(); calm(); } else look(); });
  document.addEventListener("resume", look);
  addEventListener("focus", look);
  addEventListener("offline", () => { close(); calm(); lose(); });
  addEventListener("online", look);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  setInterval(() => { if (source && source.readyState !== EventSource.CLOSED) look(); }, 5000);
  look();
})();
