/** Whose pages this device keeps for reading without network: one reader's at a time, none after signing out. */

export const PAGES = "pages:";

/** The account and appointment that this page was made for, as an opaque token; empty when nobody is signed in. */
export function reader(page: Document = document): string {
  return page.querySelector<HTMLMetaElement>('meta[name="reader"]')?.content ?? "";
}

export async function forgetOthers(mine: string = reader()): Promise<void> {
  if (!("caches" in globalThis)) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(PAGES) && name !== PAGES + mine) await caches.delete(name);
  }
}
