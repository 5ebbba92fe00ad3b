// The list of gaps to work on: single keys, ticks that outlive a new list, and where the reader was.
// Somebody may have switched the keys off: the list then has no data-keys.
const wide = window.matchMedia("(min-width: 68em)");
const TYPED = "input:not([type=checkbox]):not([type=radio]):not([type=hidden]), select, textarea, [contenteditable]";
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  s: toStatus,
  x: () => currentRow()?.querySelector("[name=gap]").click(),
  "?": showKeys,
};
let last = ""; // the row where the keys are, by the id of its link
let lastAt = -1; // and how far down the list it is: another row is there once this one has left
let next = null; // what to do once the gap is open
let ticked = [];

export function startTriage() {
  document.addEventListener("keydown", press);
  document.addEventListener("focusin", ({ target }) => {
    const row = target.closest("#triage tbody tr")?.querySelector("[data-row]");
    if (row) {
      last = row.id;
      lastAt = rows().indexOf(row);
    }
  });
  document.addEventListener("change", ({ target }) => target.matches("[data-tick-all]") && tickAll(target));
  document.body.addEventListener("htmx:beforeSwap", keepTicks);
  document.body.addEventListener("htmx:afterSettle", arrived);
  showTickAll();
}

function press(event) {
  const { key, ctrlKey, altKey, metaKey, isComposing, target } = event;
  const elsewhere = ctrlKey || altKey || metaKey || isComposing || target.closest?.(TYPED);
  if (elsewhere || !Object.hasOwn(KEYS, key) || !document.querySelector("#triage[data-keys]")) {
    return;
  }
  event.preventDefault();
  KEYS[key]();
}

function rows() {
  return [...document.querySelectorAll("#triage [data-row]")];
}

function current() {
  return document.getElementById(last) ?? document.querySelector("#triage [data-row][aria-current]");
}

function currentRow() {
  return current()?.closest("tr");
}

function step(by) {
  const all = rows();
  const at = all.indexOf(current());
  const to = at < 0 ? lastAt : at + by;
  all[Math.min(Math.max(to, 0), all.length - 1)]?.focus();
}

// The status of the gap on whose row the reader is; it is opened first where another one is open.
function toStatus() {
  const row = current();
  if (row && !row.hasAttribute("aria-current")) {
    next = toStatus;
    row.click();
    return;
  }
  document.querySelector("#side #status")?.focus();
}

function showKeys() {
  const keys = document.getElementById("keys");
  keys.open = !keys.open;
  (keys.open ? keys.querySelector("summary") : current() ?? keys.querySelector("summary")).focus();
}

function keepTicks({ detail }) {
  if (detail.target.id === "triage") {
    ticked = [...detail.target.querySelectorAll("[name=gap][form=tick]:checked")].map(({ id }) => id);
  }
}

function arrived({ detail }) {
  if (detail.elt.id !== "triage") {
    return;
  }
  for (const id of ticked) {
    const box = document.getElementById(id);
    if (box) {
      box.checked = true;
    }
  }
  showTickAll();
  for (const old of document.querySelectorAll("main > .wrap > .flash")) {
    old.remove();
  }
  const opened = detail.requestConfig?.elt;
  const act = next;
  next = null;
  if (act) {
    act();
  } else if (!wide.matches && opened?.hasAttribute?.("data-row")) {
    document.getElementById("open-gap")?.focus();
  }
}

function showTickAll() {
  for (const box of document.querySelectorAll("[data-tick-all]")) {
    box.hidden = false;
  }
}

function tickAll({ checked }) {
  for (const box of document.querySelectorAll("[name=gap][form=tick]")) {
    box.checked = checked;
  }
}
