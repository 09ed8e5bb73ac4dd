/** The outbox on this device: filings that wait, and the references of those that went, so that none goes twice. */

export interface Filing {
  reference: string;
  reader: string; // whose it is; nobody else's session sends it
  action: string;
  title: string;
  fields: [string, FormDataEntryValue][];
  at: number;
  state: "waiting" | "refused" | "sent";
}

const NAME = "xianfeng";
const STORE = "outbox";
const MONTH = 30 * 24 * 60 * 60 * 1000;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "reference" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const asked = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** What this device keeps; nothing, where it keeps nothing at all (a private window, a full disk). */
export const all = (): Promise<Filing[]> =>
  within("readonly", (store) => store.getAll() as IDBRequest<Filing[]>).catch(() => []);

export const put = (filing: Filing): Promise<unknown> => within("readwrite", (store) => store.put(filing));

export const remove = (reference: string): Promise<unknown> => within("readwrite", (store) => store.delete(reference));

/** What went is remembered by its reference alone, for as long as an old page may still be open somewhere. */
export function markSent(reference: string): Promise<unknown> {
  return put({ reference, reader: "", action: "", title: "", fields: [], at: Date.now(), state: "sent" });
}

export async function sweep(): Promise<void> {
  for (const { reference, state, at } of await all()) {
    if (state === "sent" && Date.now() - at > MONTH) await remove(reference);
  }
}
