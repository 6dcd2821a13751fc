// One message as a bubble: text, media, place, buttons, time and ticks.
import { el, timeOfDay } from "./dom.js";
import { icon, ticks } from "./icons.js";

const MARKUP = /(https?:\/\/[^\s]+[^\s.,;:!?)"'])|\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~/g;

// WhatsApp's own markup (*fett*, _kursiv_, ~gestrichen~) and links, as nodes.
export function formatted(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(MARKUP)) {
    nodes.push(text.slice(end, found.index));
    if (found[1]) nodes.push(el("a", { href: found[1], target: "_blank", rel: "noreferrer" }, found[1]));
    else if (found[2]) nodes.push(el("strong", {}, found[2]));
    else if (found[3]) nodes.push(el("em", {}, found[3]));
    else nodes.push(el("s", {}, found[4]));
    end = found.index + found[0].length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

export function bubble(message, act) {
  const mine = !message.from_town;
  const inside = el("div", { class: "bubble-inside" });
  if (message.forwarded) {
    const words = message.forwarded === "often" ? "Häufig weitergeleitet" : "Weitergeleitet";
    inside.append(el("p", { class: "forwarded" }, icon("forward", 14), words));
  }
  if (message.quote) {
    const who = message.quote.from_town ? "Stadt" : "Sie";
    inside.append(el("blockquote", { class: "quote" }, el("b", {}, mine && !message.quote.from_town ? "Sie" : who), el("span", {}, message.quote.text)));
  }
  inside.append(...content(message));
  inside.append(el("span", { class: "meta" }, el("time", {}, timeOfDay(message.time)), mine ? ticks(seen(message)) : null));
  const row = el("article", { class: `row ${mine ? "mine" : "theirs"}`, "data-id": message.id },
    el("span", { class: "visually-hidden" }, mine ? "Sie schreiben:" : "Die Stadt schreibt:"),
    el("div", { class: `bubble kind-${message.type}` }, inside, ...pressable(message, act)));
  if (message.reaction) row.querySelector(".bubble").append(el("span", { class: "reaction" }, message.reaction));
  if (!mine && message.type !== "reaction") {
    row.append(el("button", { type: "button", class: "forward", "aria-label": "Nachricht weiterleiten", title: "Weiterleiten", onclick: () => act.forward(message) }, icon("forward", 16)));
  }
  return row;
}

// What the citizen sends has two grey ticks at once, and blue ones when the town has read it.
const seen = (message) => (message.tick === "read" ? "read" : "delivered");

function content(message) {
  switch (message.type) {
    case "image":
    case "sticker":
      return [picture(message.url, message.caption || "Foto"), ...caption(message.caption)];
    case "location":
      return [map(message)];
    case "document":
      return [file(message), ...caption(message.caption)];
    case "audio":
      return [el("div", { class: "voice" }, icon("microphone", 22), el("span", { class: "wave", "aria-hidden": "true" }), el("span", { class: "visually-hidden" }, "Sprachnachricht"))];
    case "video":
      return [el("div", { class: "file" }, icon("camera", 26), el("span", {}, "Video")), ...caption(message.caption)];
    default:
      return worded(message);
  }
}

function worded(message) {
  const parts = [];
  if (message.header_media) parts.push(message.header_media.kind === "image" ? picture(message.header_media.url, "Bild") : file(message.header_media));
  if (message.header) parts.push(el("p", { class: "head" }, ...formatted(message.header)));
  const text = message.text || "";
  const address = /https?:\/\/[^\s]+[^\s.,;:!?)"']/.exec(text);
  if (address) parts.push(preview(address[0]));
  parts.push(el("p", { class: "text", dir: "auto" }, ...formatted(text)));
  if (message.detail) parts.push(el("p", { class: "detail" }, message.detail));
  if (message.footer) parts.push(el("p", { class: "footer" }, message.footer));
  return parts;
}

function picture(url, alt) {
  const image = el("img", { src: url, alt, loading: "lazy", class: "photo" });
  image.addEventListener("error", () => image.replaceWith(el("div", { class: "file" }, icon("photo", 26), el("span", {}, alt))), { once: true });
  return image;
}

const caption = (text) => (text ? [el("p", { class: "text", dir: "auto" }, ...formatted(text))] : []);

function file(part) {
  return el("a", { class: "file", href: part.url, target: "_blank", rel: "noreferrer" }, icon("document", 28), el("span", {}, part.filename || "Dokument"));
}

function preview(url) {
  let shown;
  try {
    shown = new URL(url);
  } catch {
    return "";
  }
  const words = decodeURIComponent(shown.pathname.split("/").filter(Boolean).pop() || "").replace(/[-_]/g, " ");
  const title = words && !/^[\w]{0,10}\d/.test(words) ? words[0].toUpperCase() + words.slice(1) : shown.hostname;
  return el("a", { class: "link-card", href: url, target: "_blank", rel: "noreferrer", tabindex: "-1", "aria-hidden": "true" },
    el("span", { class: "link-picture" }, icon("link", 22)),
    el("span", { class: "link-words" }, el("b", {}, title), el("span", {}, shown.hostname)));
}

// A drawn map: streets follow from the place itself, so the same place always looks the same.
function map(place) {
  const turn = Math.round((place.latitude * 1e4 + place.longitude * 1e4) % 40) - 20;
  const shift = Math.round((place.longitude * 1e4) % 50);
  const drawn = el("div", { class: "map" });
  drawn.innerHTML = `<svg viewBox="0 0 260 130" aria-hidden="true"><rect width="260" height="130" fill="#e9eee4"/>
    <g transform="rotate(${turn} 130 65)"><path d="M-40 ${30 + shift / 3}h340M-40 100h340" stroke="#fff" stroke-width="11"/>
    <path d="M${60 + shift} -60v260M${165 + shift / 2} -60v260M${20 + shift} -60v260" stroke="#fff" stroke-width="7"/>
    <path d="M-40 66q90 -28 170 0t170 -6" stroke="#a9d3e8" stroke-width="13" fill="none"/>
    <rect x="${176 + shift / 2}" y="36" width="64" height="52" rx="6" fill="#cfe3c0"/></g>
    <path d="M130 78s17-17 17-30a17 17 0 0 0-34 0c0 13 17 30 17 30z" fill="#d93025"/><circle cx="130" cy="48" r="6.500" fill="#fff"/></svg>`;
  const name = place.name || `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`;
  return el("div", { class: "place" }, drawn, el("p", { class: "place-name" }, el("span", { class: "visually-hidden" }, "Standort: "), name), place.address ? el("p", { class: "detail" }, place.address) : null);
}

function pressable(message, act) {
  if (!message.from_town) return [];
  const rows = [];
  if (message.list_button) {
    rows.push(el("button", { type: "button", class: "press", onclick: () => act.openList(message) }, icon("list", 18), message.list_button));
  }
  for (const button of message.buttons || []) {
    if (button.kind === "url") {
      rows.push(el("a", { class: "press", href: button.url, target: "_blank", rel: "noreferrer" }, icon("link", 18), button.title));
    } else {
      const sign = { location: "pin", contact: "person" }[button.kind] || "reply";
      rows.push(el("button", { type: "button", class: "press", onclick: () => act.press(message, button) }, icon(sign, 18), button.title));
    }
  }
  return rows.length ? [el("div", { class: "presses" }, ...rows)] : [];
}
