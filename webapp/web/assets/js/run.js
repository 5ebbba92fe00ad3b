// The meeting view: steps by keys and clicker, a clock beside the agenda. Without this each step is a page of its own.
const TYPED = "input, select, textarea, [contenteditable]";
const ACTED = "a, button, summary";
const KEYS = {
  ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1,
  ArrowLeft: -1, ArrowUp: -1, PageUp: -1,
}; // prettier-ignore
const ENDS = { Home: 1, End: Infinity };
const EVERY = 5000; // milliseconds between two looks at the clock
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

let run;
let steps;

export function startRun() {
  run = document.querySelector("[data-run]");
  if (!run) {
    return;
  }
  steps = [...run.querySelectorAll("[data-step]")];
  document.addEventListener("keydown", press);
  window.addEventListener("popstate", () => show(Number(new URL(location).searchParams.get("step")) || 1));
  run.addEventListener("click", click);
  document.body.addEventListener("htmx:afterSettle", () => mark(current()));
  startFull();
  startClock();
  stayAwake();
}

function current() {
  return steps.findIndex((step) => !step.hidden) + 1;
}

function press(event) {
  const { key, ctrlKey, altKey, metaKey, shiftKey, target } = event;
  if (ctrlKey || altKey || metaKey || target.closest?.(TYPED) || (key === " " && target.closest?.(ACTED))) {
    return;
  }
  const to = key in ENDS ? ENDS[key] : key in KEYS ? current() + (key === " " && shiftKey ? -1 : KEYS[key]) : 0;
  if (to || key in KEYS) {
    event.preventDefault();
    go(to);
  }
}

function click(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) {
    return;
  }
  const link = event.target.closest("[data-next], [data-back], [data-go], [data-begin]");
  if (link?.hasAttribute("data-begin")) {
    link.href = at("began", clock.format(new Date()));
  } else if (link) {
    event.preventDefault();
    go(Number(link.dataset.go) || current() + (link.hasAttribute("data-next") ? 1 : -1));
    link.closest("details")?.removeAttribute("open");
  }
}

function go(wanted) {
  const to = Math.min(Math.max(wanted, 1), steps.length);
  if (to !== current()) {
    history.pushState(null, "", at("step", to));
    show(to);
  }
}

function show(to) {
  steps.forEach((step) => { step.hidden = Number(step.dataset.step) !== to; });
  mark(to);
  window.scrollTo(0, 0);
  steps[to - 1]?.querySelector("h2").focus({ preventScroll: true });
}

// What else names the step: the counter, the way on and back, and the form of notes, which comes back to it.
function mark(to) {
  run.querySelector("[data-counter]").textContent = `Step ${to} of ${steps.length}`;
  const [back, next] = [run.querySelector("[data-back]"), run.querySelector("[data-next]")];
  [back.hidden, next.hidden] = [to === 1, to === steps.length];
  [back.href, next.href] = [at("step", to - 1), at("step", to + 1)];
  run.querySelector("[data-step-field]")?.setAttribute("value", to);
}

function at(name, value) {
  const address = new URL(location);
  address.hash = "";
  address.searchParams.set(name, value);
  return address.href;
}

function startFull() {
  const button = run.querySelector("[data-full]");
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
  );
}

function startClock() {
  tick();
  setInterval(tick, EVERY);
}

function tick() {
  const now = Date.now();
  const parts = [...run.querySelectorAll("[data-part]")];
  const begins = (part) => Date.parse(part.dataset.part);
  const ends = (part) => begins(part) + part.dataset.minutes * 60000;
  const on = parts.find((part) => begins(part) <= now && now < ends(part));
  for (const part of parts) {
    part.classList.toggle("agenda__now", part === on);
  }
  const last = parts.at(-1);
  const day = 24 * 60 * 60 * 1000;
  let said = "";
  if (on) {
    const number = parts.indexOf(on) + 1;
    said = ` · part ${number} of ${parts.length}, ${inMinutes(ends(on) - now)} left`;
  } else if (last && now >= ends(last) && now - ends(last) < day / 4) {
    said = ` · ${inMinutes(now - ends(last))} over`;
  } else if (last && begins(parts[0]) > now && begins(parts[0]) - now < day) {
    said = ` · begins at ${clock.format(begins(parts[0]))}`;
  }
  run.querySelector("[data-clock-words]").textContent = clock.format(now) + said;
}

function inMinutes(milliseconds) {
  const minutes = Math.max(Math.ceil(milliseconds / 60000), 1);
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
}

// A phone that shows the meeting on a screen must not fall asleep in the middle of a question.
function stayAwake() {
  const ask = () => document.visibilityState === "visible" && navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", ask);
  ask();
}
