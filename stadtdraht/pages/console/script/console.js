// The console's one script. Every page works without it: it renews what changes, keeps what is typed, and knows keys.
"use strict";
(() => {
  const VISIBLE_MS = 15000, HIDDEN_MS = 60000, PATIENCE_MS = 30000, DRAFT_AFTER_MS = 800;
  const typing = (within, at = document.activeElement) => within.contains(at) && at.tabIndex >= 0;

  // The tab says how many wait; a sound by wish of this device when one more of them may be in need. "3;1": one of three.
  const icon = document.querySelector('link[rel="icon"]'), named = document.title.replace(/^\(\d+\) /, "");
  const ring = () => {
    const audio = new AudioContext(), tone = audio.createOscillator();
    tone.connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.3);
  };
  const tell = (waits) => {
    if (!waits) return;
    const [count, need] = waits.split(";").map(Number);
    document.title = (count ? `(${count}) ` : "") + named;
    icon.href = count ? icon.dataset.waiting : icon.dataset.calm;
    if (need > Number(sessionStorage.getItem("need")) && localStorage.getItem("sound")) ring();
    sessionStorage.setItem("need", need);
  };
  tell(document.body.dataset.waits);
  const wish = document.querySelector("#sound input");
  if (wish) {
    document.getElementById("sound").hidden = false;
    wish.checked = Boolean(localStorage.getItem("sound"));
    wish.addEventListener("change", () => { localStorage.setItem("sound", wish.checked ? "on" : ""); if (wish.checked) ring(); });
  }

  // <div data-poll="/console/…/part">: its content is asked for again; 304 when it looks as it did.
  const typedHere = () => [...document.querySelectorAll("textarea:not([data-draft]), input[type=text]:not([data-draft])")].some((it) => it.value !== it.defaultValue);
  for (const part of document.querySelectorAll("[data-poll]")) {
    let etag = "", next, asking = false;
    const ask = async () => {
      clearTimeout(next);
      asking = true;
      try {
        const headers = { "X-Poll": "1", ...(etag && { "If-None-Match": etag }) };
        const answer = await fetch(part.dataset.poll, { headers, redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
        if (answer.status === 401 || answer.status === 404) {
          // What is typed and kept nowhere yet stays: posting it leads through the sign-in, and loses nothing.
          if (typedHere() || document.querySelector("form[data-typed]")) throw new Error("signed out");
          return location.reload();
        }
        if (!answer.ok && answer.status !== 304) throw new Error(answer.status);
        tell(answer.headers.get("X-Waits"));
        if (answer.ok) {
          etag = answer.headers.get("ETag") || "";
          const fresh = document.createElement("div");
          fresh.innerHTML = await answer.text();
          // <div data-for="id">: belongs elsewhere on the page; with a data-state only where that is another one.
          for (const it of fresh.querySelectorAll("[data-for]")) {
            it.remove();
            const there = document.getElementById(it.dataset.for), state = it.dataset.state;
            if (!there || (state && there.dataset.state === state)) continue;
            // A field that sends nothing any more goes also under who types in it: data-words shows what they typed.
            const words = it.querySelector("[data-words]"), reads = typing(there) && it.querySelector("[tabindex]");
            if (document.hidden || (typing(there) && !words)) { etag = ""; continue; }  // at the next chance
            const typed = words && there.querySelector("textarea")?.value;
            if (typed) { words.textContent = typed; words.parentElement.hidden = false; }
            if (there.innerHTML.trim() !== it.innerHTML.trim()) there.replaceChildren(...it.childNodes);
            if (state) there.dataset.state = state;
            if (reads) reads.focus();
          }
          if (document.hidden || typing(part) || part.querySelector(".pick :checked")) etag = "";
          else if (part.innerHTML.trim() !== fresh.innerHTML.trim()) part.replaceChildren(...fresh.childNodes);
        }
        part.removeAttribute("data-stale");
      } catch { part.setAttribute("data-stale", ""); }
      asking = false;
      next = setTimeout(ask, document.hidden ? HIDDEN_MS : VISIBLE_MS);
    };
    next = setTimeout(ask, Number(part.dataset.after || VISIBLE_MS));
    document.addEventListener("visibilitychange", () => { if (!document.hidden && !asking) ask(); });
  }

  // <form data-renew="/console/…/preview" data-into="id">: a picture that follows typing; nothing is stored by it.
  for (const form of document.querySelectorAll("form[data-renew]")) {
    let wait;
    form.addEventListener("input", () => {
      clearTimeout(wait);
      form.dataset.typed = "";
      wait = setTimeout(async () => {
        const answer = await fetch(form.dataset.renew, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Poll": "1" } });
        if (answer.ok) document.getElementById(form.dataset.into).innerHTML = await answer.text();
      }, 500);
    });
  }

  // <textarea data-draft="key" data-save="/console/…/draft">, or an input, or a tick: kept in this tab at once, and by us when typing rests.
  // What the page itself says (data-given: sent, or put there by a press) wins over what the tab has kept; once, so that
  // after it is reloaded what was typed since stands there.
  // What waits for a release is kept by us alone (data-forget), or it would stand in the field again once it is sent.
  for (const it of document.querySelectorAll("[data-forget]")) sessionStorage.removeItem(it.dataset.forget);
  // What was posted, and taken as the page says, is over; what was not taken stands in its field again.
  if (document.querySelector(".said")) JSON.parse(sessionStorage.getItem("posted") || "[]").forEach((key) => sessionStorage.removeItem(key));
  sessionStorage.removeItem("posted");
  const isReloaded = history.state === "shown", here = new URL(location);
  if (document.querySelector(".said")) here.searchParams.delete("done");  // said once: a reload does not say it again
  history.replaceState("shown", "", here);
  for (const area of document.querySelectorAll("[data-draft]")) {
    const kept = sessionStorage.getItem(area.dataset.draft), count = document.querySelector(`[data-count="${area.id}"]`);
    const isTick = area.type === "checkbox", now = () => (isTick ? String(area.checked) : area.value);
    if ("given" in area.dataset && !isReloaded) sessionStorage.setItem(area.dataset.draft, now());
    else if (kept && kept !== now()) {
      if (isTick) area.checked = kept === "true";
      else area.value = kept;
      area.dispatchEvent(new Event("input", { bubbles: true }));  // the picture beside it follows
    }
    const say = () => { if (count) count.textContent = area.value.length; };
    say();
    let wait = 0;
    const rest = () => { clearTimeout(wait); wait = 0; };
    const save = () => {
      rest();
      const { csrf, press } = area.form.elements;
      const body = new URLSearchParams({ csrf: csrf.value, press: press?.value ?? "", text: area.value });
      fetch(area.dataset.save, { method: "POST", body, headers: { "X-Poll": "1" }, keepalive: true }).catch(() => {});
    };
    area.addEventListener("input", () => {
      sessionStorage.setItem(area.dataset.draft, now());
      say();
      rest();
      if (area.dataset.save) wait = setTimeout(save, DRAFT_AFTER_MS);
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden && wait) save(); });  // a phone may end the tab
    area.form.addEventListener("submit", () => {
      rest();
      sessionStorage.setItem("posted", JSON.stringify([...area.form.querySelectorAll("[data-draft]")].map((it) => it.dataset.draft)));
    });
  }

  // One press is one press; what the server is told twice it does once all the same.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) return event.preventDefault();
    if (event.target.method === "post") { event.target.dataset.sent = "1"; setTimeout(() => delete event.target.dataset.sent, 4000); }
  });

  // A page made for paper asks the printer at once.
  if (document.querySelector("[data-print]")) print();

  // Keys: j and k move, o opens, / searches, ? lists them. Never in a field, and off by wish (WCAG 2.1.4); only at the
  // beginning of a line of an answer / leads to the text blocks.
  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.keys !== "on" || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target, blocks = document.getElementById("block");
    if (event.key === "/" && field.id === "text" && blocks && /(^|\n)$/.test(field.value.slice(0, field.selectionStart))) {
      event.preventDefault();
      blocks.focus();
      return blocks.showPicker?.();
    }
    if (field.matches("input, textarea, select")) return;
    const rows = [...document.querySelectorAll(".rows .who a")], at = rows.indexOf(document.activeElement);
    if (event.key === "j") (rows[at + 1] || rows[0])?.focus();
    else if (event.key === "k") (rows[at - 1] || rows.at(-1))?.focus();
    else if (event.key === "o" && at >= 0) rows[at].click();
    else if (event.key === "?") document.getElementById("keys").togglePopover?.();
    else if (event.key === "/") { event.preventDefault(); document.querySelector('input[type="search"]')?.focus(); }
  });
})();
