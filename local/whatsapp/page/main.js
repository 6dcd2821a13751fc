// The page: who there is, and the phones that are lying on the table.
import * as api from "./api.js";
import { avatar, el, phoneNumber, timeOfDay } from "./dom.js";
import { icon } from "./icons.js";
import { Phone } from "./phone.js";

const WIDE = window.matchMedia("(min-width: 1160px)");
const list = document.getElementById("people-list");
const select = document.getElementById("person-select");
const search = document.getElementById("search");
const phones = [];
let everybody = [];
let more = 0; // people beyond the list
let active = null;
let reload = null;

async function loadPeople() {
  const found = await api.people(search.value);
  everybody = found.citizens;
  more = found.more;
  for (const phone of phones) {
    const fresh = everybody.find((person) => person.user_id === phone.person?.user_id);
    if (fresh) phone.person = fresh;
    if (phone.person && !phone.town) drawChats(phone);
  }
  drawPeople();
}

// Many things may move at once: the list follows once a second at most.
function peopleMoved() {
  reload ??= setTimeout(() => { reload = null; loadPeople(); }, 700);
}

function drawChats(phone) {
  const { onMoved } = phone;
  phone.onMoved = () => {};
  phone.showChats();
  phone.onMoved = onMoved;
}

function drawPeople() {
  const isHeld = (person) => phones.some((phone) => phone.person?.user_id === person.user_id);
  list.replaceChildren(...everybody.map((person) => {
    const chat = person.chats[0];
    const unread = person.chats.reduce((sum, one) => sum + one.unread, 0);
    const last = chat ? el("span", { class: "last" }, chat.preview) : el("span", { class: "last" }, phoneNumber(person));
    return el("li", {}, el("button", { type: "button", class: "person", "aria-pressed": String(isHeld(person)), onclick: () => pick(person) },
      avatar(person.name),
      el("span", { class: "chat-words" }, el("b", {}, person.name), last),
      el("span", { class: "chat-side" }, chat ? el("time", {}, timeOfDay(chat.time)) : null,
        unread ? el("span", { class: "unread" }, String(unread), el("span", { class: "visually-hidden" }, " ungelesen")) : null)));
  }));
  if (more) list.append(el("li", { class: "nobody" }, `… und ${more} weitere: suchen Sie nach Name oder Nummer.`));
  if (!everybody.length) list.append(el("li", { class: "nobody" }, "Noch niemand da. Legen Sie eine neue Person an."));
  const held = active?.person;
  const choices = !held || everybody.some((person) => person.user_id === held.user_id) ? everybody : [held, ...everybody];
  select.replaceChildren(...choices.map((person) => el("option", { value: person.user_id, selected: active?.person?.user_id === person.user_id }, `${person.name} · ${phoneNumber(person)}`)));
}

async function pick(person, town) {
  await (active || phones[0]).give(person, town);
  remember();
  drawPeople();
}

function activate(phone) {
  if (active === phone) return;
  active = phone;
  for (const one of phones) one.root.classList.toggle("active", one === phone && phones.length > 1);
}

// The address names who holds the phones: #4915112345678:bocholt,DE.123:vreden
function remember() {
  const held = phones.filter((phone) => phone.person).map((phone) => `${phone.person.wa_id || phone.person.user_id}:${phone.town || ""}`);
  history.replaceState(null, "", `#${held.join(",")}`);
}

function wanted() {
  return location.hash.slice(1).split(",").filter(Boolean).map((part) => part.split(":"));
}

function newPersonDialog() {
  const dialog = document.getElementById("new-person-dialog");
  const form = document.getElementById("new-person-form");
  const problem = form.querySelector(".problem");
  form.querySelector("[value=cancel]").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = new FormData(form);
    const invented = `+4915${Math.floor(1e8 + Math.random() * 8e8)}`;
    try {
      const person = await api.addPerson({
        name: typed.get("name"),
        wa_id: typed.get("wa_id") || invented,
        phone_withheld: typed.has("phone_withheld"),
        read_receipts: typed.has("read_receipts"),
      });
      dialog.close();
      await loadPeople();
      await pick({ ...person, chats: [] });
    } catch {
      problem.textContent = "Bitte geben Sie die Nummer mit Landesvorwahl an, zum Beispiel +49 151 23456789.";
      problem.hidden = false;
    }
  });
  return () => { form.reset(); problem.hidden = true; dialog.showModal(); };
}

// Nothing fails in silence: what the simulator refuses is shown.
function showTrouble(problem) {
  const place = document.getElementById("trouble");
  place.textContent = problem instanceof TypeError ? "Keine Verbindung zum simulierten WhatsApp. Läuft es noch?" : problem.message;
  place.hidden = false;
  clearTimeout(place.timer);
  place.timer = setTimeout(() => { place.hidden = true; }, 6000);
}

window.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  showTrouble(event.reason);
});

async function start() {
  const open = newPersonDialog();
  for (const id of ["new-person", "new-person-narrow"]) {
    const button = document.getElementById(id);
    button.append(icon("plus", 22));
    button.addEventListener("click", open);
  }
  search.addEventListener("input", loadPeople);
  select.addEventListener("change", async () => pick(await api.person(select.value)));
  const towns = await api.towns();
  const place = document.getElementById("phones");
  const count = WIDE.matches ? 2 : 1;
  for (let n = 0; n < count; n += 1) {
    phones.push(new Phone(place, { towns, onMoved: () => { peopleMoved(); remember(); }, onActive: activate }));
  }
  activate(phones[0]);
  await loadPeople();
  const asked = wanted();
  for (const [place_, phone] of phones.entries()) {
    const [identifier, town] = asked[place_] || [];
    const person = identifier ? await api.person(identifier) : everybody[place_];
    if (identifier && !person) showTrouble(new Error(`Die Nummer ${identifier} hat niemand.`));
    if (person) await phone.give(person, town);
    else phone.root.classList.toggle("nobody", true);
  }
  drawPeople();
}

start();
