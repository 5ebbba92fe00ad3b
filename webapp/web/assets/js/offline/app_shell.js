// The page that stands in for others without a signal, with the files it needs. Nothing of anybody is in it: it is
// fetched as somebody who is not signed in.
const SHELL = "/offline";
const CACHE = "signpost";
const FILES = /\/static\/dist\/[a-z_-]+-[A-Z0-9]{8}\.(?:css|js|svg|png)/g;

// Files first, the page that names them last: whenever this is cut off, the page that is kept has all it needs.
export async function keepShell() {
  const page = await fetch(SHELL, { credentials: "omit", cache: "no-store" });
  if (!page.ok) {
    throw new Error(`${SHELL}: ${page.status}`);
  }
  const names = [...new Set((await page.clone().text()).match(FILES))];
  const cache = await caches.open(CACHE);
  for (const name of names) {
    if (!(await cache.match(name))) {
      const answer = await fetch(name);
      if (!answer.ok || answer.headers.get("Cache-Control") === "no-store") {
        throw new Error(`${name}: not this version's`); // a server that is being upgraded; it is tried again
      }
      await cache.put(name, answer);
    }
  }
  await cache.put(SHELL, page);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== SHELL && !names.includes(pathname)) {
      await cache.delete(request);
    }
  }
}

export async function shell() {
  return (await caches.open(CACHE)).match(SHELL, { ignoreVary: true });
}

export async function file(request) {
  return (await (await caches.open(CACHE)).match(request, { ignoreVary: true })) ?? fetch(request);
}

export async function dropShell() {
  await caches.delete(CACHE);
}
