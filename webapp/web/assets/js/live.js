// HTMX, set up once for the whole site.
import htmx from "htmx.org";
import { startParts } from "./parts.js";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  includeIndicatorStyles: false, // they would be an inline style, which the content policy refuses
  // Without `style`: a text field that its reader made larger has one, and to set it on the field that takes its place
  // is an inline style too.
  attributesToSettle: ["class", "width", "height"],
  historyCacheSize: 0, // no page text is left in the browser's storage
  refreshOnHistoryMiss: true, // Back asks the server for the whole page
  historyRestoreAsHxRequest: false,
  timeout: 20000,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    // The whole window goes to the sign-in page: the answer says so in HX-Redirect.
    { code: "401", swap: false, error: true },
    // What is wrong with a form, and what could not be found, is told in the page.
    { code: "422", swap: true },
    { code: "[45]..", swap: true, error: true },
  ],
});

// HTMX keeps the current address here, search words and all, from the moment it is loaded. It can do without.
const ADDRESS_KEY = "htmx-current-path-for-history";

export function startLive() {
  window.htmx = htmx;
  const body = document.body;
  body.addEventListener("htmx:load", (event) => startParts(event.detail.elt));
  keepOpen(body);
  forgetAddress();
  for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory", "htmx:historyRestore"]) {
    body.addEventListener(name, forgetAddress);
  }
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    body.addEventListener(name, () => tell("That did not reach us. Check your connection, then try again."));
  }
  body.addEventListener("htmx:afterOnLoad", () => tell(""));
}

function forgetAddress() {
  try {
    sessionStorage.removeItem(ADDRESS_KEY);
  } catch {
    // A browser that keeps no storage has nothing to forget.
  }
}

const wide = window.matchMedia("(min-width: 60em)");

// What a reader has opened stays open, and what they closed stays closed, when a list is made anew: known by its id.
function keepOpen(body) {
  let seen = [];
  let focused = "";
  let leaves = false;
  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    // "Show these" in a drawer on a phone: the list is what the reader wants to see now.
    const { submitter } = detail.requestConfig.triggeringEvent ?? {};
    leaves = Boolean(submitter?.closest(".drawer")) && !wide.matches;
    const kept = detail.target.querySelectorAll(leaves ? "details[id]:not(.drawer)" : "details[id]");
    seen = [...kept].map(({ id, open }) => ({ id, open }));
    focused = detail.target.contains(document.activeElement) ? document.activeElement.id : "";
  });
  body.addEventListener("htmx:afterSwap", ({ detail }) => {
    for (const { id, open } of seen) {
      document.getElementById(id)?.toggleAttribute("open", open);
    }
    if (leaves) {
      // The button went with the drawer: the keys go on at the list, and how many it has is in sight above it.
      const list = detail.target.querySelector("[data-live]");
      list?.focus({ preventScroll: true });
      (detail.target.querySelector(".results__found") ?? list)?.scrollIntoView();
    } else if (focused) {
      // HTMX could not: what was focused was inside something closed.
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
  });
}

// One place for what went wrong on the way; empty words take it away.
function tell(words) {
  let box = document.querySelector(".trouble");
  if (!words) {
    box?.remove();
    return;
  }
  if (!box) {
    box = document.createElement("div");
    box.className = "trouble";
    box.setAttribute("role", "alert");
    document.body.append(box);
  }
  box.textContent = words;
}
