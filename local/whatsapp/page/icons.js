// Line icons, drawn here so that the page needs no network.
const PATHS = {
  plus: "M12 5v14M5 12h14",
  back: "M15 5l-7 7 7 7",
  send: "M4 4l17 8-17 8 3-8zM7 12h8",
  camera: "M4 8h3l2-3h6l2 3h3v11H4zM12 10a3.500 3.500 0 1 0 .01 0",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9a.8.8 0 1 0 .01 0",
  pin: "M12 21s7-6.500 7-11.500A7 7 0 0 0 5 9.500C5 14.500 12 21 12 21zM12 7a2.500 2.500 0 1 0 .01 0",
  document: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  microphone: "M12 3a2.500 2.500 0 0 1 2.500 2.500v5a2.500 2.500 0 0 1-5 0v-5A2.500 2.500 0 0 1 12 3zM6 11a6 6 0 0 0 12 0M12 17v4",
  forward: "M14 5l6 6-6 6M20 11h-9c-4 0-6 3-7 8",
  reply: "M10 5l-6 6 6 6M4 11h9c4 0 6 3 7 8",
  link: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
  list: "M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01",
  person: "M12 4a4 4 0 1 0 .01 0M4.500 20c1-5 4-6.500 7.500-6.500s6.500 1.500 7.500 6.500",
  close: "M6 6l12 12M18 6L6 18",
  warn: "M12 8v5M12 16.500v.01M12 3l9.500 17h-19z",
};

export function icon(name, size = 22) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", size);
  svg.setAttribute("height", size);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

const TICK_NAMES = {
  accepted: "unterwegs",
  sent: "gesendet",
  delivered: "zugestellt",
  read: "gelesen",
  failed: "nicht zugestellt",
};

// One grey tick, two grey ticks, two blue ticks: as WhatsApp.
export function ticks(state) {
  const mark = document.createElement("span");
  mark.className = `ticks ticks-${state}`;
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", TICK_NAMES[state] || state);
  const twice = state === "delivered" || state === "read";
  const shape = state === "accepted" ? "M8 2.500a4.800 4.800 0 1 0 .01 0M8 4.500v3l2 1.300"
    : twice ? "M1 7.500l3 3 6-7M6.800 10.300l.4.300 6.300-7.300" : "M3.500 7.500l3 3 6-7";
  mark.innerHTML = `<svg viewBox="0 0 15 14" width="16" height="14" aria-hidden="true"><path d="${shape}"/></svg>`;
  return mark;
}
