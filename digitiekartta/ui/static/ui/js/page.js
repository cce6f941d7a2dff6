// The reader's theme, relative times, printing; and filters that answer at once. One file: a first
// view has few requests to spend. Run before the first paint.
"use strict";
(() => {
  const root = document.documentElement;
  const stored = () => { try { return localStorage.getItem("ulkoasu"); } catch { return null; } };
  const keep = (theme) => { try { localStorage.setItem("ulkoasu", theme); } catch { /* private mode */ } };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => root.dataset.theme === "dark" || (root.dataset.theme === "auto" && system.matches);
  if (stored()) root.dataset.theme = stored();

  function themeButton() {
    const button = document.getElementById("ulkoasu");
    if (!button) return;
    const tell = () => { button.lastElementChild.textContent = isDark() ? button.dataset.light : button.dataset.dark; };
    button.hidden = false;
    tell();
    system.addEventListener("change", tell);
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      keep(root.dataset.theme);
      tell();
    });
  }

  const STEPS = [["minute", 60], ["hour", 3600], ["day", 86400]];
  function relativeTimes() {
    const words = new Intl.RelativeTimeFormat(root.lang, { numeric: "auto" });
    for (const time of document.querySelectorAll("time[data-relative]")) {
      const ago = (Date.now() - new Date(time.dateTime)) / 1000;
      // Older than a week reads better as a date.
      if (!(ago >= 0 && ago < 7 * 86400)) continue;
      const [unit, seconds] = STEPS.findLast(([, size]) => ago >= size) || ["minute", 60];
      time.title ||= time.textContent;
      time.textContent = words.format(-Math.floor(ago / seconds), unit);
    }
  }

  function printing() {
    for (const button of document.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => print());
    }
    // Paper can't be unfolded: everything is open while printing.
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll("main details:not([open])")];
      opened.forEach((one) => { one.open = true; });
    });
    addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
  }

  function ready() {
    themeButton();
    relativeTimes();
    printing();
    setInterval(relativeTimes, 60000);
    document.addEventListener("sisalto", relativeTimes);
    // A failed form: the summary is where the reader continues.
    document.getElementById("virheet")?.focus();
  }
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", ready);
  else ready();
})();

// A filter form answers at once: form[data-filters] fetches its result, replaces #tulokset and
// keeps the address. Without this script the form's own button does the same.
(() => {
  const announce = (text) => { const said = document.getElementById("ilmoitukset"); if (said) said.textContent = text; };
  const results = () => document.getElementById("tulokset");
  let asked = null;

  function addressOf(form) {
    const address = new URL(form.getAttribute("action") || location.pathname, location.href);
    address.search = "";
    for (const [name, value] of new FormData(form)) if (value) address.searchParams.append(name, value);
    return address;
  }

  async function load(address, push) {
    const place = results();
    if (!place) { location.href = address; return; }
    asked?.abort();
    asked = new AbortController();
    place.setAttribute("aria-busy", "true");
    try {
      const asks = new URL(address);
      asks.searchParams.set("osa", "sisalto");
      const answer = await fetch(asks, { signal: asked.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("tulokset");
      if (!answer.ok || !fresh) { location.href = address; return; }
      place.replaceWith(document.importNode(fresh, true));
      if (push) history.pushState({ filters: true }, "", address);
      links(page);
      announce(results().dataset.say || document.body.dataset.sayResults);
      document.dispatchEvent(new CustomEvent("sisalto"));
    } catch (error) {
      if (error.name !== "AbortError") location.href = address;
    }
  }

  // What leads on with the filters kept (the views) is renewed with the result.
  function links(page) {
    for (const old of document.querySelectorAll("[data-follows-filters][id]")) {
      const fresh = page.getElementById(old.id);
      if (fresh) old.replaceWith(document.importNode(fresh, true));
    }
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-filters]");
    if (form) load(addressOf(form), true);
  });
  let typing = null;
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-filters]");
    if (!form || event.target.type !== "search") return;
    clearTimeout(typing);
    typing = setTimeout(() => load(addressOf(form), true), 300);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-filters]")) return;
    event.preventDefault();
    clearTimeout(typing);
    load(addressOf(event.target), true);
  });
  addEventListener("popstate", () => { if (document.querySelector("form[data-filters]")) location.reload(); });
})();
