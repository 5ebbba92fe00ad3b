// The bar at the top of the page: that there is no signal, what waits to be sent, what has been sent.
import { keeps } from "./keeps.js";
import { waiting } from "./store.js";

let bar;
let told; // what was said last by `say`

export function startBanner() {
  bar = document.createElement("div");
  bar.className = "signal no-print";
  bar.setAttribute("role", "status");
  const header = document.querySelector(".header"); // a page for paper has none
  if (header) header.before(bar);
  else document.body.prepend(bar);
  for (const name of ["online", "offline"]) {
    window.addEventListener(name, () => show());
  }
  show();
}

// `news`: words, or forms that arrived as {title, href}; one of them, or several.
export function say(news) {
  const said = [news].flat().filter(Boolean);
  told = said.map((one) => (typeof one === "string" ? line(one) : line(`${one.title} sent. `, "See it", one.href)));
  return show();
}

async function show() {
  const lines = [];
  if (!navigator.onLine && !document.querySelector("[data-kept]")) {
    lines.push(line("You are offline."));
  }
  const number = keeps() ? (await waiting()).length : 0;
  if (number) {
    lines.push(line(number === 1 ? "1 form waits to be sent. " : `${number} forms wait to be sent. `, "See what waits", "/offline"));
  }
  bar.replaceChildren(...lines, ...(told ?? []));
}

function line(words, link, href) {
  const said = document.createElement("p");
  said.textContent = words;
  if (href) {
    const anchor = document.createElement("a");
    anchor.href = href;
    anchor.textContent = link;
    said.append(anchor);
  }
  return said;
}
