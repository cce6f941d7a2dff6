// Each row is saved in place: its form is sent, and what came of it is put where it stood. Without
// this script the form leads to the page again. On the page for others Ctrl+Enter saves a row.
"use strict";
(() => {
  const said = document.getElementById("ilmoitukset");
  const announce = (text) => { if (said && text) { said.textContent = ""; setTimeout(() => { said.textContent = text; }, 60); } };
  const fragment = (address) => {
    const url = new URL(address, location.href);
    url.searchParams.set("osa", "sisalto");
    return url;
  };
  const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
  const words = () => document.querySelector("[data-say-saved]")?.dataset || {};
  const typed = (form) => [...form.elements].some((one) => (one.type === "radio" || one.type === "checkbox")
    ? one.checked !== one.defaultChecked
    : one.tagName === "SELECT" ? [...one.options].some((option) => option.selected !== option.defaultSelected)
      : one.type !== "hidden" && "defaultValue" in one && one.value !== one.defaultValue);

  // Which other cards hold something that somebody has typed: those are left as they are.
  const busy = (card) => [...card.querySelectorAll("form")].some(typed);

  function put(fresh, saved) {
    const list = document.getElementById("tehtavat");
    const next = fresh.getElementById("tehtavat");
    if (!list || !next) { location.reload(); return; }
    const kept = [...list.querySelectorAll("[data-card]")].filter((one) => one !== saved && busy(one));
    list.replaceChildren(...[...document.importNode(next, true).childNodes]);
    for (const card of kept) document.getElementById(card.id)?.replaceWith(card);
    const lead = document.querySelector(".page-head .lead");
    const told = fresh.querySelector(".page-head .lead");
    if (lead && told) lead.textContent = told.textContent; else lead?.remove();
  }

  async function save(form, button) {
    const card = form.closest("[data-card]");
    const data = new FormData(form);
    if (button?.name) data.set(button.name, button.value);
    for (const one of card.querySelectorAll("button")) one.disabled = true;
    let answer;
    try {
      answer = await fetch(fragment(form.action), { method: "POST", body: data });
    } catch {
      // The network is away: the same key is sent again, so that nothing is saved twice.
      for (const one of card.querySelectorAll("button")) one.disabled = false;
      announce(words().sayLost);
      return;
    }
    const fresh = await parsed(answer);
    if (answer.redirected && answer.ok) {
      const place = card.id;
      const after = [...document.querySelectorAll("[data-card]")];
      const following = after[after.indexOf(card) + 1]?.id;
      put(fresh, card);
      announce(words().saySaved);
      (document.querySelector(`#${following} h3`) || document.querySelector(`#${place} h3`)
        || document.querySelector("#tehtavat h2") || document.getElementById("sisalto")).focus();
      return;
    }
    const again = fresh.getElementById(card.id);
    if (!again) { location.reload(); return; }
    const shown = document.importNode(again, true);
    card.replaceWith(shown);
    (shown.querySelector("[role=alert]") || shown.querySelector("[aria-invalid=true]") || shown.querySelector("h3"))?.focus();
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-row]")) return;
    event.preventDefault();
    save(event.target, event.submitter);
  });

  // On behalf: Ctrl+Enter in a row saves that row and goes to the next one.
  async function saveRow(row) {
    const form = row.closest("form");
    const data = new FormData(form);
    data.set("rivi", row.dataset.serial);
    let answer;
    try { answer = await fetch(fragment(form.action), { method: "POST", body: data }); } catch { announce(words().sayLost); return; }
    const fresh = (await parsed(answer)).getElementById(row.id);
    if (!fresh) return;
    const shown = document.importNode(fresh, true);
    const next = row.nextElementSibling;
    row.replaceWith(shown);
    const wrong = shown.querySelector("[aria-invalid=true], [role=alert]");
    announce(wrong ? wrong.textContent || shown.querySelector(".error")?.textContent : words().saySaved);
    (wrong || next?.querySelector?.("select") || shown.querySelector("select"))?.focus();
  }
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.("[data-behalf]");
    if (row && event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); saveRow(row); }
  });
})();
