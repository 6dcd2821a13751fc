// The console's one script. Every page works without it: it renews what changes, keeps what is typed, and knows keys.
"use strict";
(() => {
  const VISIBLE_MS = 15000, HIDDEN_MS = 60000, DRAFT_AFTER_MS = 800;
  const typing = (within) => within.contains(document.activeElement) && document.activeElement !== document.body;

  // <div data-poll="/console/…/part">: its content is asked for again; 304 when it looks as it did.
  for (const part of document.querySelectorAll("[data-poll]")) {
    let etag = "";
    const ask = async () => {
      try {
        const headers = { "X-Poll": "1", ...(etag && { "If-None-Match": etag }) };
        const answer = await fetch(part.dataset.poll, { headers, redirect: "manual" });
        if (answer.status === 401) return location.reload();
        if (answer.status === 404) return location.reload();
        if (answer.ok) {
          etag = answer.headers.get("ETag") || "";
          const fresh = document.createElement("div");
          fresh.innerHTML = await answer.text();
          const now = fresh.querySelector("[data-title]");
          if (now) document.title = now.dataset.title;
          if (!document.hidden && !typing(part) && part.innerHTML !== fresh.innerHTML) part.replaceChildren(...fresh.childNodes);
        }
        part.removeAttribute("data-stale");
      } catch { part.setAttribute("data-stale", ""); }
      setTimeout(ask, document.hidden ? HIDDEN_MS : VISIBLE_MS);
    };
    setTimeout(ask, Number(part.dataset.after || VISIBLE_MS));
  }

  // <form data-renew="/console/…/preview" data-into="id">: a picture that follows typing; nothing is stored by it.
  for (const form of document.querySelectorAll("form[data-renew]")) {
    let wait;
    form.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(async () => {
        const answer = await fetch(form.dataset.renew, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Poll": "1" } });
        if (answer.ok) document.getElementById(form.dataset.into).innerHTML = await answer.text();
      }, 500);
    });
  }

  // <textarea data-draft="key" data-save="/console/…/draft">: kept in this tab at once, and by us when typing rests.
  for (const area of document.querySelectorAll("textarea[data-draft]")) {
    const kept = sessionStorage.getItem(area.dataset.draft);
    if (kept && !area.value) area.value = kept;
    let wait;
    area.addEventListener("input", () => {
      sessionStorage.setItem(area.dataset.draft, area.value);
      clearTimeout(wait);
      if (area.dataset.save) wait = setTimeout(() => {
        const body = new URLSearchParams({ csrf: area.form.elements.csrf.value, text: area.value });
        fetch(area.dataset.save, { method: "POST", body, headers: { "X-Poll": "1" } }).catch(() => {});
      }, DRAFT_AFTER_MS);
    });
    area.form.addEventListener("submit", () => sessionStorage.removeItem(area.dataset.draft));
  }

  // One press is one press; what the server is told twice it does once all the same.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) return event.preventDefault();
    if (event.target.method === "post") { event.target.dataset.sent = "1"; setTimeout(() => delete event.target.dataset.sent, 4000); }
  });

  // A page made for paper asks the printer at once.
  if (document.querySelector("[data-print]")) print();

  // Keys: j and k move, o opens, / searches. Never in a field, and off by wish (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.keys !== "on" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, textarea, select")) return;
    const rows = [...document.querySelectorAll(".rows .who a")], at = rows.indexOf(document.activeElement);
    if (event.key === "j") (rows[at + 1] || rows[0])?.focus();
    else if (event.key === "k") (rows[at - 1] || rows.at(-1))?.focus();
    else if (event.key === "o" && at >= 0) rows[at].click();
    else if (event.key === "/") { event.preventDefault(); document.querySelector('input[type="search"]')?.focus(); }
  });
})();
