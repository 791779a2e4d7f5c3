// Talking with the desk's server: questions, and what it tells by itself. One window of the browser listens and tells
// the others, because a browser holds only six connections to one server.

export const issue = document.body.dataset.issue;
const here = `/issues/${issue}`;

export async function ask(what, said, { alive = false } = {}) {
  const answer = await fetch(`${here}/${what}`, said === undefined
    ? { headers: { accept: "application/json" } }
    : { method: "POST", body: JSON.stringify(said), headers: { "content-type": "application/json" }, keepalive: alive });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

export async function fragment(piece) {
  const answer = await fetch(`${here}/form?piece=${encodeURIComponent(piece)}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

export const picture = (name) => `${here}/pages/${name}`;

// told(what) is called for everything that the server tells; lost(true) when it does not answer, lost(false) when again.
export function listen(told, lost) {
  const channel = new BroadcastChannel(`koho-desk ${location.host} ${issue}`);
  channel.onmessage = (event) => ("lost" in event.data ? lost(event.data.lost) : told(event.data));
  const lead = () => {
    const events = new EventSource(`${here}/events`);
    const tell = (said) => { channel.postMessage(said); ("lost" in said ? lost(said.lost) : told(said)); };
    events.onmessage = (event) => tell(JSON.parse(event.data));
    events.onopen = () => tell({ lost: false });
    events.onerror = () => tell({ lost: true });
    addEventListener("pagehide", () => events.close());
    return new Promise(() => {});
  };
  navigator.locks.request(`koho-desk ${issue}`, lead);
}
