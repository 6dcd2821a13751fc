// A short way to build elements. Text is always text, never markup.
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const COLOURS = ["#0b6e99", "#8a4b9e", "#b3532c", "#2f7d4f", "#a3395d", "#5b5fb0", "#7a6413", "#147a7a"];

export function avatar(name, extra = "") {
  const own = name.replace(/^Stadt /, "");
  const initials = own.split(/[\s-]+/).filter(Boolean).map((word) => word[0]).slice(0, 2).join("");
  const sum = [...own].reduce((total, sign) => total + sign.codePointAt(0), 0);
  const circle = el("span", { class: `avatar ${extra}`, "aria-hidden": "true" }, initials.toUpperCase());
  circle.style.background = COLOURS[sum % COLOURS.length];
  return circle;
}

export function timeOfDay(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" });
}

export function dayName(seconds) {
  const day = new Date(seconds * 1000);
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const daysAgo = Math.ceil((midnight - day) / 86_400_000);
  if (daysAgo <= 0) return "Heute";
  if (daysAgo === 1) return "Gestern";
  return day.toLocaleDateString("de-DE", { day: "numeric", month: "long", year: "numeric" });
}

export function phoneNumber(person) {
  if (!person.wa_id || person.phone_withheld) return person.username || "Nummer verborgen";
  const digits = person.wa_id;
  if (digits.startsWith("49")) return `+49 ${digits.slice(2, 5)} ${digits.slice(5)}`;
  return `+${digits}`;
}
