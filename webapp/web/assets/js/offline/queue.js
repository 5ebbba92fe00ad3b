// Forms that did not reach us: kept until they have, and each sent once. Pages and the worker share this.
// The one-time id that every form carries makes sending safe to repeat: whatever was lost on the way, the same id is
// one report. A form is dropped only once the server names it among those that arrived.
import { drop, mark, put, read, waiting, write } from "./store.js";

// What is sent without being asked. Any other form waits for a press of its writer.
const BY_ITSELF = { "/gaps/new": "Gap report", "/learning-logs/new": "Learning log" };
export const FROM_QUEUE = "X-From-Queue"; // the worker lets what the queue sends alone: kept is not sent
const SECRET = /password|^next$/;
const NEVER = /^\/(sign-|offline\/|account)/;
const PATIENCE = 20000; // milliseconds
const SURE_FOR = 14 * 24 * 60 * 60000; // the server knows a form again for a day longer
const MOST_SENT = 20; // told of

// Whether a form with these fields may wait on this device.
export function mayWait(path, fields) {
  return !NEVER.test(path) && !fields.some(([name]) => SECRET.test(name)) && fields.some(([name]) => name === "form_id");
}

export function sendsByItself(path) {
  return Object.hasOwn(BY_ITSELF, path);
}

// Keeps a form; nothing where this device may keep nothing any more, as nobody's form would be sent by nobody.
export async function add(path, fields) {
  const { owner } = (await read("about")) ?? {};
  if (!owner) {
    return null;
  }
  const id = fields.find(([name]) => name === "form_id")[1];
  const title = BY_ITSELF[path] ?? "Form";
  await put({ id, path, title, owner, at: Date.now(), state: sendsByItself(path) ? "waiting" : "held", fields });
  return id;
}

// Sends what waits, in one place at a time. Gives what arrived: [{title, href}].
export async function send() {
  if (!(await waiting()).length) {
    return [];
  }
  return navigator.locks.request("signpost-queue", async () => {
    const { me, token } = await ask("/offline/state.json");
    const mine = me ? (await waiting()).filter(({ owner }) => owner === me) : [];
    const arrived = await takeOff(mine);
    for (const item of (await waiting()).filter(({ owner, state }) => owner === me && state === "waiting")) {
      const said = Date.now() - item.at > SURE_FOR ? { state: "held" } : await sendOne(item, token);
      if (!said) {
        break; // nobody is signed in, or too much was sent: the rest waits too
      }
      await mark(item.id, said);
    }
    const sent = (await waiting()).filter(({ owner, state }) => owner === me && state === "sent");
    arrived.push(...(await takeOff(sent)));
    for (const { id } of await waiting()) {
      if (sent.some((item) => item.id === id)) {
        await mark(id, { state: "held" }); // it was taken, and nobody knows where it led: its writer looks at it
      }
    }
    return remember(arrived);
  });
}

// What the server did with a form: sent, asks (a question first), refused (something must be put right), or `failed`:
// it waits on, and does not keep the others from being sent. Nothing where none of them would be taken now.
async function sendOne({ path, fields }, token) {
  const body = new URLSearchParams(fields.map(([name, value]) => [name, name === "csrf_token" ? token : value]));
  const answer = await post(path, body, "same-origin");
  if (answer.type === "opaqueredirect" || answer.status === 204) {
    return { state: "sent" };
  }
  if ([401, 429].includes(answer.status)) {
    return null;
  }
  if (answer.status === 400 || answer.status >= 500) {
    return { failed: Date.now() };
  }
  return { state: answer.status === 200 ? "asks" : "refused" };
}

// Gives every form that waits to the server, which keeps it for its writer as it keeps a form whose sign-in had ended:
// for what must leave this device now. Only then does it answer 401. How many could not be given.
export async function handOver() {
  for (const { id, path, fields } of await waiting()) {
    const answer = await post(path, new URLSearchParams(fields), "omit").catch(() => null);
    if (!answer) {
      break; // no signal
    }
    if (answer.status === 401) {
      await drop(id);
    }
  }
  return (await waiting()).length;
}

// As HTMX would: then a sign-in that ended is told by 401.
function post(path, body, credentials) {
  return fetch(path, {
    method: "POST",
    body,
    credentials,
    redirect: "manual",
    headers: { "HX-Request": "true", "HX-Current-URL": new URL(path, location.origin).href, [FROM_QUEUE]: "1" },
    signal: AbortSignal.timeout(PATIENCE),
  });
}

async function takeOff(items) {
  if (!items.length) {
    return [];
  }
  const ids = new URLSearchParams(items.map(({ id }) => ["id", id]));
  const outcomes = await ask(`/offline/arrived.json?${ids}`);
  const arrived = items.filter(({ id }) => Object.hasOwn(outcomes, id));
  for (const { id } of arrived) {
    await drop(id);
  }
  return arrived.map(({ id, title }) => ({ title, href: outcomes[id], at: Date.now() }));
}

async function remember(arrived) {
  if (arrived.length) {
    await write("sent", [...arrived, ...((await read("sent")) ?? [])].slice(0, MOST_SENT)).catch(() => {}); // told all the same
  }
  return arrived;
}

export async function ask(address) {
  const answer = await fetch(address, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) {
    throw new Error(`${address}: ${answer.status}`);
  }
  return answer.json();
}
