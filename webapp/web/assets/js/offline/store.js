// What this device keeps, in one database of the browser. Texts are encrypted with a key that the browser holds and
// gives to nobody, this script among them. See docs/decisions/offline.md for what that is worth.
// A connection is opened for each use: signing out in another tab closes those that are open.

const NAME = "signpost";
const KEPT = "kept"; // name → what is kept, encrypted
const QUEUE = "queue"; // id → a form that waits to be sent; its fields are encrypted
const KEYS = "keys";

export async function read(name) {
  const sealed = await run([KEPT], "readonly", (tx) => tx.objectStore(KEPT).get(name));
  return sealed ? unsealed(sealed) : null;
}

export async function write(name, value) {
  const sealed = await seal(value);
  await run([KEPT], "readwrite", (tx) => tx.objectStore(KEPT).put(sealed, name));
}

export async function remove(name) {
  await run([KEPT], "readwrite", (tx) => tx.objectStore(KEPT).delete(name));
}

// id → what a full device could not note of a form. The page that found it out goes by it, in both of its scripts.
const unnoted = (globalThis.signpostUnnoted ??= new Map());

// The forms that wait, the oldest first; what cannot be read any more is left out.
export async function waiting() {
  const rows = await run([QUEUE], "readonly", (tx) => tx.objectStore(QUEUE).getAll());
  const read = await Promise.all(rows.map(async ({ sealed, ...row }) => ({ ...row, ...unnoted.get(row.id), fields: await unsealed(sealed) })));
  return read.filter(({ fields }) => fields).sort((one, other) => one.at - other.at);
}

export async function put({ fields, ...row }) {
  const sealed = await seal(fields);
  await run([QUEUE], "readwrite", (tx) => tx.objectStore(QUEUE).put({ ...row, sealed }));
}

// Changes what is said of a form that waits; nothing where it has gone meanwhile.
export async function mark(id, changes) {
  const noted = run([QUEUE], "readwrite", async (tx) => {
    const row = await done(tx.objectStore(QUEUE).get(id));
    return row && tx.objectStore(QUEUE).put({ ...row, ...changes });
  });
  await noted.catch(() => unnoted.set(id, { ...unnoted.get(id), ...changes }));
}

export async function drop(id) {
  await run([QUEUE], "readwrite", (tx) => tx.objectStore(QUEUE).delete(id));
}

// Whether what is kept has been here for longer than it may, by a clock that was perhaps put right meanwhile.
export function isOver({ asOf, until }) {
  const days = until - asOf;
  return Date.now() > until || Date.now() < asOf - days;
}

// Whether something was not kept because the device is full.
export function isFull({ name }) {
  return name === "QuotaExceededError";
}

// Why the browser did not keep something, in words.
export function fault(error) {
  return isFull(error)
    ? "This device has no room left, so what it keeps is not up to date. Free some space, then open this page again."
    : "This browser lets us keep nothing on this device, so nothing can be read here without a signal.";
}

// Removes what is kept. Without `all`, forms that wait stay, with the key that reads them.
export async function wipe({ all }) {
  await run([KEPT, QUEUE, KEYS], "readwrite", (tx) => {
    for (const name of all ? [QUEUE, KEYS] : []) {
      tx.objectStore(name).clear();
    }
    return tx.objectStore(KEPT).clear();
  });
}

// `strict`: answered only once it is on the disk. A browser that is killed loses what was only on its way there.
async function run(names, mode, work) {
  const db = await open();
  try {
    const tx = db.transaction(names, mode, { durability: "strict" });
    const committed = new Promise((resolve, reject) => {
      tx.oncomplete = resolve;
      tx.onabort = () => reject(tx.error ?? new Error("not kept"));
    });
    const asked = work(tx);
    const answer = asked instanceof Promise ? await asked : asked;
    await committed;
    return answer instanceof IDBRequest ? answer.result : answer;
  } finally {
    db.close();
  }
}

function open() {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore(KEPT);
    asked.result.createObjectStore(KEYS);
    asked.result.createObjectStore(QUEUE, { keyPath: "id" });
  };
  return done(asked);
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function seal(value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  return { iv, text: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), text) };
}

async function unsealed({ iv, text }) {
  try {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), text)));
  } catch {
    return null; // it was written with a key that is gone
  }
}

// Made once. Of two tabs that make one at once, both use the one that was there first.
async function key() {
  const known = await run([KEYS], "readonly", (tx) => tx.objectStore(KEYS).get("device"));
  if (known) {
    return known;
  }
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return run([KEYS], "readwrite", async (tx) => {
    const there = await done(tx.objectStore(KEYS).get("device"));
    if (!there) {
      tx.objectStore(KEYS).put(made, "device");
    }
    return there ?? made;
  });
}
