// Moving bars on the half-year grid: by pointer, by touch and by keyboard; the form of the action's
// schedule is then fetched into the row, where the reason is asked. Putting actions in order. Without
// this script the bars are links to the same form, and the order's buttons send themselves.
"use strict";
(() => {
  const said = document.getElementById("ilmoitukset");
  const announce = (text) => { if (said) { said.textContent = ""; setTimeout(() => { said.textContent = text; }, 60); } };
  const grid = () => document.getElementById("aikajana");
  const halves = () => JSON.parse(grid()?.dataset.halves || "[]");
  const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
  const fragment = (address) => {
    const url = new URL(address, location.href);
    url.searchParams.set("osa", "sisalto");
    return url;
  };
  const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

  // --- Where bars stand: the classes f (first column) and w (how many) -------------------------
  const number = (element, letter) => Number([...element.classList].find((one) => new RegExp(`^${letter}\\d+$`).test(one))?.slice(1));
  const placeOf = (element) => ({ first: number(element, "f"), width: number(element, "w") });
  function put(element, { first, width }) {
    const now = placeOf(element);
    element.classList.replace(`f${now.first}`, `f${first}`);
    element.classList.replace(`w${now.width}`, `w${width}`);
  }
  const same = (one, other) => one.first === other.first && one.width === other.width;
  function words({ first, width }) {
    const all = halves();
    return width > 1 ? `${all[first - 1]} – ${all[first + width - 2]}` : all[first - 1];
  }
  function moved({ first, width }, how, by) {
    const count = halves().length;
    if (how === "move") return { first: clamp(first + by, 1, count - width + 1), width };
    if (how === "end") return { first, width: clamp(width + by, 1, count - first + 1) };
    const begin = clamp(first + by, 1, first + width - 1);
    return { first: begin, width: first + width - begin };
  }

  // --- The draft: what is shown before it is saved ----------------------------------------------
  let draft = null;

  function own(name, kind, parent) {
    const made = document.createElement(name);
    made.className = kind;
    made.dataset.own = "";
    parent.append(made);
    return made;
  }
  function begin(link) {
    if (draft?.link === link) return true;
    if (draft?.panel?.querySelector("textarea")?.value.trim()) { draft.panel.querySelector("textarea").focus(); return false; }
    drop(false);
    const row = link.closest("tr");
    const lane = link.closest(".lane");
    const bar = lane.querySelector(".bar");
    draft = { link, row, lane, bar, from: placeOf(bar), at: placeOf(bar), panel: null };
    row.dataset.held = "";
    row.classList.add("is-moving");
    if (!lane.querySelector(".ghost")) {
      const ghost = own("i", `ghost f${draft.from.first} w${draft.from.width}`, lane);
      lane.prepend(ghost);
    }
    draft.words = own("span", `draft f${draft.at.first} w${draft.at.width}`, lane);
    return true;
  }
  function draw(at, aloud = true) {
    if (same(at, draft.at) && draft.words.textContent) return;
    draft.at = at;
    for (const one of [draft.bar, draft.link, draft.words]) put(one, at);
    draft.words.classList.toggle("to-end", at.first > halves().length / 2);
    draft.words.textContent = words(at);
    if (aloud) announce(`${draft.row.querySelector(".no").textContent}: ${words(at)}`);
    const form = draft.panel?.querySelector("form");
    if (form) choose(form);
  }
  function drop(focus = true) {
    if (!draft) return;
    const { link, row, lane, bar, from, panel } = draft;
    draft = null;
    for (const one of [bar, link]) put(one, from);
    if (panel) tell(panel, false);
    for (const one of [...lane.querySelectorAll("[data-own]"), ...row.querySelectorAll(".row-form")]) one.remove();
    row.classList.remove("is-moving");
    if (!row.className) row.removeAttribute("class");
    delete row.dataset.held;
    if (focus) { link.focus(); announce(`${row.querySelector(".no").textContent}: ${words(from)}`); }
  }

  // --- The form in the row ----------------------------------------------------------------------
  function tell(panel, open) {
    document.dispatchEvent(new CustomEvent("muokkaus", { detail: { entity: panel.dataset.editing, part: panel.dataset.editingPart, open } }));
  }
  function choose(form) {
    const { first, last } = form.elements;
    const wanted = [draft.at.first - 1, draft.at.first + draft.at.width - 2];
    if (first.selectedIndex === wanted[0] && last.selectedIndex === wanted[1]) return;
    [first.selectedIndex, last.selectedIndex] = wanted;
    first.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function show(form, heldTo) {
    draft.panel.replaceChildren(document.importNode(form, true));
    const shown = draft.panel.querySelector("form");
    if (heldTo) choose(shown);
    const first = shown.querySelector("[role=alert]") || shown.querySelector("[aria-invalid=true]") || shown.querySelector("textarea");
    first?.focus({ preventScroll: true });
    draft.panel.scrollIntoView({ block: "nearest" });
  }
  async function open() {
    const mine = draft;
    if (mine.panel) { mine.panel.querySelector("textarea")?.focus(); return; }
    let answer;
    try { answer = await fetch(fragment(mine.link.href)); } catch { announce(document.body.dataset.sayLost || ""); return; }
    const form = answer.ok && (await parsed(answer)).querySelector("form[data-edit-form]");
    if (draft !== mine || mine.panel) return;
    if (!form) { location.href = mine.link.href; return; }
    mine.panel = own("div", "row-form", mine.lane.closest("td"));
    mine.panel.dataset.editing = form.dataset.entity;
    mine.panel.dataset.editingPart = form.dataset.part;
    show(form, true);
    tell(mine.panel, true);
  }
  async function save(form) {
    const mine = draft;
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    let answer;
    try { answer = await fetch(fragment(form.action), { method: "POST", body: new FormData(form) }); } catch {
      // What was typed stays; the key in the form keeps a sending that did arrive from being saved twice.
      button.disabled = false;
      announce(document.body.dataset.sayLost || "");
      return;
    }
    if (answer.redirected && answer.ok) {
      tell(mine.panel, false);
      const here = new URL(location.href);
      here.searchParams.set("tehty", new URL(answer.url).searchParams.get("tehty"));
      here.hash = "";
      leave(here, {});
      return;
    }
    const again = (await parsed(answer)).querySelector("form[data-edit-form]");
    if (draft !== mine) return;
    if (again) show(again, false); else button.disabled = false;
    follow(mine.panel.querySelector("form"));
  }
  function follow(form) {
    const { first, last } = form.elements;
    const at = { first: first.selectedIndex + 1, width: last.selectedIndex - first.selectedIndex + 1 };
    if (at.first >= 1 && at.width >= 1) draw(at, false);
  }

  // --- By pointer and touch ---------------------------------------------------------------------
  let grip = null;
  let dragged = false;
  document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest?.(".move");
    dragged = false;
    if (!link || event.button) return;
    const box = link.getBoundingClientRect();
    const edge = event.pointerType === "touch" ? Math.min(22, box.width / 3) : Math.min(14, box.width / 4);
    const how = event.clientX - box.left < edge ? "start" : box.right - event.clientX < edge ? "end" : "move";
    const column = link.closest(".lane").getBoundingClientRect().width / halves().length;
    grip = { link, how, column, x: event.clientX, id: event.pointerId, base: null };
  });
  document.addEventListener("pointermove", (event) => {
    if (!grip || event.pointerId !== grip.id) return;
    const by = event.clientX - grip.x;
    if (!grip.base) {
      if (Math.abs(by) < 6) return;
      dragged = true;
      if (!begin(grip.link)) { grip = null; return; }
      grip.link.setPointerCapture(grip.id);
      grip.base = draft.at;
    }
    draw(moved(grip.base, grip.how, Math.round(by / grip.column)));
  });
  document.addEventListener("pointerup", (event) => {
    if (!grip || event.pointerId !== grip.id) return;
    const { base } = grip;
    grip = null;
    if (!base || !draft) return;
    if (same(draft.at, draft.from) && !draft.panel) drop(false); else open();
  });
  document.addEventListener("pointercancel", (event) => {
    if (grip?.base && event.pointerId === grip.id && draft) { if (draft.panel) draw(grip.base); else drop(false); }
    grip = null;
  });
  for (const kind of ["dragstart", "contextmenu"]) {
    document.addEventListener(kind, (event) => { if (event.target.closest?.(".move") && (grip || kind === "dragstart")) event.preventDefault(); });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".move");
    if (link) {
      if (!dragged && (event.ctrlKey || event.metaKey || event.shiftKey || event.button)) return;
      event.preventDefault();
      if (!dragged && begin(link)) { draw(draft.at, false); open(); }
      dragged = false;
      return;
    }
    if (event.target.closest?.("a[data-edit-cancel]") && draft?.panel?.contains(event.target)) { event.preventDefault(); drop(); }
  });

  // --- By keyboard --------------------------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && draft && (event.target === draft.link || draft.panel?.contains(event.target))) { event.preventDefault(); drop(); return; }
    const link = event.target.closest?.(".move");
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!link || !by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (begin(link)) draw(moved(draft.at, event.shiftKey ? "end" : "move", by));
  });
  document.addEventListener("change", (event) => {
    if (draft?.panel?.contains(event.target) && event.target.matches("[name=first], [name=last]")) follow(event.target.form);
  });
  document.addEventListener("submit", (event) => {
    if (draft?.panel?.contains(event.target)) { event.preventDefault(); save(event.target); }
  });

  // --- The order ----------------------------------------------------------------------------------
  const order = () => document.getElementById("jarjestys");
  document.addEventListener("keydown", (event) => {
    const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!way || !event.altKey || !order()) return;
    const button = event.target.closest?.("tr")?.querySelector(`[data-way=${way}]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== order()) return;
    const button = event.submitter;
    const steps = button?.closest(".steps");
    keep({ step: steps?.dataset.step || event.target.dataset.step, way: button?.dataset.way });
  });
  let lifted = null;
  document.addEventListener("pointerdown", (event) => {
    const row = event.target.closest?.(".grip")?.closest("tr");
    if (!row || event.button) return;
    event.preventDefault();
    lifted = { row, id: event.pointerId, next: row.nextElementSibling };
    row.dataset.held = "";
    row.classList.add("is-lifted");
    event.target.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (!lifted || event.pointerId !== lifted.id) return;
    const { row } = lifted;
    const others = [...row.parentElement.children].filter((one) => one !== row);
    const under = others.find((one) => { const box = one.getBoundingClientRect(); return event.clientY < box.top + box.height / 2; });
    if (under ? under.previousElementSibling !== row : row.parentElement.lastElementChild !== row) {
      if (under) under.before(row); else row.parentElement.append(row);
    }
  });
  function lay(event) {
    if (!lifted || event.pointerId !== lifted.id) return;
    const { row, next } = lifted;
    lifted = null;
    row.classList.remove("is-lifted");
    if (!row.className) row.removeAttribute("class");
    if (event.type === "pointercancel") { if (next) next.before(row); else row.parentElement.append(row); }
    if (row.nextElementSibling === next || event.type === "pointercancel") { delete row.dataset.held; return; }
    const stepOf = (one) => one?.querySelector(".steps")?.dataset.step;
    const [above, below] = [stepOf(row.previousElementSibling), stepOf(row.nextElementSibling)];
    const form = order();
    const sent = document.createElement("input");
    Object.assign(sent, { type: "hidden", name: "siirto", value: above ? `${stepOf(row)} jalkeen ${above}` : `${stepOf(row)} ennen ${below}` });
    form.append(sent);
    form.dataset.step = stepOf(row);
    form.requestSubmit();
  }
  document.addEventListener("pointerup", lay);
  document.addEventListener("pointercancel", lay);

  // --- Coming back to where one was -----------------------------------------------------------------
  const KEPT = "digitiekartta-ruudukko";
  const keep = (more) => { try { sessionStorage.setItem(KEPT, JSON.stringify({ y: scrollY, ...more })); } catch { /* not kept */ } };
  function leave(address, more) { keep(more); location.href = address; }
  function comeBack() {
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(KEPT)); sessionStorage.removeItem(KEPT); } catch { /* nothing kept */ }
    if (!kept) return;
    scrollTo({ top: kept.y, behavior: "instant" });
    const steps = kept.step && document.getElementById(`siirto-${kept.step}`);
    if (!steps) return;
    const buttons = [...steps.querySelectorAll("button:not([disabled])")];
    (buttons.find((one) => one.dataset.way === kept.way) || buttons[0])?.focus();
    const row = steps.closest("tr");
    const at = [...row.parentElement.children].indexOf(row) + 1;
    announce(order().dataset.say.replace("{no}", row.querySelector(".no").textContent).replace("{at}", at).replace("{of}", row.parentElement.children.length));
  }
  addEventListener("load", comeBack);

  // --- What others moved slides to where it is now --------------------------------------------------
  const places = new Map();
  const rows = () => document.querySelectorAll("#aikajana tbody tr[data-live-key]");
  function remember() {
    places.clear();
    for (const row of rows()) { const bar = row.querySelector(".bar"); if (bar) places.set(row.dataset.liveKey, placeOf(bar)); }
  }
  document.addEventListener("sisalto", () => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const row of calm ? [] : document.querySelectorAll("#aikajana tr.changed")) {
      const [before, bar] = [places.get(row.dataset.liveKey), row.querySelector(".bar")];
      if (!before || !bar || same(before, placeOf(bar))) continue;
      const now = placeOf(bar);
      const column = bar.closest(".lane").getBoundingClientRect().width / (halves().length || 1);
      bar.animate([{ transformOrigin: "left", transform: `translateX(${(before.first - now.first) * column}px) scaleX(${before.width / now.width})` },
        { transformOrigin: "left", transform: "none" }], { duration: 600, easing: "ease-out" });
    }
    remember();
  });
  remember();
})();
