/**
 * A form with `data-outbox` outlives a dead network: what cannot be sent now is kept on this device and sent later, once.
 * It needs a hidden field `reference`; its page is answered by a redirect when the filing was taken.
 */
import { ask, start as startAsking } from "./asking";
import { goOn, hold, start as startDrafts } from "./drafts";
import { bearsForm, complain, filingOf, referenceOf, show } from "./filled";
import { reader } from "./kept";
import { body, send, sendAll } from "./sending";
import { all, markSent, put, remove, sweep, type Filing } from "./store";

const EVERY = 30_000;

let delivered = 0; // since this page was opened
let signedOut = false; // the network is there, the session is not
let trouble: "" | "unreachable" | "unstored" = ""; // what was asked of the network, or of this device, and not to be had

function fresh(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function submit(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const filing = filingOf(form, submitter);
  hold();
  form.setAttribute("aria-busy", "true");
  const outcome = navigator.onLine ? await send(filing) : { what: "waiting" as const, signedOut: false };
  form.removeAttribute("aria-busy");
  if (outcome.what === "done") {
    await markSent(filing.reference).catch(() => undefined); // filed it is, whatever this device remembers
    location.assign(outcome.address);
  } else if (outcome.what === "refused") {
    show(outcome.page, form);
    goOn();
  } else {
    signedOut = outcome.signedOut;
    if (!(await stored(filing))) return goOn();
    form.reset();
    for (const box of form.querySelectorAll("[data-part], .cells input")) box.dispatchEvent(new Event("input", { bubbles: true })); // totals
    document.querySelectorAll(".faults, form[data-outbox] .errorlist").forEach((fault) => fault.remove());
    const reference = referenceOf(form);
    if (reference) reference.value = fresh();
    goOn(true);
    await tell();
    document.querySelector<HTMLElement>(".outbox")?.focus();
  }
}

/** Whether this device keeps it; where it does not, the page is the only place where it stands. */
async function stored(filing: Filing): Promise<boolean> {
  trouble = await put(filing).then((): typeof trouble => "", (): typeof trouble => "unstored");
  if (!trouble) return true;
  await tell();
  document.querySelector<HTMLElement>(".outbox")?.focus();
  return false;
}

/** What was reopened is dropped once its page has come back, with its faults. */
async function dropReopened(): Promise<void> {
  if (!document.querySelector(".faults")) return;
  const here = [...document.querySelectorAll<HTMLFormElement>("form[data-outbox]")].map((form) => referenceOf(form)?.value);
  for (const { reference, state } of await all()) {
    if (state === "refused" && here.includes(reference)) await remove(reference);
  }
}

/** An old page, kept or come back to, may still bear a reference that was used: the next filing is another one. */
async function renew(): Promise<void> {
  const used = new Set((await all()).map(({ reference }) => reference));
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-outbox]")) {
    const field = referenceOf(form);
    if (field && used.has(field.value)) field.value = fresh();
  }
}

/** The bar at the foot: how many went, how many wait and for what, whose they are, which were refused. */
async function tell(): Promise<void> {
  const bar = document.querySelector<HTMLElement>(".outbox");
  if (!bar) return;
  const kept = (await all()).filter(({ state }) => state !== "sent");
  const mine = kept.filter((filing) => filing.reader === reader());
  const waiting = mine.filter(({ state }) => state === "waiting").length;
  say(bar, "sent", delivered);
  say(bar, "waiting", signedOut ? 0 : waiting);
  say(bar, "signed-out", signedOut ? waiting : 0);
  say(bar, "others", kept.length - mine.length);
  say(bar, "unreachable", trouble === "unreachable" ? 1 : 0);
  say(bar, "unstored", trouble === "unstored" ? 1 : 0);
  list(bar, mine.filter(({ state }) => state === "refused"));
  bar.hidden = kept.length + delivered === 0 && !trouble;
}

function say(bar: HTMLElement, which: string, count: number): void {
  const line = bar.querySelector<HTMLElement>(`[data-say=${which}]`);
  if (!line) return;
  line.hidden = count === 0;
  line.textContent = (line.dataset.words ?? "").replace("{n}", String(count));
  bar.querySelectorAll<HTMLElement>(`[data-with=${which}]`).forEach((also) => (also.hidden = count === 0));
}

function list(bar: HTMLElement, refused: Filing[]): void {
  say(bar, "refused", refused.length);
  const items = refused.map((filing) => {
    const item = document.createElement("li");
    item.append(filing.title, " ", button(bar.dataset.reopen ?? "", () => void reopen(filing, bar)));
    item.append(" ", button(bar.dataset.drop ?? "", () => void remove(filing.reference).then(tell)));
    return item;
  });
  bar.querySelector("ul")?.replaceChildren(...items);
}

function button(words: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-quiet";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

/** Opens what was refused, where there is a network to open it through. Until its page has come it stays on this device. */
async function reopen(filing: Filing, bar: HTMLElement): Promise<void> {
  const outcome = navigator.onLine ? await send(filing) : { what: "waiting" as const, signedOut: false };
  trouble = outcome.what === "waiting" ? "unreachable" : "";
  if (outcome.what === "done") {
    await markSent(filing.reference);
    location.assign(outcome.address);
  } else if (outcome.what === "waiting") await tell();
  else if (bearsForm(outcome.page)) post(filing);
  else complain(outcome.page, bar);
}

/** As an ordinary form, so that its page comes back with every value, every file and what is wrong. */
function post(filing: Filing): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = filing.action;
  form.enctype = "multipart/form-data";
  form.hidden = true;
  for (const [name, value] of body(filing)) {
    const field = document.createElement("input");
    field.name = name;
    if (typeof value === "string") field.value = value;
    else {
      const chosen = new DataTransfer();
      chosen.items.add(value);
      field.type = "file";
      field.files = chosen.files;
    }
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

async function deliver(): Promise<void> {
  if (navigator.onLine && reader()) {
    const delivery = await sendAll();
    delivered += delivery.sent;
    signedOut = delivery.signedOut;
  }
  await tell();
}

export function start(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("form[data-outbox]") || !referenceOf(form) || !reader()) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    if (event.submitter?.hasAttribute("data-plain")) void ask(form, event.submitter);
    else void submit(form, event.submitter);
  });
  addEventListener("online", () => void deliver());
  addEventListener("pageshow", () => void renew());
  setInterval(() => void deliver(), EVERY);
  startAsking();
  startDrafts();
  void sweep().then(dropReopened).then(renew).then(deliver);
}
