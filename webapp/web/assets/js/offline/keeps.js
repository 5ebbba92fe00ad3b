// Whether this browser keeps anything: its person said that it is theirs alone. Elsewhere nothing is opened or written.
const HINT = /(?:^|; )signpost_keeps=1(?:;|$)/; // set beside the device's own cookie, which no script sees

// Without https a browser has none of these.
export const able = "serviceWorker" in navigator && Boolean(window.crypto?.subtle) && "locks" in navigator;

export function keeps() {
  // A browser that is killed may forget a cookie of the last half minute; its worker it remembers.
  return able && (HINT.test(document.cookie) || Boolean(navigator.serviceWorker.controller));
}
