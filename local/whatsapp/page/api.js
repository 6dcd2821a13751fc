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

export const people = (search) => ask(`/citizens?limit=60&q=${encodeURIComponent(search)}`);
export const towns = async () => (await ask("/numbers")).numbers;
export const chat = (citizen, town) => ask(`${of(citizen)}/chat?town=${encodeURIComponent(town)}`);
export const say = (citizen, message) => send(`${of(citizen)}/messages`, message);
export const look = (citizen, town) => send(`${of(citizen)}/look`, { town });
export const addPerson = (person) => send("/citizens", person);

// Calls `moved({user_id, town})` whenever a chat changes; the browser reconnects by itself.
export function listen(citizen, moved) {
  const source = new EventSource(`/_sim/events?citizen=${encodeURIComponent(citizen)}`);
  source.addEventListener("moved", (event) => moved(JSON.parse(event.data)));
  return source;
}
