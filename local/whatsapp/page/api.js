// The simulator's control routes.
async function ask(path, options) {
  const answer = await fetch(`/_sim${path}`, options);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error || `Fehler ${answer.status}`);
  return body;
}

function send(path, body) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

const of = (citizen) => `/citizens/${encodeURIComponent(citizen)}`;

const LISTED = 60;
export const people = (search) => ask(`/citizens?limit=${LISTED}&q=${encodeURIComponent(search)}`);
// Whoever has exactly this number or user id, however many people there are.
export async function person(identifier) {
  const { citizens } = await people(identifier);
  return citizens.find((one) => one.wa_id === identifier || one.user_id === identifier);
}
export const towns = async () => (await ask("/numbers")).numbers;
export const chat = (citizen, town, limit) => ask(`${of(citizen)}/chat?town=${encodeURIComponent(town)}&limit=${limit}`);
export const say = (citizen, message) => send(`${of(citizen)}/messages`, message);
export const look = (citizen, town) => send(`${of(citizen)}/look`, { town });
export const addPerson = (person) => send("/citizens", person);

// Calls `moved({user_id, town})` whenever a chat changes; the browser reconnects by itself.
export function listen(citizen, moved) {
  const source = new EventSource(`/_sim/events?citizen=${encodeURIComponent(citizen)}`);
  source.addEventListener("moved", (event) => moved(JSON.parse(event.data)));
  return source;
}
