// The load of the responsible party beside a schedule's form: it follows the half-years chosen.
// Without this script there is a link to a page that tells the same.
"use strict";
(() => {
  let turn = 0;

  async function show(place) {
    const { first, last } = place.closest("form").elements;
    const url = new URL(place.dataset.load, location.href);
    for (const [name, value] of [["first", first.value], ["last", last.value], ["osa", "sisalto"]]) url.searchParams.set(name, value);
    const mine = ++turn;
    let answer;
    try { answer = await fetch(url); } catch { return; }
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const load = page.getElementById("kuorma");
    if (mine === turn && load) place.replaceChildren(document.importNode(load, true));
  }
  const all = () => document.querySelectorAll("form [data-load]").forEach(show);

  document.addEventListener("change", (event) => {
    const place = event.target.matches("[name=first], [name=last]") && event.target.form?.querySelector("[data-load]");
    if (place) show(place);
  });
  document.addEventListener("muokkaus", (event) => { if (event.detail.open) all(); });
  all();
})();
