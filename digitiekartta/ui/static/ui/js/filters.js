// A filter form answers at once: form[data-filters] fetches its result, replaces #tulokset and
// keeps the address. Without this script the form's own button does the same.
"use strict";
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
