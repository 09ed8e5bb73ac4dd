/**
 * A button with `data-plain` asks the server something and files nothing: look it over, put it aside. What is typed stays
 * on the page whatever becomes of the question, and the page says why there is no answer.
 *
 * Where there is none, `data-offline` shows what can be done instead, and `data-online` is not the first button any more.
 */
import { goOn, hold } from "./drafts";
import { filingOf, show } from "./filled";
import { send } from "./sending";

let unanswered = false; // the device believes in a network through which nothing comes

export async function ask(form: HTMLFormElement, submitter: HTMLElement): Promise<void> {
  hold();
  form.setAttribute("aria-busy", "true");
  const outcome = navigator.onLine ? await send(filingOf(form, submitter)) : { what: "waiting" as const, signedOut: false };
  form.removeAttribute("aria-busy");
  unanswered = outcome.what === "waiting" && !outcome.signedOut;
  if (outcome.what === "done") return location.assign(outcome.address);
  if (outcome.what === "refused") show(outcome.page, form);
  else refuse(form, outcome.signedOut);
  goOn();
}

function refuse(form: HTMLFormElement, signedOut: boolean): void {
  tell();
  const notice = form.querySelector<HTMLElement>("[data-unanswered]");
  if (!notice) return;
  notice.textContent = (signedOut ? notice.dataset.signedOut : notice.dataset.unanswered) ?? "";
  notice.hidden = false;
  notice.focus();
}

function tell(): void {
  const answers = navigator.onLine && !unanswered;
  document.querySelectorAll<HTMLElement>("[data-offline]").forEach((instead) => (instead.hidden = answers));
  document.querySelectorAll("[data-online]").forEach((usual) => usual.classList.toggle("btn-primary", answers));
  if (answers) document.querySelectorAll<HTMLElement>("[data-unanswered]").forEach((notice) => (notice.hidden = true));
}

export function start(): void {
  addEventListener("online", () => {
    unanswered = false;
    tell();
  });
  addEventListener("offline", tell);
  document.addEventListener("shown", tell);
  tell();
}
