// The worker of a device that its person keeps Signpost on. What can be fetched is fetched; what cannot is answered
// with the page that shows what is kept, and a form that cannot be sent is kept.
import { file, keepShell, shell } from "./offline/app_shell.js";
import { FROM_QUEUE, add, mayWait, send, sendsByItself } from "./offline/queue.js";
import { isFull, read, remove, waiting, wipe, write } from "./offline/store.js";

const PATIENCE = 6000; // milliseconds for a page; less while the last one did not come
const LITTLE = 1500;
const LONG = 60000; // where somebody asked for the live page: they would rather wait
const LOST_FOR = 30000;
const FORM_PATIENCE = 15000;
const NO_ANSWER = [502, 503, 504];
const WORTH_WAITING = /^\/sign-in|\.\w+$/; // a file, or a provider's answer that is taken once: nothing here stands for it
let lostAt = 0;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepShell());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("sync", (event) => event.waitUntil(sendAll()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const isOurs = request.referrer.startsWith(self.location.origin); // what another site began goes its usual way
  if (origin !== self.location.origin) {
    return;
  }
  if (request.method === "POST" && isOurs && !request.headers.has(FROM_QUEUE) && (request.mode === "navigate" || sendsByItself(pathname))) {
    event.respondWith(sendOrKeep(request, pathname, event.clientId));
  } else if (request.method === "GET" && request.mode === "navigate") {
    event.respondWith(page(request));
  } else if (request.method === "GET" && pathname.startsWith("/static/dist/")) {
    event.respondWith(file(request));
  }
});

async function page(request) {
  const stand = await shell();
  const asked = fetch(request);
  if (!stand) {
    return asked;
  }
  const late = new Promise((resolve) => setTimeout(resolve, patience(request), null));
  const answer = await Promise.race([asked, late]).catch(() => null);
  if (answer && !NO_ANSWER.includes(answer.status)) {
    lostAt = 0;
    return answer;
  }
  asked.catch(() => {});
  lostAt = Date.now();
  return stand;
}

function patience({ cache, url }) {
  if (cache !== "default" || WORTH_WAITING.test(new URL(url).pathname)) {
    return LONG;
  }
  return Date.now() - lostAt < LOST_FOR ? LITTLE : PATIENCE;
}

// Where something waits on, the browser is to try again.
async function sendAll() {
  await send();
  if ((await waiting()).some(({ state }) => state === "waiting")) {
    throw new Error("not all sent");
  }
}

async function sendOrKeep(request, path, clientId) {
  const copy = request.clone();
  const answer = await fetch(request, { signal: AbortSignal.timeout(FORM_PATIENCE) }).catch(() => null);
  if (answer && !NO_ANSWER.includes(answer.status)) {
    return answer;
  }
  try {
    const fields = [...(await copy.formData())].filter(([, value]) => typeof value === "string");
    if (path === "/sign-out") {
      await wipe({ all: false });
      await write("left", true); // once there is a signal, the page signs out
      return lead(request, "/offline?left=1");
    }
    const id = mayWait(path, fields) && (await add(path, fields));
    if (id) {
      const typing = (await read(`typing ${path}`)) ?? [];
      if (typing.some(([name, value]) => name === "form_id" && value === id)) {
        await remove(`typing ${path}`);
      }
      await self.registration.sync?.register("queue").catch(() => {});
      return lead(request, `/offline?waits=${id}`);
    }
  } catch (error) {
    return stay(clientId, isFull(error) ? "no room" : "not sent");
  }
  return answer ?? stay(clientId, "not sent");
}

// The page stays as it is, with what was typed, and says that nothing was sent, and why.
async function stay(clientId, why) {
  (await self.clients.get(clientId))?.postMessage(why);
  return new Response(null, { status: 204 });
}

// The way on, as the server would say it to a page or to HTMX.
function lead(request, address) {
  return request.headers.has("HX-Request")
    ? new Response(null, { status: 204, headers: { "HX-Redirect": address } })
    : Response.redirect(address, 303);
}
