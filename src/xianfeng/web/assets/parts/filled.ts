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

/** The form as the server gave it back, its faults in sight. What a page equips its forms with listens for `shown`. */
export function show(page: string): void {
  const answered = new DOMParser().parseFromString(page, "text/html");
  const main = answered.querySelector("main");
  if (!main) return;
  document.title = answered.title;
  document.querySelector("main")?.replaceWith(main);
  main.dispatchEvent(new Event("shown", { bubbles: true }));
  main.querySelector<HTMLElement>("[aria-invalid=true], h1")?.focus();
  scrollTo(0, 0);
}
