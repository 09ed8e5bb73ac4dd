/** A form as it is filled in, on its way to the server, and as it comes back. */
import { reader } from "./kept";
import type { Filing } from "./store";

export function referenceOf(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>("input[name=reference]");
}

export function filingOf(form: HTMLFormElement, submitter: HTMLElement | null): Filing {
  return {
    reference: referenceOf(form)?.value ?? "",
    reader: reader(),
    action: submitter?.hasAttribute("formaction") ? (submitter as HTMLButtonElement).formAction : form.action,
    title: form.dataset.outbox || document.title,
    fields: [...new FormData(form, submitter)],
    at: Date.now(),
    state: "waiting",
  };
}

/**
 * The form as the server gave it back, its faults in sight. What a page equips its forms with listens for `shown`. An
 * answer without the form (not found, too large) takes its place not: nothing that was typed goes.
 */
export function show(page: string, form: HTMLFormElement): void {
  const answered = parsed(page);
  const main = answered.querySelector("main");
  if (!main || !bearsForm(page)) return complain(page, form);
  document.title = answered.title;
  document.querySelector("main")?.replaceWith(main);
  main.dispatchEvent(new Event("shown", { bubbles: true }));
  main.querySelector<HTMLElement>("[aria-invalid=true], h1")?.focus();
  scrollTo(0, 0);
}

export const bearsForm = (page: string): boolean => parsed(page).querySelector("main form[data-outbox]") !== null;

/** What a fault page says, above what it is about. */
export function complain(page: string, about: HTMLElement): void {
  const fault = parsed(page).querySelector("main");
  const lines = [...(fault?.querySelectorAll("h1, h1 ~ p, ul:not(.lines) > li") ?? [])].map((line) => line.textContent?.trim() ?? "");
  const notice = document.createElement("div");
  notice.className = "notice attention";
  notice.tabIndex = -1;
  notice.dataset.complaint = "";
  notice.setAttribute("role", "alert");
  for (const words of lines.filter(Boolean)) notice.append(Object.assign(document.createElement("p"), { textContent: words }));
  document.querySelectorAll("[data-complaint]").forEach((earlier) => earlier.remove());
  about.prepend(notice);
  notice.focus();
}

const parsed = (page: string): Document => new DOMParser().parseFromString(page, "text/html");
