// Answering: the code from the address's fragment, a draft on this device, and sending once.
"use strict";
(() => {
  const IDLE = 30 * 60000;
  const PREFIX = "kysely:";
  const PAUSES = [1, 2, 4, 8, 15, 30];
  const TRY_AGAIN = [408, 500, 502, 503, 504];

  // --- What is kept on this device: never a code, and nothing older than half an hour ---
  const kept = {
    all() { try { return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)); } catch { return []; } },
    get(name) { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
    put(name, answers) { try { localStorage.setItem(name, JSON.stringify({ at: Date.now(), answers })); } catch { /* private mode */ } },
    drop(name) { try { localStorage.removeItem(name); } catch { /* private mode */ } },
    dropOld() {
      for (const name of kept.all()) {
        const age = Date.now() - (kept.get(name)?.at ?? 0);
        if (!(age >= 0 && age < IDLE)) kept.drop(name);
      }
    },
  };

  // --- The way in: a code in the fragment is filled in, and taken out of the address ---
  function codeFromFragment() {
    const match = /^#([0-9a-z]{4})-?([0-9a-z]{4})-?([0-9a-z]{4})$/i.exec(location.hash);
    if (!match) return;
    history.replaceState(null, "", location.pathname + location.search);
    const field = document.querySelector("[data-way-in] [name=code]");
    if (!field) return;
    field.value = match.slice(1).join("-").toUpperCase();
    const said = document.querySelector("[data-filled]");
    said.textContent = said.dataset.filled;
    field.form.querySelector("button").focus({ preventScroll: true });
  }

  // --- The form ---
  function answering(form) {
    const whole = Number(form.dataset.whole);
    const draft = form.dataset.round && PREFIX + form.dataset.round;
    const note = form.querySelector("[data-note]");
    const said = note.querySelector("[role=status]");
    const radios = [...form.querySelectorAll("input[type=radio]")];
    const answers = () => Object.fromEntries(radios.filter((one) => one.checked).map((one) => [one.name, one.value]));
    let touched = Date.now();
    let sending = false;

    function tell() {
      const count = Object.keys(answers()).length;
      const bar = form.querySelector(".survey-progress");
      bar.hidden = false;
      bar.querySelector("progress").value = count;
      bar.querySelector("[data-progress]").textContent = form.dataset.answered.replace("{n}", count).replace("{all}", whole);
    }

    function say(words, canClear) {
      note.hidden = false;
      note.querySelector("button").hidden = !canClear;
      said.textContent = words;
    }

    function restore() {
      const given = answers();
      const found = Object.entries(kept.get(draft)?.answers ?? {}).filter(([name, value]) =>
        !(name in given) && radios.some((one) => one.name === name && one.value === value));
      for (const [name, value] of found) radios.find((one) => one.name === name && one.value === value).checked = true;
      if (found.length) say(said.dataset.restored, true);
      if (Object.keys(answers()).length) kept.put(draft, answers());
    }

    function clear() {
      for (const one of radios) one.checked = false;
      kept.drop(draft);
      say(said.dataset.emptied, false);
      tell();
    }

    // Whoever leaves the form open on a shared device leaves nothing for the next one.
    function leaveWhenIdle() {
      if (sending || Date.now() - touched < IDLE) return;
      kept.drop(draft);
      location.replace(form.dataset.start);
    }

    tell();
    form.addEventListener("change", tell);
    // Enter chooses nothing among radios; it must not send the form either.
    form.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.type === "radio") event.preventDefault(); });
    if (!draft) return;
    restore();
    tell();
    form.addEventListener("change", () => kept.put(draft, answers()));
    form.addEventListener("reset", (event) => { event.preventDefault(); clear(); });
    for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
    setInterval(leaveWhenIdle, 30000);
    document.addEventListener("visibilitychange", leaveWhenIdle);
    sender(form, draft, (state) => { sending = state; });
  }

  // --- Sending: once, and again until it is known to be saved ---
  function sender(form, draft, sendingNow) {
    const button = form.querySelector("[data-send]");
    const status = form.querySelector("[data-status]");
    const words = button.textContent;
    let body = null;
    let tries = 0;
    let timer = 0;
    let underWay = false;

    function shown(text, label) {
      status.textContent = text;
      button.textContent = label;
      button.disabled = label === button.dataset.saving;
    }
    function stop() {
      clearTimeout(timer);
      removeEventListener("online", attempt);
      removeEventListener("beforeunload", warn);
      body = null;
      sendingNow(false);
    }
    function later() {
      shown(navigator.onLine ? status.dataset.again : status.dataset.offline, button.dataset.again);
      timer = setTimeout(attempt, 1000 * PAUSES[Math.min(tries++, PAUSES.length - 1)]);
    }
    function warn(event) { event.preventDefault(); }

    async function attempt() {
      if (underWay || !body) return;
      clearTimeout(timer);
      underWay = true;
      shown(status.dataset.saving, button.dataset.saving);
      let answer = null;
      try {
        answer = await fetch(form.action, { method: "POST", body, credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(20000) });
      } catch { /* no connection, or no answer in time */ }
      underWay = false;
      if (!answer || TRY_AGAIN.includes(answer.status)) { later(); return; }
      stop();
      const thanked = answer.redirected && new URL(answer.url).pathname === new URL(form.dataset.thanks, location.href).pathname;
      if (thanked) {
        kept.drop(draft);
        location.replace(answer.url);
      } else {
        // What kept it from counting is told by the page that a form without scripts gets.
        shown("", words);
        form.submit();
      }
    }

    form.addEventListener("submit", (event) => {
      if (event.submitter?.hasAttribute("formaction")) return;
      event.preventDefault();
      if (body) { attempt(); return; }
      body = new URLSearchParams(new FormData(form));
      tries = 0;
      sendingNow(true);
      addEventListener("online", attempt);
      addEventListener("beforeunload", warn);
      attempt();
    });
  }

  function ready() {
    codeFromFragment();
    addEventListener("hashchange", codeFromFragment);
    if (document.querySelector("[data-thanked]")) kept.all().forEach(kept.drop);
    kept.dropOld();
    const form = document.getElementById("kysely");
    if (form) answering(form);
  }
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", ready);
  else ready();
})();
