// On every page: keeps this device's things up to date, sends what waits, and removes all of it when it must go.
import { dropShell, keepShell } from "./app_shell.js";
import { say, startBanner } from "./banner.js";
import { able, keeps } from "./keeps.js";
import { ask, handOver, send } from "./queue.js";
import { fault, isOver, read, remove, waiting, wipe, write } from "./store.js";
import { typed } from "./typed.js";

const ASK_EVERY = 60000; // milliseconds
const ASK_AT_ONCE = /^\/(sign-in|offline|pack)/;
const FORMS_EVERY = 12 * 60 * 60000;
const DAY = 24 * 60 * 60000;
const LEAVES = 'form[action="/sign-out"], form[data-forgets]';
const FORMS = ["/gaps/new", "/learning-logs/new"];
const channel = "BroadcastChannel" in window ? new BroadcastChannel("signpost") : null;

const NOT_SENT = {
  "not sent": "Nothing was sent, and this device could not keep it. What you typed is still here. Send it when you have a signal.",
  "no room": "Nothing was sent, and this device has no room to keep it. What you typed is still here. Leave this page open: free some space and send it again, or send it when you have a signal.",
};

export function startKeeping() {
  startBanner();
  for (const part of document.querySelectorAll("[data-if-able]")) {
    part.hidden = (part.dataset.ifAble === "yes") !== able;
  }
  channel?.addEventListener("message", leftElsewhere);
  document.addEventListener("submit", leave);
  document.addEventListener("submit", refuseWithoutSignal);
  if (!keeps()) {
    return;
  }
  navigator.serviceWorker.addEventListener("message", ({ data }) => NOT_SENT[data] && say(NOT_SENT[data]));
  look().catch(tell);
  window.addEventListener("online", () => look().catch(tell));
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful && /^\/(pack|offline\/pins)/.test(detail.requestConfig.path)) {
      takeAlong().catch(tell);
    }
  });
}

async function look() {
  let about = await read("about");
  if (about && isOver(about)) {
    await wipe({ all: false });
    about = null;
  }
  const isDue = !about || Math.abs(Date.now() - about.checked) > ASK_EVERY || ASK_AT_ONCE.test(location.pathname);
  if (!isDue && !(await waiting()).length) {
    return;
  }
  const state = await ask("/offline/state.json");
  if (!state.keep || (about && about.owner !== state.owner)) {
    await letGo();
    return;
  }
  if (await read("left")) {
    await finishLeaving(state);
    return;
  }
  if (state.me !== state.owner) {
    return; // nobody is signed in: what is kept stays for its days, and what waits goes on waiting
  }
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  if (!about) {
    await keepAbout(state.owner, state.days, "");
  }
  const trouble = await takeAlong(state).then(() => "", inWords); // what waits is sent from a full device too
  window.dispatchEvent(new Event("signpost:kept"));
  const sent = await send();
  say([...sent, trouble]);
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
  const forms = (await read("forms")) ?? {};
  for (const path of FORMS) {
    const answer = await fetch(path, { redirect: "manual" });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      forms[path] = { title: page.querySelector("h1").textContent, html: page.querySelector(`form[action="${path}"]`).outerHTML };
    } // else the one that is there stays
  }
  await write("forms", forms);
}

// Everything goes: its person left, was stopped, or somebody else is here. What waits goes to the server first; what it
// cannot take just now goes at the next contact, and nobody reads it here meanwhile.
async function letGo() {
  const left = await handOver();
  await wipe({ all: !left });
  channel?.postMessage("gone");
  window.dispatchEvent(new Event("signpost:kept"));
  await dropShell();
  if (left) {
    return; // the worker stays, by which the next page knows that there is something to do
  }
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    await registration.unregister();
  }
}

function tell(error) {
  const words = inWords(error);
  if (words) {
    say(words);
  }
}

// No signal: what is kept stays as it is, and nothing is said. No room, or a browser that lets nothing be kept, is told.
function inWords(error) {
  const isOurs = error instanceof DOMException && !["TimeoutError", "AbortError", "NetworkError"].includes(error.name);
  return isOurs ? fault(error) : "";
}

// Somebody signed out here without a signal.
async function finishLeaving({ me }) {
  if (!me) {
    await remove("left");
  } else {
    document.querySelector('form[action="/sign-out"]')?.requestSubmit();
  }
}

// Signing out, and stopping this device, removes everything from this browser, in all its tabs: what waits is sent
// first, or handed over. What reaches nobody is named, and a second press is needed.
async function leave(event) {
  const form = event.target;
  if (!form.matches(LEAVES) || form.dataset.ready) {
    return;
  }
  const news = form.dataset.forgets === undefined ? "left" : "gone";
  if (!keeps()) {
    channel?.postMessage(news); // nothing waits here: the form goes as it is
    return;
  }
  event.preventDefault();
  const left = await deliver();
  form.dataset.ready = "yes";
  if (left) {
    const those = left === 1 ? "1 form could not be sent, and this" : `${left} forms could not be sent, and this`;
    say(`${those} may remove what you wrote. Try again later, or press “${event.submitter?.textContent.trim() ?? "Sign out"}” again to lose it.`);
    return;
  }
  channel?.postMessage(news);
  form.requestSubmit();
}

// How many forms wait on after all was tried.
async function deliver() {
  try {
    if ((await waiting()).length) {
      say("What waits is being sent first.");
      await send().catch(() => {}); // then it is handed over
      return await handOver();
    }
  } catch {
    // The store cannot be opened: nothing waits there.
  }
  return 0;
}

function leftElsewhere({ data }) {
  if (document.querySelector("[data-kept]")) {
    location.reload();
  } else if (data === "left" && typed()) {
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
