// The reader's theme, relative times, printing, and leaving the menu. Run before the first paint.
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
