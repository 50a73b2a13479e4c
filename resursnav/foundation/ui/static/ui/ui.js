/* Comfort on pages that work without it. No framework, nothing stored, nothing sent anywhere but to this site. */
(() => {
  "use strict";
  const live = (text) => { const box = document.getElementById("live"); if (box) { box.textContent = ""; setTimeout(() => { box.textContent = text; }, 60); } };
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  /* Menus close with Escape, and when one goes elsewhere. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const drop of document.querySelectorAll("details[data-drop][open]")) {
      drop.open = false;
      drop.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const drop of document.querySelectorAll("details[data-drop][open]")) if (!drop.contains(event.target)) drop.open = false;
  });

  /* Facets stand open on a wide screen also where the browser cannot be told so in the style sheet. */
  if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60.001em)").matches) {
    for (const fold of document.querySelectorAll("[data-wide-open]")) fold.open = true;
  }

  /* A link with data-opens shows the dialog of that name; without JavaScript it goes to its page. */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens);
    if (!dialog || !dialog.showModal || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    dialog.showModal();
    dialog.addEventListener("close", () => opener.focus(), { once: true });
  });

  /* What went wrong is read first. */
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  /* Suggestions while typing: a combobox over a list of links. The server answers {"items": [{label, kind, url}]}. */
  for (const input of document.querySelectorAll("[data-suggest]")) suggestions(input);
  function suggestions(input) {
    const list = document.createElement("ul");
    let items = [], now = -1, timer = 0, asked = 0;
    list.className = "rn-search__list";
    list.id = input.id + "-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestLabel || "");
    list.hidden = true;
    input.form.append(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
    const close = () => { list.hidden = true; now = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const choose = (place) => { const item = items[place]; if (!item) return; if (item.url) location.assign(item.url); else { input.value = item.label; close(); input.form.requestSubmit(); } };
    const point = (place) => {
      now = place;
      [...list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === now)));
      const row = list.children[now];
      if (row) { input.setAttribute("aria-activedescendant", row.id); row.scrollIntoView({ block: "nearest" }); } else input.removeAttribute("aria-activedescendant");
    };
    const show = (found) => {
      items = found;
      list.replaceChildren(...items.map((item, at) => {
        const row = document.createElement("li"), word = document.createElement("bdi"), kind = document.createElement("span");
        row.id = list.id + "-" + at;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        word.textContent = item.label;
        kind.textContent = item.kind || "";
        row.append(word, kind);
        row.addEventListener("mousedown", (event) => { event.preventDefault(); choose(at); });
        return row;
      }));
      list.hidden = !items.length;
      input.setAttribute("aria-expanded", String(!!items.length));
      now = -1;
      if (items.length) live(items.length + " " + (input.dataset.suggestFound || ""));
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      const text = input.value.trim();
      if (text.length < 2) return close();
      timer = setTimeout(async () => {
        const mine = ++asked;
        try {
          const answer = await fetch(input.dataset.suggest + "?q=" + encodeURIComponent(text), { headers: { Accept: "application/json" } });
          if (answer.ok && mine === asked && document.activeElement === input) show((await answer.json()).items || []);
        } catch { close(); }
      }, 120);
    });
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); point(now + 1 < items.length ? now + 1 : 0); }
      else if (event.key === "ArrowUp") { event.preventDefault(); point(now > 0 ? now - 1 : items.length - 1); }
      else if (event.key === "Enter" && now >= 0) { event.preventDefault(); choose(now); }
      else if (event.key === "Escape") { event.preventDefault(); close(); }
      else if (event.key === "Tab") close();
    });
    input.addEventListener("blur", () => setTimeout(close, 150));
  }

  /* Keys: / goes to the search or filter, j and k walk the rows of a table, Enter opens the row's first link. */
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      // The page's own filter comes before the search that stands in every header.
      const field = document.querySelector("main [data-slash]") || document.querySelector("[data-slash]");
      if (field) { event.preventDefault(); field.focus(); field.select(); }
      return;
    }
    const help = document.querySelector(".rn-keys");
    if (event.key === "?" && help) { event.preventDefault(); help.open = !help.open; if (help.open) help.querySelector("summary").focus(); return; }
    const rows = [...document.querySelectorAll("[data-keys] tbody tr, [data-keys] > li")];
    if (!rows.length || !["j", "k", "x", "Enter"].includes(event.key)) return;
    const at = rows.findIndex((row) => row.hasAttribute("data-now"));
    if (event.key === "x") { const box = at >= 0 && rows[at].querySelector("input[type=checkbox]"); if (box) box.click(); return; }
    if (event.key === "Enter") {
      if (at >= 0 && !event.target.closest("a, button, summary")) { const link = rows[at].querySelector("a"); if (link) link.click(); }
      return;
    }
    const next = rows[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), rows.length - 1)];
    if (at >= 0) rows[at].removeAttribute("data-now");
    next.setAttribute("data-now", "");
    next.scrollIntoView({ block: "nearest" });
    const link = next.querySelector("a");
    if (link) link.focus({ preventScroll: true });
  });

  /* How many rows are ticked stands beside what can be done with them. */
  for (const box of document.querySelectorAll("[data-picked]")) {
    const words = box.textContent, form = box.closest("form");
    const count = () => { const number = [...form.elements].filter((one) => one.type === "checkbox" && one.checked).length; box.textContent = number ? words.replace(/:$/, "") + " (" + number + "):" : words; };
    document.addEventListener("change", (event) => { if (event.target.form === form) count(); });
    addEventListener("pageshow", count);
  }

  for (const help of document.querySelectorAll(".rn-keys")) help.hidden = false;

  /* A choice among facets is followed at once; the button stays for those who prefer it. */
  document.addEventListener("change", async (event) => {
    const form = event.target.closest("form[data-auto]");
    const results = form && document.getElementById(form.dataset.auto);
    if (!results) return;
    const query = new URLSearchParams(new FormData(form)).toString();
    const url = location.pathname + (query ? "?" + query : "");
    results.setAttribute("aria-busy", "true");
    const kept = event.target.name + "\n" + event.target.value;
    try {
      const answer = await fetch(url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(results.id), forms = page.querySelector('form[data-auto="' + results.id + '"]');
      if (!answer.ok || !fresh || !forms) return location.assign(url);
      results.replaceWith(fresh);
      form.replaceWith(forms);
      history.replaceState({ ...history.state, ui: true }, "");  // so that the way back, too, shows what its address says
      history.pushState({ ui: true }, "", url);
      for (const box of forms.elements) if (box.name + "\n" + box.value === kept) box.focus();
      const said = fresh.querySelector("[data-say]");
      if (said) live(said.textContent.trim());
      if (window.htmx) window.htmx.process(fresh);
    } catch { location.assign(url); }
  });
  addEventListener("popstate", (event) => { if (event.state && event.state.ui) location.reload(); });

  /* Share, copy and print. */
  for (const box of document.querySelectorAll("[data-share]")) {
    box.hidden = false;
    const send = box.querySelector("[data-share-send]");
    if (navigator.share) { send.hidden = false; send.addEventListener("click", () => navigator.share({ title: document.title, url: location.href }).catch(() => {})); }
    box.querySelector("[data-share-copy]").addEventListener("click", async () => { await navigator.clipboard.writeText(location.href); live(box.dataset.done); box.querySelector("[data-share-copy]").lastChild.textContent = box.dataset.done; });
    box.querySelector("[data-share-print]").addEventListener("click", () => window.print());
  }

  /* Lyssna: the device's own voices only (others send the text away), a sentence at a time (long ones are cut off). */
  for (const box of document.querySelectorAll("[data-listen]")) reader(box);
  function reader(box) {
    if (!("speechSynthesis" in window)) return;
    const button = box.querySelector("button"), word = button.querySelector("span"), note = box.querySelector("[role=status]");
    const speech = window.speechSynthesis;
    let reading = false;
    box.hidden = false;
    const voice = (lang) => speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().replace("_", "-").startsWith(lang.slice(0, 2)));
    const stop = () => { reading = false; speech.cancel(); word.textContent = box.dataset.start; for (const old of document.querySelectorAll(".rn-reading")) old.classList.remove("rn-reading"); };
    const pieces = (text) => (text.match(/[^.!?…]+[.!?…]*\s*/g) || [text]).flatMap((sentence) => sentence.match(/.{1,190}(?:\s|$)|.{1,190}/gs) || []);
    button.addEventListener("click", async () => {
      if (reading) return stop();
      if (!speech.getVoices().length) await new Promise((ready) => { speech.addEventListener("voiceschanged", ready, { once: true }); setTimeout(ready, 700); });
      const root = document.getElementById(box.dataset.listen) || document.querySelector("main");
      const page = document.documentElement.lang || "sv";
      if (!voice(page)) { note.textContent = box.dataset.none; return; }
      const parts = [...root.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, th, td, blockquote, figcaption")].filter((part) => part.offsetParent && !part.closest("[data-listen], [data-share], nav, form, .ds-sr-only") && ![...part.children].some((child) => /^(P|LI|UL|OL|DD|DT)$/.test(child.tagName)));
      note.textContent = "";
      reading = true;
      word.textContent = box.dataset.stop;
      for (const part of parts) {
        const lang = (part.closest("[lang]") || document.documentElement).lang || page, own = voice(lang);
        if (!own) continue;
        part.classList.add("rn-reading");
        part.scrollIntoView({ block: "nearest" });
        for (const piece of pieces(part.innerText.trim())) {
          if (!reading) return;
          await new Promise((done) => { const said = new SpeechSynthesisUtterance(piece); said.voice = own; said.lang = own.lang; said.onend = said.onerror = done; speech.speak(said); });
        }
        part.classList.remove("rn-reading");
      }
      stop();
    });
    addEventListener("pagehide", stop);
  }

  /* htmx: say that something changed, and where it is busy. */
  document.addEventListener("htmx:before:request", (event) => { const target = event.detail?.ctx?.target; if (target?.setAttribute) target.setAttribute("aria-busy", "true"); });
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail?.ctx?.target;
    if (!target?.removeAttribute) return;
    target.removeAttribute("aria-busy");
    const said = target.querySelector("[data-say]");
    if (said) live(said.textContent.trim());
  });
})();
