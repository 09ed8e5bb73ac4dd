/** Sends a filing and tells what became of it. The server gives one record for one reference, however often it is sent. */
import { reader } from "./kept";
import { post, TOKEN } from "./posting";
import { all, markSent, put, type Filing } from "./store";

export type Outcome =
  | { what: "done"; address: string }
  | { what: "refused"; page: string } // the form again, with its faults
  | { what: "waiting"; signedOut: boolean }; // no network, not signed in any more, or the server in trouble: later

const MADE_FOR = "made-for";
const REFUSALS = [200, 400, 404, 409, 413, 422];
const SIGNED_OUT = [401, 403];

export async function send(filing: Filing): Promise<Outcome> {
  let answer: Response;
  try {
    answer = await post(filing.action, () => body(filing), { headers: { "X-Outbox": filing.reference } });
  } catch {
    return { what: "waiting", signedOut: false };
  }
  const signedOut = SIGNED_OUT.includes(answer.status);
  if (signedOut || answer.headers.get("X-Xianfeng-Reader") !== filing.reader) return { what: "waiting", signedOut };
  if (answer.status === 204) return { what: "done", address: answer.headers.get("X-Location") ?? location.href };
  if (REFUSALS.includes(answer.status)) return { what: "refused", page: await answer.text() };
  return { what: "waiting", signedOut: false };
}

/**
 * With this page's token: the one that was current when the form was filled in may have been replaced since. And for whom
 * it was filled in: the server files it for nobody else.
 */
export function body(filing: Filing): FormData {
  const data = new FormData();
  const token = document.querySelector<HTMLInputElement>(`input[name=${TOKEN}]`)?.value;
  for (const [name, value] of filing.fields) data.append(name, name === TOKEN && token ? token : value);
  data.set(MADE_FOR, filing.reader);
  return data;
}

/** What became of those that waited: how many went, and whether the others wait for their sender to sign in. */
export interface Delivery {
  sent: number;
  signedOut: boolean;
}

/** Everything of this reader's that waits, one after another; a second tab waits for the first. */
export async function sendAll(): Promise<Delivery> {
  const work = async (): Promise<Delivery> => {
    let sent = 0;
    for (const filing of await all()) {
      if (filing.state !== "waiting" || filing.reader !== reader()) continue;
      const outcome = await send(filing);
      if (outcome.what === "waiting") return { sent, signedOut: outcome.signedOut };
      if (outcome.what === "done") sent++;
      await (outcome.what === "done" ? markSent(filing.reference) : put({ ...filing, state: "refused" }));
    }
    return { sent, signedOut: false };
  };
  // Without TLS there are no locks; then the reference alone keeps a filing from counting twice.
  return navigator.locks ? navigator.locks.request("outbox", work) : work();
}
