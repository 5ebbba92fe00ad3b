// The worker of a device that its person keeps Signpost on. What can be fetched is fetched; what cannot is answered
// with the page that shows what is kept, and a form that cannot be sent is kept.
import { file, keepShell, shell } from "./offline/app_shell.js";
import { FROM_QUEUE, add, mayWait, send, sendsByItself } from "./offline/queue.js";
import { remove, wipe } from "./offline/store.js";

const PATIENCE = 6000; // milliseconds for a page; less while the last one did not come
const LITTLE = 1500;
const LOST_FOR = 30000;
const FORM_PATIENCE = 15000;
const NO_ANSWER = [502, 503, 504];
let lostAt = 0;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepShell());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("sync", (event) => event.waitUntil(send()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const isOurs = request.referrer.startsWith(self.location.origin); // what another site began goes its usual way
  if (origin !== self.location.origin) {
    return;
  }
  if (request.method === "POST" && isOurs && !request.headers.has(FROM_QUEUE) && (request.mode === "navigate" || sendsByItself(pathname))) {
    event.respondWith(sendOrKeep(request, pathname));
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
  const patience = Date.now() - lostAt < LOST_FOR ? LITTLE : PATIENCE;
  const late = new Promise((resolve) => setTimeout(resolve, patience, null));
  const answer = await Promise.race([asked, late]).catch(() => null);
  if (answer && !NO_ANSWER.includes(answer.status)) {
    lostAt = 0;
    return answer;
  }
  asked.catch(() => {});
  lostAt = Date.now();
  return stand;
}

async function sendOrKeep(request, path) {
  const copy = request.clone();
  try {
    return await fetch(request, { signal: AbortSignal.timeout(FORM_PATIENCE) });
  } catch (fault) {
    const fields = [...(await copy.formData())].filter(([, value]) => typeof value === "string");
    if (path === "/sign-out") {
      await wipe({ all: false });
      return lead(request, "/offline?left=1");
    }
    if (!mayWait(path, fields)) {
      throw fault;
    }
    const id = await add(path, fields);
    await remove(`typing ${path}`);
    await self.registration.sync?.register("queue").catch(() => {});
    return lead(request, `/offline?waits=${id}`);
  }
}

// The way on, as the server would say it to a page or to HTMX.
function lead(request, address) {
  return request.headers.has("HX-Request")
    ? new Response(null, { status: 204, headers: { "HX-Redirect": address } })
    : Response.redirect(address, 303);
}
