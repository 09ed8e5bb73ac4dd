/** Sends a filing and tells what became of it. The server gives one record for one reference, however often it is sent. */
import { reader } from "./kept";
import { all, markSent, put, type Filing } from "./store";

export type Outcome =
  | { what: "done"; address: string }
  | { what: "refused"; page: string } // the form again, with its faults
  | { what: "waiting" }; // no network, not signed in, or the server in trouble: later

const TOKEN = "csrfmiddlewaretoken";
const REFUSALS = [200, 400, 404, 409, 413, 422];

export async function send(filing: Filing): Promise<Outcome> {
  let answer: Response;
  try {
    answer = await fetch(filing.action, { method: "POST", body: body(filing), headers: { "X-Outbox": filing.reference } });
  } catch {
    return { what: "waiting" };
  }
  if (answer.headers.get("X-Xianfeng-Reader") !== filing.reader) return { what: "waiting" };
  if (answer.status === 204) return { what: "done", address: answer.headers.get("X-Location") ?? location.href };
  if (REFUSALS.includes(answer.status)) return { what: "refused", page: await answer.text() };
  return { what: "waiting" };
}

/** With this page's token: the one that was current when the form was filled in may have been replaced since. */
function body(filing: Filing): FormData {
  const data = new FormData();
  const token = document.querySelector<HTMLInputElement>(`input[name=${TOKEN}]`)?.value;
  for (const [name, value] of filing.fields) data.append(name, name === TOKEN && token ? token : value);
  return data;
}

/** Everything of this reader's that waits, one after another; a second tab waits for the first. */
export async function sendAll(): Promise<void> {
  const work = async () => {
    for (const filing of await all()) {
      if (filing.state !== "waiting" || filing.reader !== reader()) continue;
      const { what } = await send(filing);
      if (what === "waiting") return;
      await (what === "done" ? markSent(filing.reference) : put({ ...filing, state: "refused" }));
    }
  };
  // Without TLS there are no locks; then the reference alone keeps a filing from counting twice.
  await (navigator.locks ? navigator.locks.request("outbox", work) : work());
}
