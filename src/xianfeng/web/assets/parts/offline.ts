/** The desk without network: its worker, what waits to be sent, and the list of pages that can still be opened. */
import { PAGES } from "./kept";
import { start } from "./outbox";

async function register(): Promise<void> {
  const address = document.querySelector<HTMLMetaElement>('meta[name="worker"]')?.content;
  if (address && "serviceWorker" in navigator) await navigator.serviceWorker.register(address);
}

/** On the offline page: what was kept of this reader's. */
async function listKept(into: HTMLElement): Promise<void> {
  for (const name of (await caches.keys()).filter((known) => known.startsWith(PAGES))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const page = new DOMParser().parseFromString(await (await cache.match(request))!.text(), "text/html");
      const link = document.createElement("a");
      link.href = request.url;
      link.textContent = page.title;
      const item = document.createElement("li");
      item.append(link);
      into.append(item);
    }
  }
  into.parentElement!.hidden = into.childElementCount === 0;
}

const kept = document.querySelector<HTMLElement>("[data-kept]");
if (kept && "caches" in window) void listKept(kept);
void register();
start();
