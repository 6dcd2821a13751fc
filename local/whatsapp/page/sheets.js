// What slides up from the bottom of a phone: lists, places, attachments, forwarding.
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { PLACES } from "./places.js";

export class Sheet {
  constructor(phone) {
    this.node = phone.querySelector(".sheet");
    this.shade = phone.querySelector(".sheet-shade");
    this.shade.addEventListener("click", () => this.close());
    this.node.addEventListener("keydown", (event) => this.#key(event));
  }

  open(title, ...children) {
    this.before = document.activeElement;
    const close = el("button", { type: "button", class: "sheet-close", "aria-label": "Schließen", onclick: () => this.close() }, icon("close", 20));
    this.node.replaceChildren(el("header", { class: "sheet-head" }, close, el("h3", {}, title)), ...children);
    this.node.setAttribute("aria-label", title);
    this.node.hidden = this.shade.hidden = false;
    (this.node.querySelector("[autofocus], .sheet-body input, .sheet-body button") || close).focus();
  }

  close() {
    this.node.hidden = this.shade.hidden = true;
    this.before?.focus?.();
  }

  #key(event) {
    if (event.key === "Escape") this.close();
    if (event.key !== "Tab") return;
    const stops = [...this.node.querySelectorAll("button, input, a[href]")].filter((stop) => !stop.disabled);
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement === edge) {
      event.preventDefault();
      (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
    }
  }
}

// A list message: one row is chosen, then sent.
export function listSheet(sheet, message, choose) {
  const send = el("button", { type: "submit", class: "strong wide", disabled: true }, "Senden");
  const groups = message.sections.map((section) => el("fieldset", {},
    section.title ? el("legend", {}, section.title) : null,
    ...section.rows.map((row) => el("label", { class: "choice" },
      el("span", { class: "choice-words" }, el("b", {}, row.title), row.description ? el("span", {}, row.description) : null),
      el("input", { type: "radio", name: "row", value: row.id, onchange: () => { send.disabled = false; } })))));
  const form = el("form", { class: "sheet-body" }, ...groups, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const id = new FormData(form).get("row");
    const row = message.sections.flatMap((section) => section.rows).find((one) => one.id === id);
    sheet.close();
    choose(row);
  });
  sheet.open(message.list_button, form);
}

export function placeSheet(sheet, town, choose) {
  const done = (place) => { sheet.close(); choose(place); };
  const rows = (PLACES[town] || []).map(([name, address, latitude, longitude]) => el("button",
    { type: "button", class: "choice", onclick: () => done({ location_name: name, address, latitude, longitude }) },
    icon("pin"), el("span", { class: "choice-words" }, el("b", {}, name), el("span", {}, address))));
  const form = el("form", { class: "coordinates" },
    el("label", {}, "Breite", el("input", { name: "latitude", type: "number", step: "any", min: -90, max: 90, required: true, placeholder: "51,8388" })),
    el("label", {}, "Länge", el("input", { name: "longitude", type: "number", step: "any", min: -180, max: 180, required: true, placeholder: "6,6153" })),
    el("button", { type: "submit", class: "strong" }, "Senden"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = new FormData(form);
    done({ latitude: Number(typed.get("latitude")), longitude: Number(typed.get("longitude")) });
  });
  sheet.open("Standort senden", el("div", { class: "sheet-body" }, ...rows, form));
}

export function attachSheet(sheet, choices) {
  const tiles = choices.map(([name, sign, colour, act]) => {
    const circle = el("span", { class: "tile-circle" }, icon(sign, 26));
    circle.style.background = colour;
    return el("button", { type: "button", class: "tile", onclick: () => { sheet.close(); act(); } }, circle, name);
  });
  sheet.open("Anhang", el("div", { class: "sheet-body tiles" }, ...tiles));
}

export function forwardSheet(sheet, towns, send) {
  const often = el("input", { type: "checkbox" });
  const rows = towns.map((town) => el("button", { type: "button", class: "choice", onclick: () => { sheet.close(); send(town.town, often.checked); } },
    icon("forward"), el("span", { class: "choice-words" }, el("b", {}, town.verified_name))));
  sheet.open("Weiterleiten an …", el("div", { class: "sheet-body" }, ...rows, el("label", { class: "check" }, often, "als Kettenbrief (häufig weitergeleitet)")));
}
