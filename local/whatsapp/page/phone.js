// One phone: whose it is, which chat is open, and what its owner does.
import * as api from "./api.js";
import { bubble } from "./bubbles.js";
import { avatar, dayName, el, timeOfDay } from "./dom.js";
import { icon, ticks } from "./icons.js";
import { attachSheet, forwardSheet, listSheet, placeSheet, Sheet } from "./sheets.js";

const SHOWN = 300; // messages at first, and as many more with each press

export class Phone {
  constructor(parent, { towns, onMoved, onActive }) {
    this.towns = towns;
    this.onMoved = onMoved;
    this.root = document.getElementById("phone-template").content.cloneNode(true).querySelector(".phone");
    parent.append(this.root);
    this.find = (selector) => this.root.querySelector(selector);
    this.sheet = new Sheet(this.root);
    this.drawn = new Map();
    this.find(".back").append(icon("back", 26));
    this.find(".attach").append(icon("plus", 26));
    this.find(".send").append(icon("send", 22));
    this.find(".back").addEventListener("click", () => this.showChats());
    this.find(".attach").addEventListener("click", () => this.#attach());
    this.find(".file").addEventListener("change", (event) => this.#photo(event.target));
    this.root.addEventListener("pointerdown", () => onActive(this));
    this.root.addEventListener("focusin", () => onActive(this));
    const log = this.find(".log");
    log.addEventListener("scroll", () => { this.atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60; });
    log.addEventListener("load", () => this.#stayAtEnd(), true);
    const field = this.find("textarea");
    const names = `message-${Math.random().toString(36).slice(2)}`;
    field.id = names;
    this.find(".composer label").htmlFor = names;
    field.addEventListener("input", () => this.#grow());
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.#type(); }
    });
    this.find(".composer").addEventListener("submit", (event) => { event.preventDefault(); this.#type(); });
    this.#tell();
    setInterval(() => this.#tell(), 10_000);
  }

  // Hand the phone to somebody; with a town, that chat is open.
  async give(person, town) {
    this.person = person;
    this.source?.close();
    this.source = api.listen(person.user_id, (moved) => this.#moved(moved));
    this.root.setAttribute("aria-label", `Telefon von ${person.name}`);
    this.find(".bar-owner").textContent = person.name;
    this.sheet.close();
    const last = person.chats?.[0]?.town;
    if (town || last) await this.openChat(town || last);
    else this.showChats();
  }

  showChats() {
    this.town = null;
    this.root.classList.remove("in-chat");
    const known = new Map((this.person?.chats || []).map((chat) => [chat.town, chat]));
    const order = [...this.towns].sort((a, b) => (known.get(b.town)?.time || 0) - (known.get(a.town)?.time || 0));
    this.find(".chat-list").replaceChildren(...order.map((town) => this.#chatRow(town, known.get(town.town))));
    this.onMoved();
  }

  async openChat(town) {
    this.town = town;
    this.limit = SHOWN;
    this.#clear();
    this.root.classList.add("in-chat");
    const shown = this.towns.find((one) => one.town === town);
    const name = shown?.verified_name || town;
    this.find(".chat-screen .bar-title").textContent = name;
    this.find(".chat-screen .avatar").replaceWith(avatar(name));
    this.atEnd = true;
    await this.refresh();
    this.onMoved();
  }

  async refresh() {
    const town = this.town;
    if (!town) return;
    const chat = await api.chat(this.person.user_id, town, this.limit);
    if (this.town !== town) return;
    this.find(".bar-state").textContent = chat.typing ? "schreibt …" : chat.display_phone_number;
    const log = this.find(".log");
    log.querySelector(".older")?.remove();
    if (chat.older) log.querySelector(".notice").after(el("button", { type: "button", class: "older", onclick: () => this.#older() }, `Ältere Nachrichten zeigen (${chat.older})`));
    for (const message of chat.messages) this.#draw(log, message);
    this.#stayAtEnd();
    const unseen = chat.messages.some((one) => one.from_town && (one.tick === "sent" || one.tick === "delivered"));
    if (unseen && !document.hidden && this.person.read_receipts) await api.look(this.person.user_id, town);
  }

  #clear() {
    this.drawn.clear();
    this.lastDay = null;
    this.find(".log").replaceChildren(el("p", { class: "notice" }, "Unternehmenskonto der Stadt. Dies ist ein simulierter Chat: Nichts verlässt diesen Rechner."));
  }

  // A chat is drawn from its oldest message on, so more of them mean drawing it anew.
  async #older() {
    this.limit += SHOWN;
    this.atEnd = false;
    this.#clear();
    await this.refresh();
    this.find(".log").scrollTop = 0;
  }

  #draw(log, message) {
    const spelled = JSON.stringify(message);
    const before = this.drawn.get(message.id);
    if (before?.spelled === spelled) return;
    const row = bubble(message, this.#acts());
    if (before) before.row.replaceWith(row);
    else {
      const day = dayName(message.time);
      if (this.lastDay !== day || !log.querySelector(".day")) log.append(el("p", { class: "day" }, el("span", {}, day)));
      this.lastDay = day;
      const previous = log.lastElementChild;
      if (previous?.classList.contains(message.from_town ? "theirs" : "mine")) row.classList.add("follows");
      log.append(row);
    }
    if (before?.row.classList.contains("follows")) row.classList.add("follows");
    this.drawn.set(message.id, { spelled, row });
  }

  #acts() {
    return {
      press: (message, button) => this.#press(message, button),
      openList: (message) => listSheet(this.sheet, message, (row) => this.#say({ type: "list_reply", id: row.id, title: row.title, context: message.id })),
      forward: (message) => forwardSheet(this.sheet, this.towns, (town, often) => this.#forward(message, town, often)),
    };
  }

  #press(message, button) {
    if (button.kind === "location") return placeSheet(this.sheet, this.town, (place) => this.#say({ type: "location", ...place }));
    if (button.kind === "contact") return this.#say({ type: "contacts", context: message.id });
    if (button.kind === "quick_reply") return this.#say({ type: "button", text: button.title, payload: button.id, context: message.id });
    return this.#say({ type: "button_reply", id: button.id, title: button.title, context: message.id });
  }

  async #forward(message, town, often) {
    const flag = often ? { frequently_forwarded: true } : { forwarded: true };
    const text = [message.header, message.text || message.caption || message.name || "Foto"].filter(Boolean).join("\n");
    await api.say(this.person.user_id, { town, type: "text", text, ...flag });
    await this.openChat(town);
  }

  #type() {
    const field = this.find("textarea");
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    this.#grow();
    this.#say({ type: "text", text });
  }

  async #say(message) {
    await api.say(this.person.user_id, { town: this.town, ...message });
    this.atEnd = true;
    await this.refresh();
  }

  #attach() {
    const photo = { type: "image", caption: this.find("textarea").value.trim() || undefined };
    attachSheet(this.sheet, [
      ["Foto wählen", "photo", "#7a5bd0", () => this.find(".file").click()],
      ["Beispielfoto", "camera", "#c2366b", () => { this.find("textarea").value = ""; this.#say(photo); }],
      ["Standort", "pin", "#1f7a4d", () => placeSheet(this.sheet, this.town, (place) => this.#say({ type: "location", ...place }))],
      ["Dokument", "document", "#3f6fd1", () => this.#say({ type: "document", filename: "Anlage.pdf" })],
      ["Sprache", "microphone", "#b3532c", () => this.#say({ type: "audio", data: "T2dnUwAC" })],
    ]);
  }

  async #photo(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    const address = await new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(file);
    });
    const caption = this.find("textarea").value.trim() || undefined;
    this.find("textarea").value = "";
    await this.#say({ type: "image", data: address.split(",")[1], mime_type: file.type, caption });
  }

  #chatRow(town, chat) {
    const last = chat ? el("span", { class: "last" }, chat.from_town ? null : ticks(chat.tick === "read" ? "read" : "delivered"), chat.preview) : el("span", { class: "last" }, "Noch keine Nachrichten");
    return el("li", {}, el("button", { type: "button", class: "chat-row", onclick: () => this.openChat(town.town) },
      avatar(town.verified_name),
      el("span", { class: "chat-words" }, el("b", {}, town.verified_name), last),
      el("span", { class: "chat-side" }, chat ? el("time", {}, timeOfDay(chat.time)) : null,
        chat?.unread ? el("span", { class: "unread" }, String(chat.unread), el("span", { class: "visually-hidden" }, " ungelesen")) : null)));
  }

  #moved(moved) {
    this.onMoved();
    if (moved.user_id === this.person.user_id && moved.town === this.town) this.refresh();
  }

  // Whoever reads the newest messages keeps seeing them, also when a photo above has loaded.
  #stayAtEnd() {
    const log = this.find(".log");
    if (this.atEnd) log.scrollTop = log.scrollHeight;
  }

  #grow() {
    const field = this.find("textarea");
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 120)}px`;
  }

  #tell() {
    this.find(".clock").textContent = timeOfDay(Date.now() / 1000);
  }
}
