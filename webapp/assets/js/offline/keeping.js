// On every page: keeps this device's things up to date, sends what waits, and removes all of it when it must go.
import { dropShell, keepShell } from "./app_shell.js";
import { say, startBanner } from "./banner.js";
import { keeps } from "./keeps.js";
import { ask, handOver, send } from "./queue.js";
import { read, waiting, wipe, write } from "./store.js";
import { typed } from "./typed.js";

const ASK_EVERY = 60000; // milliseconds
const ASK_AT_ONCE = /^\/(sign-in|offline|pack)/;
const FORMS_EVERY = 12 * 60 * 60000;
const DAY = 24 * 60 * 60000;
const FORMS = ["/gaps/new", "/learning-logs/new"];
const channel = "BroadcastChannel" in window ? new BroadcastChannel("signpost") : null;

export function startKeeping() {
  startBanner();
  channel?.addEventListener("message", leftElsewhere);
  document.addEventListener("submit", leave);
  document.addEventListener("submit", refuseWithoutSignal);
  if (!keeps()) {
    return;
  }
  look().catch(() => {}); // no signal: what is kept stays as it is
  window.addEventListener("online", () => look().catch(() => {}));
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful && /^\/(pack|offline\/pins)/.test(detail.requestConfig.path)) {
      takeAlong().catch(() => {});
    }
  });
}

async function look() {
  const about = await read("about");
  const isDue = !about || Date.now() - about.checked > ASK_EVERY || ASK_AT_ONCE.test(location.pathname);
  if (!isDue && !(await waiting()).length) {
    return;
  }
  const state = await ask("/offline/state.json");
  if (!state.keep || (about && about.owner !== state.owner)) {
    await letGo();
    return;
  }
  if (state.me !== state.owner) {
    return; // nobody is signed in: what is kept stays for its days, and what waits goes on waiting
  }
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  if (!about) {
    await keepAbout(state.owner, state.days, "");
  }
  await takeAlong(state);
  window.dispatchEvent(new Event("signpost:kept"));
  const sent = await send();
  say(sent);
  window.dispatchEvent(new Event("signpost:kept"));
}

// Takes along what has changed since the last time.
async function takeAlong(state) {
  const { owner, days } = state ?? (await ask("/offline/state.json"));
  const { version, forms } = await read("about");
  const answer = await fetch("/offline/kept.json", {
    method: "POST",
    body: new URLSearchParams({ csrf_token: document.querySelector("[name=csrf_token]").value }),
    headers: version ? { "If-None-Match": version } : {},
    redirect: "manual",
  });
  if (answer.status === 200) {
    await write("document", await answer.json());
  } else if (answer.status !== 304) {
    throw new Error(`kept.json: ${answer.status}`);
  }
  const isOld = !(Date.now() - forms < FORMS_EVERY);
  if (answer.status === 200 || isOld) {
    await keepShell();
    await keepForms();
    await navigator.storage?.persist?.();
  }
  await keepAbout(owner, days, answer.headers.get("ETag"), isOld ? Date.now() : forms);
}

function keepAbout(owner, days, version, forms = 0) {
  const now = Date.now();
  return write("about", { owner, days, version, forms, asOf: now, checked: now, until: now + days * DAY });
}

// The two forms that may be written without a signal, as they stand on their own pages.
async function keepForms() {
  const forms = {};
  for (const path of FORMS) {
    const answer = await fetch(path, { redirect: "manual" });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      forms[path] = { title: page.querySelector("h1").textContent, html: page.querySelector(`form[action="${path}"]`).outerHTML };
    }
  }
  await write("forms", forms);
}

// Everything goes: its person left, was stopped, or somebody else is here. What waits goes to the server first.
async function letGo() {
  await handOver();
  await wipe({ all: true });
  await dropShell();
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    await registration.unregister();
  }
}

// Signing out removes everything from this browser, in all its tabs: what waits is sent first, or handed over.
async function leave(event) {
  const form = event.target;
  if (!form.matches('form[action="/sign-out"]') || form.dataset.ready) {
    return;
  }
  event.preventDefault();
  try {
    if (keeps() && (await waiting()).length) {
      await send();
      await handOver();
    }
  } catch {
    // No signal: the worker keeps what waits, and says so.
  }
  channel?.postMessage("left");
  form.dataset.ready = "yes";
  form.requestSubmit();
}

function leftElsewhere() {
  if (document.querySelector("[data-kept]")) {
    location.reload();
  } else if (typed()) {
    say("You signed out in another tab. What you typed is still on this page. Sign in again in that tab, then send it.");
  }
}

// Where a worker looks after this page, it keeps what cannot be sent. Elsewhere the browser would show an empty page.
function refuseWithoutSignal(event) {
  const isSent = event.target.method === "post" && !event.defaultPrevented;
  if (isSent && !navigator.onLine && !navigator.serviceWorker?.controller) {
    event.preventDefault();
    say("You are offline, so nothing was sent. What you typed is still here. Send it when you have a signal.");
  }
}
