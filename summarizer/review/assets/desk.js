"use strict";
// The desk's script: it sends each decision as it is made, and shows what the server says holds. It stands beside the
// report's script, which tells by `report-select` what item is meant. All HTML that it puts in was made by the server.
(() => {
  let item = null; // the item that is meant
  let target = null; // what the editor is about: {item} or {add: true}
  let span = null; // the words selected in the article, [start, end) in characters of the text as read
  const $ = (selector, from = document) => from.querySelector(selector);
  const desk = () => $(".reviewing");
  const editor = () => $(".editor");
  const rulingOf = (one) => one && $(".ruling", one);
  const say = (zh, en) => {
    const output = $(".outcome");
    if (output) output.textContent = document.documentElement.lang === "en" ? en : zh;
  };

  const send = async (what, body) => {
    const word = $('meta[name="desk-word"]').content;
    let answer;
    try {
      answer = await fetch(`/article/${desk().dataset.article}/${what}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Desk": word },
        body: JSON.stringify(body),
      });
    } catch {
      say("没有保存：审稿台已停止，重新启动后再试", "Not saved: the desk has stopped; start it again");
      return null;
    }
    const told = await answer.json().catch(() => ({ error: answer.statusText }));
    if (answer.ok) {
      show(told);
      return told;
    }
    if (answer.status === 409) await look();
    say(told.error, told.error);
    return null;
  };

  const show = (state) => {
    for (const old of document.querySelectorAll('.ruling:not([data-verb=""])')) {
      if (old.closest(".item").dataset.path in state.rulings) continue;
      Object.assign(old.dataset, { verb: "", seen: "0", fields: "" }); // nothing holds any more
      old.textContent = "";
    }
    for (const [path, html] of Object.entries(state.rulings)) {
      const old = rulingOf($(`.item[data-path="${CSS.escape(path)}"]`));
      if (old) old.outerHTML = html;
    }
    const whole = $(".whole");
    if (whole) whole.outerHTML = state.whole;
    const here = new Set([...document.querySelectorAll('.item[data-path^="added:"]')].map((one) => one.dataset.path));
    const held = Object.keys(state.rulings).filter((path) => path.startsWith("added:"));
    if (held.length !== here.size || held.some((path) => !here.has(path))) reload();
  };
  // Another tab may have decided meanwhile.
  const look = async () => {
    if (!desk()) return;
    try {
      const answer = await fetch(`/article/${desk().dataset.article}/rulings`);
      if (answer.ok && editor().hidden) show(await answer.json());
    } catch { /* the next decision will tell that the desk has stopped */ }
  };
  const reload = () => {
    sessionStorage.setItem("desk-at", JSON.stringify({ article: desk().dataset.article, path: item ? item.dataset.path : null }));
    location.reload();
  };

  const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const decided = (one) => Boolean(rulingOf(one) && rulingOf(one).dataset.verb);
  const judged = (one) => Boolean(rulingOf(one));
  const go = (one) => {
    if (one) one.click();
  };
  const onward = () => {
    const all = [...document.querySelectorAll(".item")].filter((one) => !one.hidden && judged(one));
    const at = all.indexOf(item);
    const next = all.slice(at + 1).find((one) => !decided(one)) || all.find((one) => !decided(one));
    if (next && next !== item) go(next);
    else if (!next) say("各项都已有结论：按 d 审完", "Every item is decided: press d when done");
  };

  const rule = async (verb, fields) => {
    const ruling = rulingOf(item);
    if (!ruling) {
      say("先选一项（j、k）", "Choose an item first (j, k)");
      return false;
    }
    const state = await send("decisions", { item: ruling.dataset.key, verb, fields, seen: Number(ruling.dataset.seen) });
    if (state) say("已保存", "Saved");
    return Boolean(state);
  };

  const kindOf = (one) => (one.dataset.path.startsWith("added:") ? "number" : one.dataset.path.split(".")[0].replace("policies", "policy").replace(/s$/, ""));
  const textOf = (one, selector) => {
    const found = $(selector, one);
    return found ? found.textContent : "";
  };
  const open = (what) => {
    target = what;
    span = null;
    const form = editor();
    form.reset();
    form.elements.text.classList.remove("taken");
    const kind = what.add ? "add" : kindOf(item);
    for (const label of form.querySelectorAll("label")) label.hidden = !label.dataset.for.split(" ").includes(kind);
    const from = what.add ? null : item;
    const told = from ? $(".raw", from).dataset : {};
    const held = from ? JSON.parse(rulingOf(from).dataset.fields || "{}") : {};
    for (const field of form.elements) {
      const value = field.name in held ? held[field.name] : told[field.name];
      if (field.name && value !== undefined) field.value = value;
    }
    if (what.add && item && item.dataset.grade === "unreported") {
      form.elements.text.value = textOf(item, ".what");
      const raw = $(".raw", item);
      if (raw && raw.dataset.start) {
        span = [Number(raw.dataset.start), Number(raw.dataset.end)];
        form.elements.text.classList.add("taken");
      }
    }
    form.before_ = Object.fromEntries([...form.elements].filter((field) => field.name).map((field) => [field.name, what.add ? "" : field.value]));
    form.hidden = false;
    if (what.add) takeSelection();
    const shown = ["text", "name"].map((name) => form.elements[name]).find((field) => !field.closest("label").hidden);
    const first = what.add ? form.elements.metric : shown;
    first.focus();
    first.select();
  };
  const close = () => {
    editor().hidden = true;
    target = null;
    $(".items").focus({ preventScroll: true });
  };
  const fieldsOf = (form) => {
    const fields = target.add ? {} : JSON.parse(rulingOf(item).dataset.fields || "{}");
    for (const label of form.querySelectorAll("label:not([hidden])")) {
      const field = $("input, select", label);
      const value = field.value.trim();
      if (value !== form.before_[field.name] && !(target.add && !value)) fields[field.name] = value;
    }
    if (fields.value === "") delete fields.value;
    if (span && editor().elements.text.classList.contains("taken")) {
      fields.span = span;
      delete fields.text; // the words of the place are the text, line breaks included
    }
    return fields;
  };
  const save = async () => {
    const fields = fieldsOf(editor());
    const adds = target.add;
    const held = adds ? "" : rulingOf(item).dataset.fields || "{}";
    if (!adds && JSON.stringify(fields) === JSON.stringify(JSON.parse(held))) return close();
    if (adds) {
      const state = await send("decisions", { item: "", verb: "add", fields, seen: 0 });
      if (state) close();
      return undefined;
    }
    if (await rule("correct", fields)) {
      close();
      onward();
    }
    return undefined;
  };

  // A place in the page as a place in the text as read. A paragraph tells where it begins; what the reader does not see
  // of it (line ends, blanks) is there, hidden; a character that steers stands as an element of its own.
  const length = (text) => [...text].length;
  const offset = (node, at) => {
    const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("p[data-at]");
    if (!holder) return null;
    let count = Number(holder.dataset.at);
    const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    range.setStart(holder, 0);
    range.setEnd(node, at);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const ctl = text.parentElement.closest(".ctl");
      if (text === node) return count + (ctl ? 0 : length(text.data.slice(0, at)));
      if (range.comparePoint(text, 0) > 0) return count;
      count += ctl ? 1 : length(text.data);
    }
    return count;
  };
  const takeSelection = () => {
    const chosen = getSelection();
    if (editor().hidden || !chosen.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    if (!$(".source").contains(range.commonAncestorContainer)) return;
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    if (start === null || end === null || start >= end) return;
    span = [start, end];
    editor().elements.text.value = String(chosen).replace(/\s+/g, " ").trim();
    editor().elements.text.classList.add("taken");
  };

  const acts = {
    accept: async () => (await rule("accept")) && onward(),
    reject: async () => (await rule("reject")) && onward(),
    edit: () => (item && judged(item) && item.dataset.grade !== "unreported" ? open({ item }) : item ? open({ add: true }) : say("先选一项（j、k）", "Choose an item first (j, k)")),
    add: () => open({ add: true }),
    cancel: close,
    undo: async () => {
      const state = await send("undo", {});
      if (!state) return;
      if (!state.undone) return say("没有可撤销的", "Nothing to undo");
      const ruling = $(`.ruling[data-key="${CSS.escape(state.undone)}"]`);
      if (ruling) go(ruling.closest(".item"));
      say("已撤销", "Undone");
    },
    done: async () => {
      const whole = $(".whole");
      if (whole.dataset.verb === "done") return location.assign(`/next/${desk().dataset.article}`);
      if (await send("decisions", { item: "article", verb: "done", seen: Number(whole.dataset.seen) })) location.assign(`/next/${desk().dataset.article}`);
    },
    skip: () => location.assign(`/next/${desk().dataset.article}`),
  };
  const keys = { a: "accept", x: "reject", e: "edit", n: "add", u: "undo", d: "done", s: "skip" };

  document.addEventListener("report-select", (event) => {
    item = event.detail.item;
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) acts[button.dataset.do]();
  });
  document.addEventListener("keydown", (event) => {
    if (!desk() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape" && event.target.closest(".editor")) close();
      return;
    }
    if (event.key === "Escape" && !editor().hidden) close();
    else if (event.key in keys) {
      event.preventDefault();
      acts[keys[event.key]]();
    }
  });
  document.addEventListener("selectionchange", () => {
    if (desk()) takeSelection();
  });
  document.addEventListener("input", (event) => {
    if (event.target.name === "text" && event.target.closest(".editor")) {
      event.target.classList.remove("taken"); // the words were typed, and stand where they are found
      span = null;
    }
  });
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.matches(".editor")) save();
    else if (event.target.matches(".chooser")) location.search = new URLSearchParams(new FormData(event.target));
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
  addEventListener("focus", look);
  document.addEventListener("DOMContentLoaded", () => {
    if (!desk()) return;
    const at = JSON.parse(sessionStorage.getItem("desk-at") || "null");
    sessionStorage.removeItem("desk-at");
    const known = at && at.article === desk().dataset.article && at.path ? $(`.item[data-path="${CSS.escape(at.path)}"]`) : null;
    setTimeout(() => (known ? go(known) : press("j")), 0); // after the report's script has shown the brief
  });
})();
