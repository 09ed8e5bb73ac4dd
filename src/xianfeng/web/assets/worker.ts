/// <reference lib="webworker" />
/**
 * The desk's service worker. Keeps the shell, and of the pages only those that the server marks to be kept, for one
 * reader at a time. Everything is asked of the network first; what was kept is for when there is none.
 */
import { forgetOthers, PAGES } from "./parts/kept";

declare const self: ServiceWorkerGlobalScope;
declare const SHELL: readonly string[]; // the built files of the desk, and the version of them together:
declare const VERSION: string; // both put in by scripts/build.mjs

const KEPT = `shell:${VERSION}`;
const OFFLINE = "/desk/offline";

self.addEventListener("install", (event) => {
  const files = SHELL.map((name) => `/static/build/${name}`);
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll([OFFLINE, ...files])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetShells().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (address.pathname.startsWith("/static/build/")) event.respondWith(file(request));
});

async function forgetShells(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith("shell:") && name !== KEPT) await caches.delete(name);
}

async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    const reader = answer.headers.get("X-Xianfeng-Reader");
    if (reader) await keep(request, answer, reader);
    return answer;
  } catch {
    const kept = await caches.match(request, { ignoreVary: true });
    return kept ?? (await caches.match(OFFLINE, { ignoreVary: true })) ?? Response.error();
  }
}

async function keep(request: Request, answer: Response, reader: string): Promise<void> {
  await forgetOthers(reader);
  if (!answer.ok || !answer.headers.has("X-Xianfeng-Keep")) return;
  const cache = await caches.open(PAGES + reader);
  await cache.put(request, answer.clone());
}

/** Built files have their contents in their names: what is kept is right. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
