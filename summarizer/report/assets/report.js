"use strict";
// The report's only script: which brief is shown, what is lit, what passes the filter. Everything it reads was put into
// the page as text and attributes; it writes no HTML. Events are heard by the document, so a page of thousands of items
// costs no more than one of ten. Others hear of a selection by the event `report-select` (detail: item, path, pinned).
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const keep = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(name);
      localStorage.setItem(name, value);
    } catch { /* a page opened from a file may have no storage; nothing depends on it */ }
    return null;
  };

  const setLanguage = (language) => {
    root.lang = language;
    for (const named of document.querySelectorAll("[data-zh]")) {
      const words = named.dataset[language];
      if (named.tagName === "OPTION") named.textContent = words;
      else {
        if (named.tagName === "INPUT") named.placeholder = words;
        named.setAttribute("aria-label", words);
      }
    }
  };
  const kept = keep("report-language");
  const preferred = kept === "zh" || kept === "en" ? kept : navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  root.lang = preferred;

  let shown = null; // the brief in view
  let pinned = null; // the item that stays lit
  let lit = []; // elements with a class that says so
  let cursor = null; // the item that the keyboard is at
  const places = new WeakMap(); // of a brief: path -> its marks

  const marksOf = (brief, path) => {
    let known = places.get(brief);
    if (!known) {
      known = new Map();
      for (const mark of brief.querySelectorAll("[data-i]"))
        for (const one of mark.dataset.i.split(" ")) {
          const list = known.get(one);
          if (list) list.push(mark);
          else known.set(one, [mark]);
        }
      places.set(brief, known);
    }
    return known.get(path) || [];
  };
  const itemsOf = (brief) => [...brief.querySelectorAll(".item")];
  const itemOf = (brief, path) => brief.querySelector(`.item[data-path="${CSS.escape(path)}"]`);
  const briefOf = (node) => node.closest(".brief");

  const dim = () => {
    for (const element of lit) element.classList.remove("lit", "pinned");
    lit = [];
  };
  const light = (item, isPinned) => {
    dim();
    if (!item) return;
    lit = [item, ...marksOf(briefOf(item), item.dataset.path)];
    for (const element of lit) {
      element.classList.add("lit");
      if (isPinned) element.classList.add("pinned");
    }
  };
  const select = (item, { pin = false, reveal = "both" } = {}) => {
    if (cursor) cursor.setAttribute("aria-selected", "false");
    cursor = item;
    pinned = pin ? item : null;
    light(item, pin);
    if (item) {
      item.setAttribute("aria-selected", "true");
      item.closest(".items").setAttribute("aria-activedescendant", item.id);
      if (reveal !== "source") item.scrollIntoView({ block: "nearest" });
      const mark = marksOf(briefOf(item), item.dataset.path).find((one) => one.tagName === "MARK");
      if (mark && reveal !== "list") mark.scrollIntoView({ block: "center" });
    }
    const detail = { item, path: item ? item.dataset.path : null, pinned: pin };
    document.dispatchEvent(new CustomEvent("report-select", { detail }));
  };

  // A place that several items cover gives the innermost first, then, clicked again, those around it.
  const chosenAt = (mark) => {
    const paths = mark.dataset.i.split(" ");
    const now = pinned && briefOf(pinned) === briefOf(mark) ? paths.indexOf(pinned.dataset.path) : -1;
    return itemOf(briefOf(mark), paths[(now + 1) % paths.length]);
  };

  const show = (target) => {
    const parts = document.querySelectorAll(".brief, .overview");
    if (!parts.length) return;
    const wanted = [...parts].find((part) => part === target) || parts[0];
    if (wanted === shown) return;
    shown = wanted;
    for (const part of parts) part.classList.toggle("on", part === shown);
    for (const link of document.querySelectorAll(".side a")) {
      if (link.hash === `#${shown.id}`) {
        link.setAttribute("aria-current", "true");
        link.scrollIntoView({ block: "nearest" });
      } else link.removeAttribute("aria-current");
    }
    select(null);
  };
  const showAt = (hash) => show(document.getElementById(hash.slice(1)));

  const wanted = (form) => {
    const words = form.elements.words.value.trim().toLowerCase();
    const park = form.elements.park.value;
    const period = form.elements.period ? form.elements.period.value : "";
    const [sort, name] = form.elements.verdict.value.split(" ");
    return { words, park, period, sort, name, any: Boolean(words || park || period || sort) };
  };
  // What an item says in the reader's language: what it says in the other one is not seen, and must not pass a filter.
  const legible = (item) => {
    let words = item.textContent;
    for (const other of item.querySelectorAll(`.t[lang="${root.lang === "en" ? "zh" : "en"}"]`)) words = words.replace(other.textContent, "");
    return words.toLowerCase();
  };
  const passes = (item, parks, want) => {
    const told = item.dataset;
    if (want.sort === "doubt" && (told.grade === "ok" || told.grade === "note")) return false;
    if ((want.sort === "grade" && told.grade !== want.name) || (want.sort === "verdict" && told.verdict !== want.name)) return false;
    if (want.period && told.period !== want.period) return false;
    if (want.park && (told.park ? told.park !== want.park : !parks.includes(want.park))) return false;
    return !want.words || legible(item).includes(want.words);
  };
  const filterBrief = (brief, want) => {
    const parks = brief.dataset.parks.split("\n");
    const out = new Set();
    let count = 0;
    for (const group of brief.querySelectorAll(".group")) {
      let some = 0;
      for (const item of group.querySelectorAll(".item")) {
        const passed = passes(item, parks, want);
        item.hidden = !passed;
        if (passed) some += 1;
        else out.add(item.dataset.path);
      }
      group.hidden = !some;
      group.querySelector(".count").textContent = String(some);
      count += some;
    }
    brief.querySelector(".none").hidden = count > 0 || !want.any;
    for (const mark of brief.querySelectorAll("[data-i]"))
      mark.classList.toggle("off", out.size > 0 && mark.dataset.i.split(" ").every((path) => out.has(path)));
    return count;
  };
  const filter = (form) => {
    const want = wanted(form);
    let count = 0;
    const empty = new Set();
    for (const brief of document.querySelectorAll(".brief")) {
      const passed = filterBrief(brief, want);
      if (!passed && want.any) empty.add(brief.id);
      count += passed;
    }
    for (const link of document.querySelectorAll(".side a")) link.parentElement.classList.toggle("empty", empty.has(link.hash.slice(1)));
    for (const link of document.querySelectorAll(".rows td a")) link.closest("tr").hidden = empty.has(link.hash.slice(1));
    form.querySelector(".passed").textContent = want.any ? String(count) : "";
    if (pinned && pinned.hidden) select(null);
    const first = [...document.querySelectorAll(".brief")].find((brief) => !empty.has(brief.id));
    if (shown && empty.has(shown.id) && first) show(first);
  };

  const filterRows = (form) => {
    const want = { words: form.elements.words.value.trim().toLowerCase(), park: form.elements.park.value, status: form.elements.status.value, period: form.elements.period.value };
    let count = 0;
    for (const row of document.querySelectorAll(".rows tbody tr")) {
      const told = row.dataset;
      row.hidden = Boolean(
        (want.park && told.park !== want.park) || (want.status && told.status !== want.status) ||
        (want.period && told.period !== want.period) || (want.words && !legible(row).includes(want.words)),
      );
      if (!row.hidden) count += 1;
    }
    form.querySelector(".passed").textContent = want.words || want.park || want.status || want.period ? String(count) : "";
  };

  const move = (step) => {
    if (!shown || !shown.classList.contains("brief")) return;
    const items = itemsOf(shown).filter((item) => !item.hidden);
    if (!items.length) return;
    const at = cursor && !cursor.hidden ? items.indexOf(cursor) : -1;
    const from = at < 0 && step === -1 ? items.length : at; // from nowhere, back is the last
    const next = Math.min(Math.max(from + step, 0), items.length - 1);
    select(items[next]);
    shown.querySelector(".items").focus({ preventScroll: true });
  };
  const turn = (step) => {
    const links = [...document.querySelectorAll(".side li:not(.empty) a")];
    const at = links.findIndex((link) => link.hasAttribute("aria-current"));
    const next = links[at + step];
    if (next) {
      showAt(next.hash); // at once: the address tells of its change only later
      location.hash = next.hash;
    }
  };

  document.addEventListener("mouseover", (event) => {
    if (pinned || !event.target.closest) return;
    const item = event.target.closest(".item");
    const mark = event.target.closest("[data-i]");
    if (item) light(item, false);
    else if (mark) light(itemOf(briefOf(mark), mark.dataset.i.split(" ")[0]), false);
    else if (lit.length) light(cursor, false);
  });
  document.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]");
    const link = event.target.closest("a[href^='#']");
    const item = event.target.closest(".item");
    const mark = event.target.closest("[data-i]");
    if (act && act.dataset.act === "language") {
      const language = root.lang === "zh" ? "en" : "zh";
      keep("report-language", language);
      setLanguage(language);
      const form = document.querySelector("form.filter");
      if (form) form.dispatchEvent(new Event("input", { bubbles: true })); // other words are shown now
    } else if (link) showAt(link.hash);
    else if (String(getSelection())) return; // the words are being copied
    else if (item) select(item, { pin: pinned !== item, reveal: "source" });
    else if (mark) select(chosenAt(mark), { pin: true, reveal: mark.tagName === "MARK" ? "list" : "both" });
    else if (pinned && event.target.closest(".pane")) select(null);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const form = document.querySelector("form.filter");
    const typing = event.target.closest("input, select, textarea");
    if (typing) {
      if (event.key === "Escape") typing.blur();
      return;
    }
    const moves = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
    if (event.key in moves && (event.key.length === 1 || event.target.closest(".items") || event.target === document.body)) move(moves[event.key]);
    else if (event.key === "Enter" && cursor && !event.target.closest("a, button")) select(cursor, { pin: pinned !== cursor });
    else if (event.key === "Escape") select(null);
    else if (event.key === "/" && form) form.elements.words.focus();
    else if (event.key === "]") turn(1);
    else if (event.key === "[") turn(-1);
    else return;
    event.preventDefault();
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form.filter");
    if (form) (form.classList.contains("of-rows") ? filterRows : filter)(form);
  });
  document.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => showAt(location.hash));
  document.addEventListener("DOMContentLoaded", () => {
    setLanguage(preferred);
    showAt(location.hash);
    const form = document.querySelector("form.filter");
    if (form) form.reset(); // a browser that goes back fills it in again
  });
})();
