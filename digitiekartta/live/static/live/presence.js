// Members' pages: who is editing what, what changed meanwhile, and that the session has ended.
//
// An edit form marks itself, and both of these are told to the others while it is open:
//   <form data-editing="ENTITY-ID" data-editing-part="schedule" data-editing-see="/address/">
//   document.dispatchEvent(new CustomEvent("muokkaus", { detail: { entity, part, open: true } }))
// The first is found when the page loads, when its parts are replaced and when a <details> around
// it opens; the second is for forms that scripts make; with open: false it is over. `part` is a
// field's name or that of a group of fields: a-z, 0-9, "-" and "_".
//
// Where others are told: in the first that is there of
//   [data-presence="ENTITY-ID"][data-presence-part="schedule"], the form itself,
//   [data-presence="ENTITY-ID"] without a part.
// Loaded before live.js, which sends "virta" (a stream was opened) and "muutos" (ids that changed).
"use strict";
(() => {
  const words = document.getElementById("lasnaolo")?.dataset;
  const live = document.body.dataset.live;
  if (!words || !live) return;
  const AGAIN = 20000;
  const address = new URL(live, location.href).pathname + "/lasna";
  const said = document.getElementById("ilmoitukset");
  const status = document.getElementById("istunto");
  const announce = (text) => { said.textContent = ""; setTimeout(() => { said.textContent = text; }, 60); };
  // crypto.randomUUID is missing where a site is not served over https.
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  const tab = bytes.map((one) => one.toString(16).padStart(2, "0")).join("");

  // --- Telling ------------------------------------------------------------------------------
  const told = new Map();
  let byScripts = [];
  let ended = false;
  const keyOf = (one) => `${one.entity} ${one.part}`;
  const send = (what) => fetch(address, {
    method: "POST", keepalive: true, headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ tab, ...what }),
  }).catch(() => { /* the next telling tries again */ });
  const openForms = () => [...document.querySelectorAll("[data-editing]")].filter((one) => !one.closest("details:not([open])"));
  const isLooking = () => !document.hidden && document.hasFocus();

  function tell() {
    const marked = openForms().map((one) => ({ entity: one.dataset.editing, part: one.dataset.editingPart || "" }));
    const wanted = new Map([...marked, ...byScripts].map((one) => [keyOf(one), one]));
    for (const [key, one] of told) {
      if (!wanted.has(key)) { told.delete(key); send({ open: false, entity: one.entity, part: one.part }); }
    }
    if (ended || !isLooking()) return;
    for (const [key, one] of wanted) {
      if (Date.now() - (told.get(key)?.at ?? 0) < AGAIN) continue;
      told.set(key, { ...one, at: Date.now() });
      send({ open: true, entity: one.entity, part: one.part });
    }
  }

  document.addEventListener("muokkaus", (event) => {
    const { entity, part = "", open } = event.detail;
    byScripts = byScripts.filter((one) => keyOf(one) !== keyOf({ entity, part }));
    if (open) byScripts.push({ entity, part });
    tell();
    show();
  });
  document.addEventListener("toggle", () => { tell(); show(); }, true);
  document.addEventListener("sisalto", () => { tell(); show(); });
  document.addEventListener("visibilitychange", tell);
  addEventListener("focus", tell);
  addEventListener("pagehide", () => { if (told.size) { told.clear(); send({ open: false }); } });
  addEventListener("pageshow", (event) => { if (event.persisted) tell(); });
  setInterval(tell, AGAIN / 4);

  // --- Who else is editing --------------------------------------------------------------------
  const others = new Map();
  let me = "";
  const sentence = (one) => (one.name ? words.named.replace("{name}", one.name) : words[one.role] || words.anybody);
  const formOf = (entity, part) => openForms().find((one) => one.dataset.editing === entity && (one.dataset.editingPart || "") === part);
  function placeOf(entity, part) {
    const places = [...document.querySelectorAll("[data-presence]")].filter((one) => one.dataset.presence === entity);
    return places.find((one) => part && one.dataset.presencePart === part) || formOf(entity, part)
      || places.find((one) => !one.dataset.presencePart);
  }
  function line(kind, text) {
    const shown = document.createElement("span");
    shown.className = kind;
    shown.dataset.own = "";
    shown.textContent = text;
    return shown;
  }
  function show() {
    document.querySelectorAll(".presence").forEach((one) => one.remove());
    for (const [entity, editing] of others) {
      const lines = new Map();
      for (const one of editing) {
        const place = one.by !== me && placeOf(entity, one.part);
        if (place) lines.set(place, (lines.get(place) || new Set()).add(sentence(one)));
      }
      for (const [place, sentences] of lines) place.prepend(...[...sentences].map((text) => line("presence", text)));
    }
  }
  function heard(event) {
    const { id, editing } = JSON.parse(event.data);
    const before = new Set((others.get(id) || []).map((one) => one.by));
    if (editing.length) others.set(id, editing); else others.delete(id);
    show();
    // Only who would collide is told aloud.
    const newcomer = editing.find((one) => !before.has(one.by) && one.by !== me && told.has(keyOf({ entity: id, part: one.part })));
    if (newcomer) announce(sentence(newcomer));
  }

  // --- What changed under an open form ----------------------------------------------------------
  document.addEventListener("muutos", (event) => {
    for (const form of openForms()) {
      if (event.detail && !event.detail.includes(form.dataset.editing)) continue;
      if (form.querySelector(":scope > .elsewhere")) continue;
      const shown = line("elsewhere", `${words.elsewhere} `);
      const link = document.createElement("a");
      Object.assign(link, { href: form.dataset.editingSee || location.pathname, target: "_blank", rel: "noopener", textContent: words.see });
      shown.append(link);
      form.prepend(shown);
      announce(words.elsewhere);
    }
  });

  // --- The session --------------------------------------------------------------------------------
  function over() {
    const link = document.createElement("a");
    Object.assign(link, { href: words.signInUrl, target: "_blank", rel: "noopener", textContent: words.signIn });
    status.replaceChildren(`${words.ended} `, ...(words.signInUrl ? [link] : []));
    status.hidden = false;
    if (!ended) announce(words.ended);
    ended = true;
  }
  document.addEventListener("istunto", over);
  document.addEventListener("virta", (event) => {
    others.clear();
    event.detail.addEventListener("lasna", heard);
    event.detail.addEventListener("istunto", ({ data }) => {
      const [state, mark] = data.split(" ");
      if (state !== "voimassa") { event.detail.close(); over(); return; }
      me = mark;
      if (ended) announce(words.goesOn);
      ended = false;
      status.hidden = true;
      show();
      tell();
    });
  });
  tell();

  // What is sent now would meet a page that is not found, and what was typed would be gone.
  addEventListener("submit", (event) => { if (ended && event.target.method === "post") { event.preventDefault(); over(); } }, true);
})();
