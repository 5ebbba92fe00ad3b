// The page of what this device keeps: at /offline, and in place of any other page that cannot be reached.
import { button, element, link } from "./offline/dom.js";
import { keeps } from "./offline/keeps.js";
import { ask, send } from "./offline/queue.js";
import { drop, fault, isOver, read, waiting, wipe, write } from "./offline/store.js";
import { typed } from "./offline/typed.js";
import { cardView, overview, packView, packsView, searchView, teamView, waitsView } from "./offline/views.js";
import { moment } from "./offline/when.js";

const place = document.querySelector("[data-kept]");
const HERE = "/offline";
const HAND_OVER = 1000; // milliseconds between one page and the next
const UNKEPT = "This device could not keep what you type: it has no room, or lets us keep nothing. Leave this page open until it is sent.";
const WAYS = [
  ["/directory", "Find"],
  ["/pack", "My packs"],
  ["/gaps/new", "Report a gap"],
  ["/learning-logs/new", "Learning log"],
  ["/community", "My community"],
  [HERE, "All that is kept"],
];

if (place && keeps()) {
  show();
  for (const name of ["online", "offline", "signpost:kept"]) {
    window.addEventListener(name, () => typed() || show()); // what is being typed stays as it is
  }
}

async function show() {
  try {
    await showKept();
  } catch (error) {
    say("Without a signal", error instanceof DOMException ? fault(error) : "What is kept here cannot be shown. Open Signpost once with a signal.");
  }
}

async function showKept() {
  const about = await read("about");
  if (about && isOver(about)) {
    await wipe({ all: false }); // what was written here is not lost with it
    const words = `What was kept here was more than ${about.days} ${about.days === 1 ? "day" : "days"} old, so it has been removed. Sign in once you have a signal.`;
    return say("Nothing is kept any more", words, await waits_(false));
  }
  const isAnothers = Boolean(about && place.dataset.me) && place.dataset.me !== about.owner; // it goes in a moment
  const kept = isAnothers ? null : gathered(await read("document"));
  if (!about || !kept) {
    const waits = await waits_(Boolean(about) && !isAnothers);
    const words = location.search.includes("left=1")
      ? "What was kept here has been removed. You are signed out as soon as this device has a signal and Signpost is open."
      : "Nothing is kept on this device yet. Open Signpost once with a signal.";
    return say("Without a signal", words, waits);
  }
  document.querySelector("[data-nothing-kept]")?.remove();
  const { title, inside } = await view(kept);
  place.replaceChildren(how(about), ways(), ...inside.filter(Boolean));
  place.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: place } })); // live.js starts its parts
  if (title) {
    heading(title);
  }
  performance.mark("signpost:shown"); // benchmarks/offline_start.py reads it
}

// From what was taken along to what is looked things up in.
function gathered(held) {
  return held && {
    ...held,
    byPath: new Map(held.cards.map((card) => [card.path, card])),
    patchPaths: held.patch_paths,
    patchTotal: held.patch_total,
    leftOut: held.left_out,
  };
}

async function view(kept) {
  const { pathname, search } = location;
  const path = pathname.replace(/(?<=.)\/$/, "");
  const asked = new URLSearchParams(search).get("q") ?? "";
  const pack = kept.packs.find(({ id }) => path === `/pack/${id}`);
  const card = kept.byPath.get(path) ?? kept.byPath.get(`${path}/`);
  if (pack) return packView(pack, kept);
  if (path === "/pack") return packsView(kept);
  if (card) return cardView(card);
  if (/^\/(directory|search)(\/this-week)?$/.test(path)) return searchView(kept, asked);
  if (kept.community && /^\/community(\/|$)/.test(path)) return teamView(kept.community);
  const form = ((await read("forms")) ?? {})[path];
  if (form) return formView(path, form, asked);
  const sent = (await read("sent")) ?? [];
  const all = overview(kept, await waits_(), sent);
  if (path === HERE || path === "/") return { title: "Without a signal", inside: [await news(), ...all] };
  return { title: "This page is not kept here", inside: [element("p", {}, "It needs a signal. This is what your device keeps:"), ...all] };
}

async function news() {
  const asked = new URLSearchParams(location.search).get("waits");
  const isWaiting = (await waiting()).some(({ id, state }) => id === asked && state === "waiting");
  return isWaiting && element("p", { className: "panel", role: "status" }, "It is kept on this device, and sent once when you are back. You can close this page.");
}

// A form as its own page has it, for one report of its own. What is typed is kept while it is typed.
async function formView(path, { title, html }, asked) {
  const box = element("div", { className: "form", innerHTML: html }); // our own page, as it was fetched with a signal
  const form = box.querySelector("form");
  for (const part of box.querySelectorAll("*")) {
    for (const name of part.getAttributeNames().filter((name) => name.startsWith("hx-"))) {
      part.removeAttribute(name);
    }
  }
  box.querySelectorAll("#draft, [formaction]").forEach((part) => part.remove());
  // Similar gaps cannot be shown here: none was, so the server asks whether it is one of them.
  box.querySelector("#similar")?.replaceChildren(element("input", { type: "hidden", name: "alike", value: "" }));
  form.elements.form_id.value = crypto.randomUUID().replaceAll("-", "");
  const typing = `typing ${path}`;
  const isAlone = await isFirst(typing);
  const begun = isAlone && (await read(typing));
  if (begun) {
    fill(form, begun);
  } else if (asked && form.elements.needed) {
    form.elements.needed.value = asked;
  }
  const lost = element("p", { role: "status" });
  const keep = () => write(typing, [...new FormData(form)]).then(() => lost.replaceChildren(), () => lost.replaceChildren(UNKEPT));
  let pause;
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => isAlone && keep(), 300);
  });
  form.addEventListener("submit", () => clearTimeout(pause));
  const told = begun && element("p", { className: "panel" }, "You began this here. It is as you left it.");
  const words = navigator.onLine ? "" : "You have no signal. What you send is kept on this device, and sent once when you are back.";
  return { title, inside: [words && element("p", {}, words), told, lost, box] };
}

// Whether no other tab has this form open: two pages must not be one report. The lock is held for as long as this page
// is there; a page that is loaded again waits a moment for the one before it.
const firsts = new Map();
function isFirst(typing) {
  const asked = () =>
    new Promise((resolve) => {
      const first = () => {
        resolve(true);
        return new Promise(() => {});
      };
      navigator.locks.request(typing, { signal: AbortSignal.timeout(HAND_OVER) }, first).catch(() => resolve(false));
    });
  return firsts.get(typing) ?? firsts.set(typing, asked()).get(typing);
}

function fill(form, fields) {
  for (const field of form.elements) {
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (/^(checkbox|radio)$/.test(field.type)) {
      field.checked = values.includes(field.value);
    } else if (values.length && field.name !== "csrf_token") {
      field.value = values[0];
    }
  }
}

// Where what is kept has gone, nobody may read here what waits, or throw it away.
async function waits_(isMine = true) {
  return waitsView(await waiting(), isMine && { open, discard, tryNow });
}

// Sends the form as a page does: what is wrong with it is then told by its own page, with everything in its place.
async function open({ path, fields }) {
  const { token } = await ask("/offline/state.json").catch(() => ({}));
  if (!token) {
    return say(null, "That needs a signal, and you signed in.");
  }
  const form = element("form", { method: "post", action: path, hidden: true });
  form.append(...fields.map(([name, value]) => element("input", { type: "hidden", name, value: name === "csrf_token" ? token : value })));
  document.body.append(form);
  form.submit();
}

async function discard(item) {
  await drop(item.id);
  await show();
}

async function tryNow() {
  await send().catch(() => {});
  await show();
}

function how(about) {
  const words = navigator.onLine ? "Signpost did not answer, or was too slow." : "You are offline.";
  const again = navigator.onLine && location.pathname !== HERE ? button("Try the live page", () => location.reload(), "plain-button") : "";
  const old = `This is how it was on ${moment(about.asOf)}. It is removed on ${moment(about.until).split(",")[0]} unless you sign in before.`;
  return element("p", { className: "signal signal--kept", role: "status" }, location.pathname === HERE && navigator.onLine ? "" : `${words} `, old, " ", again);
}

function ways() {
  const links = WAYS.map(([href, words]) => {
    const made = link(href, words);
    if (href === location.pathname) {
      made.setAttribute("aria-current", "page");
    }
    return element("li", {}, made);
  });
  const nav = element("nav", { className: "kept__ways" }, element("ul", {}, links));
  nav.setAttribute("aria-label", "Kept on this device");
  return nav;
}

function say(title, words, more = "") {
  if (title) {
    heading(title);
  }
  place.replaceChildren(...[element("p", { role: "status" }, words), more].filter(Boolean));
}

function heading(words) {
  const before = document.querySelector("h1").textContent;
  document.querySelector("h1").textContent = words;
  document.title = document.title.replace(before, words);
}
