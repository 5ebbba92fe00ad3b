// Says which searches were finished: those that somebody stays with for a while, or leaves the page from.
// What is typed on the way to them is replaced before either. See docs/decisions/counting-searches.md.
const STAYED = 3000;
let search = null; // the form in the results that says what was searched for
let told = null;
let timer;

export function startFinished() {
  look();
  document.body.addEventListener("htmx:load", look);
  // Whoever types on has not finished; the next results start the wait again.
  document.addEventListener("input", () => clearTimeout(timer));
  window.addEventListener("pagehide", tell);
}

function look() {
  const shown = document.querySelector("form[data-finished-search]");
  if (shown !== search) {
    search = shown;
    clearTimeout(timer);
    timer = setTimeout(tell, STAYED);
  }
}

function tell() {
  clearTimeout(timer);
  if (search && search !== told) {
    told = search;
    navigator.sendBeacon(search.action, new FormData(search));
  }
}
