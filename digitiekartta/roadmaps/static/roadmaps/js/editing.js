// Editing in place: the form of an edit is fetched into the section that it changes, saved without
// leaving the page, and errors are shown where it stands. Without this script each form is a page.
"use strict";
(() => {
  const said = document.getElementById("ilmoitukset");
  const announce = (text) => { if (said) { said.textContent = ""; setTimeout(() => { said.textContent = text; }, 60); } };
  const fragment = (address) => {
    const url = new URL(address, location.href);
    url.searchParams.set("osa", "sisalto");
    return url;
  };
  const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
  const tell = (form, open) => document.dispatchEvent(new CustomEvent("muokkaus", {
    detail: { entity: form.dataset.entity, part: form.dataset.part, open },
  }));

  let holder = null;
  let opener = null;

  function close() {
    if (!holder) return;
    const form = holder.querySelector("form");
    if (form) tell(form, false);
    holder.remove();
    holder = null;
    if (opener?.isConnected) { opener.hidden = false; opener.focus(); }
    opener = null;
  }

  function put(form) {
    holder.replaceChildren(document.importNode(form, true));
    const shown = holder.querySelector("form");
    const first = shown.querySelector("[role=alert]") || shown.querySelector("[aria-invalid=true]")
      || shown.querySelector("input:not([type=hidden]), select, textarea");
    first?.focus();
  }

  async function open(link) {
    let answer;
    try { answer = await fetch(fragment(link.href)); } catch { location.href = link.href; return; }
    const form = answer.ok && (await parsed(answer)).querySelector("form[data-edit-form]");
    if (!form) { location.href = link.href; return; }
    close();
    opener = link;
    holder = document.createElement("div");
    holder.className = "in-place";
    holder.dataset.editing = form.dataset.entity;
    holder.dataset.editingPart = form.dataset.part;
    link.after(holder);
    link.hidden = true;
    put(form);
    tell(form, true);
  }

  async function save(form) {
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    let answer;
    try {
      answer = await fetch(fragment(form.action), { method: "POST", body: new FormData(form) });
    } catch {
      // The network is away: what was typed stays, and the button can be pressed again. The key in
      // the form makes sure that a first sending that did arrive is not saved twice.
      button.disabled = false;
      announce(document.body.dataset.sayLost || "");
      return;
    }
    if (answer.redirected && answer.ok) {
      tell(form, false);
      location.href = answer.url.replace(/([?&])osa=sisalto&?/, "$1");
      return;
    }
    const again = (await parsed(answer)).querySelector("form[data-edit-form]");
    if (again) put(again);
    else button.disabled = false;
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[data-edit]");
    if (link) { event.preventDefault(); open(link); return; }
    if (event.target.closest("a[data-edit-cancel]") && holder?.contains(event.target)) { event.preventDefault(); close(); }
  });
  document.addEventListener("submit", (event) => {
    if (holder?.contains(event.target)) { event.preventDefault(); save(event.target); }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && holder?.contains(document.activeElement)) close(); });
  document.getElementById("tehty")?.focus({ preventScroll: true });
})();
