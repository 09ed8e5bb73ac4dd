/**
 * What one types is put aside by itself, a few seconds after the last change and when the page is left. The form is the
 * one around `[data-draft]`, which then tells when; what is too private for a draft the server leaves out (forms/aside.py).
 */
import { reader } from "./kept";
import { post } from "./posting";

const WAIT = 4_000;
const AGAIN = 30_000; // without network
const SIGNED_OUT = [401, 403];
const QUIETLY = "keep-quietly";

let unsaved = false;
let held = false; // the form is on its way to be filed or asked about
let timer = 0;
let asking: AbortController | null = null;

const line = () => document.querySelector<HTMLElement>("form [data-draft]");

function changed({ target }: Event): void {
  if (!(target instanceof Element) || !target.closest("form")?.contains(line())) return;
  unsaved = true;
  later(WAIT);
}

function later(milliseconds: number): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => void save(), milliseconds);
}

/** `leaving`: the page may be gone before the answer comes; the browser sends it all the same, up to 64 KB. */
async function save(leaving = false): Promise<void> {
  clearTimeout(timer);
  const told = line();
  const form = told?.closest("form");
  if (!unsaved || held || !told || !form) return;
  unsaved = false;
  asking = new AbortController();
  const { signal } = asking;
  try {
    const answer = await post(form.action, () => body(form), { keepalive: leaving, signal: leaving ? null : signal });
    told.textContent = await words(answer, told, form);
  } catch {
    unsaved = true;
    if (signal.aborted) return;
    told.textContent = told.dataset.unsaved ?? "";
    later(AGAIN);
  }
}

/** What stands in the form, shortly: an empty input is as good as none, and files go by the button. */
function body(form: HTMLFormElement): URLSearchParams {
  const texts = [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string" && pair[1] !== "");
  return new URLSearchParams([...texts, ["do", QUIETLY]]);
}

async function words(answer: Response, told: HTMLElement, form: HTMLFormElement): Promise<string> {
  const ours = answer.headers.get("X-Xianfeng-Reader") === reader();
  if (!ours || SIGNED_OUT.includes(answer.status)) return told.dataset.signedOut ?? "";
  if (answer.status === 204) return ""; // nothing to keep
  if (!answer.headers.get("Content-Type")?.startsWith("text/plain")) throw new Error(answer.statusText);
  const files = [...new FormData(form).values()].some((value) => value instanceof File && value.size > 0);
  return [await answer.text(), files ? told.dataset.files : ""].join(" ");
}

/** What is filed is no draft: nothing is put aside until it is known what became of it. */
export function hold(): void {
  clearTimeout(timer);
  held = true;
  asking?.abort();
}

/** The form is here again; `stored`: what stood in it is not. */
export function goOn(stored = false): void {
  held = false;
  unsaved = unsaved && !stored;
  if (unsaved) later(WAIT);
}

export function start(): void {
  for (const event of ["input", "change", "paste"]) document.addEventListener(event, changed);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void save(true));
  // Before it is left, while the page lives: what a page that is gone already sends, the worker may lose.
  for (const event of ["beforeunload", "pagehide"]) addEventListener(event, () => void save(true));
  addEventListener("online", () => void save());
  addEventListener("pageshow", () => (held = false)); // come back to
}
