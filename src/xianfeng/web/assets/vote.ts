/**
 * The page of a poll: fill in, have the ballot signed unseen, cast it. What is needed to go on after either step lies on
 * the device; nothing of it says what was answered.
 */
import { ofBase64, sha256, toHex } from "./ballot/bytes";
import { blank, long, packed, read, type Poll } from "./ballot/poll";
import { finished, prepared, type Ballot, type Pending } from "./ballot/sealing";

interface Answer {
  refused: boolean;
  code?: string; // of a refusal
  signature?: string;
  ballot?: string;
  receipt?: string;
  told?: string; // then: what and why
}

const page = document.querySelector<HTMLElement>("main")!;
const form = document.querySelector<HTMLFormElement>("form")!;
const used = document.querySelector<HTMLDetailsElement>("[data-used]")!;
const { issuing, box, delay } = page.dataset as { issuing: string; box: string; delay: string };

function show(step: string): void {
  for (const each of document.querySelectorAll<HTMLElement>("[data-step]")) each.hidden = each.dataset["step"] !== step;
  document.querySelector<HTMLElement>(`[data-step="${step}"] h2`)?.focus();
}

function field(name: string): HTMLInputElement {
  return document.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
}

function tell(words: string): void {
  document.querySelector("[role=alert]")!.textContent = words;
}

/** What is wrong with a field stands beside it; '' where nothing is any more. */
function fault(field: HTMLInputElement | HTMLTextAreaElement, words: string): void {
  document.getElementById(field.getAttribute("aria-describedby")!)!.textContent = words;
  field.setAttribute("aria-invalid", String(Boolean(words)));
  if (words) field.focus();
}

function words(name: string): string {
  return page.dataset[name] ?? "";
}

/** What is kept cannot be changed any more: it may have been signed, and only the same request gets that signature. */
function lock(on: boolean): void {
  for (const each of form.querySelectorAll<HTMLInputElement>("input, textarea")) each.disabled = on;
}

/** What was answered, a refusal too; undefined where neither issuer nor box did, but nobody, or a proxy
 * before it. */
async function asked(address: string, sent: Record<string, string>): Promise<Answer | undefined> {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: JSON.stringify(sent),
      headers: { "Accept-Language": document.documentElement.lang }, // refusals in the page's language
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    const found = await answer.json();
    const refused = answer.status === 409;
    if (refused) found.told = [found.message, found.hint].join(document.documentElement.lang === "en" ? " " : "");
    else if (!answer.ok) throw new Error(answer.statusText);
    return { ...found, refused };
  } catch {
    tell(words("unreachable"));
    return undefined;
  }
}

/** What lies on the device: a request not yet answered, and whatever was signed and waits for the box. */
interface Kept {
  pending?: Pending;
  signed: Ballot[];
}

class Voting {
  private asked = 0; // for how many questions without an answer

  constructor(private readonly poll: Poll) {}

  private get place(): string {
    return `xianfeng ballot ${this.poll.fingerprint}`;
  }

  get kept(): Kept {
    const found = localStorage.getItem(this.place);
    return found ? JSON.parse(found) : { signed: [] };
  }

  private keep(kept: Kept): void {
    if (kept.pending || kept.signed.length) localStorage.setItem(this.place, JSON.stringify(kept));
    else localStorage.removeItem(this.place);
  }

  /** The code of the slip by which the page was opened, until it is used: of this tab, and gone with it. */
  get code(): string {
    return sessionStorage.getItem(this.place) ?? "";
  }

  set code(code: string) {
    sessionStorage.setItem(this.place, code);
  }

  /** A refusal: beside the field of the code where it is about that. */
  private refuse({ code = "", told = "" }: Answer, field?: HTMLInputElement): void {
    if (field && code.startsWith("ballots.code_")) fault(field, told);
    else tell(told);
  }

  /** The first step; what was kept of an earlier try is sent again as it was. */
  async sign(): Promise<void> {
    const pending = this.kept.pending ?? (await this.filledIn());
    if (!pending) return;
    lock(true);
    const { code, blinded } = pending;
    const answer = await asked(`${issuing}/polls/${this.poll.fingerprint}/sign`, { code, blinded });
    if (!answer) return;
    const { signed } = this.kept;
    if (answer.refused) this.keep({ signed });
    else this.keep({ signed: [...signed, await finished(this.poll, pending, answer.signature ?? "")] });
    if (this.code === code) this.code = "";
    if (answer.code === "ballots.code_used") {
      used.open = true;
      field("used").value = code;
    }
    if (answer.refused) {
      lock(false);
      return this.refuse(answer, field("code"));
    }
    form.reset();
    this.asked = 0;
    this.go();
  }

  private async filledIn(): Promise<Pending | undefined> {
    const given = new FormData(form);
    const name = long(this.poll, given);
    if (name) return void fault(field(`q-${name}`), words("long"));
    const open = blank(this.poll, given);
    const once = open && open !== this.asked;
    this.asked = open;
    form.querySelector("[data-unanswered]")!.textContent = once ? words("blank").replace("{n}", String(open)) : "";
    if (once) return undefined;
    const pending = await prepared(this.poll, packed(this.poll, given), String(given.get("code") ?? "").trim());
    this.keep({ ...this.kept, pending });
    return pending;
  }

  /** Somebody else used the code, says whoever has it. */
  async dispute(): Promise<void> {
    const code = field("used");
    const told = used.querySelector("[role=status]")!;
    told.textContent = "";
    const answer = await asked(`${issuing}/polls/${this.poll.fingerprint}/dispute`, { code: code.value.trim() });
    if (!answer) return;
    if (answer.refused) return this.refuse(answer, code);
    code.value = "";
    told.textContent = words("disputed");
  }

  /** To what comes next: a request under way, the slip that was scanned, what was signed. */
  go(): void {
    const { pending, signed } = this.kept;
    lock(Boolean(pending));
    field("code").value = pending?.code ?? this.code;
    if (pending) tell(words(this.code && this.code !== pending.code ? "another" : "kept"));
    document.querySelector<HTMLElement>("[data-signed]")!.hidden = !signed.length;
    show(signed.length && !pending && !this.code ? "cast" : "fill");
  }

  /** The second; a while of chance lies before it, so that the two cannot be told to belong together by their moments. */
  async cast(): Promise<void> {
    for (const ballot of this.kept.signed) {
      tell(words("waiting"));
      await new Promise((after) => setTimeout(after, Math.random() * Number(delay) * 1000));
      tell("");
      const answer = await asked(`${box}/polls/${this.poll.fingerprint}/cast`, { ...ballot });
      document.querySelector<HTMLElement>("[data-later]")!.hidden = Boolean(answer);
      if (answer?.refused) this.refuse(answer);
      if (!answer?.ballot || answer.ballot !== toHex(await sha256(ofBase64(ballot.message)))) return;
      this.keep({ ...this.kept, signed: this.kept.signed.filter(({ message }) => message !== ballot.message) });
      const told = document.querySelector<HTMLElement>("[data-cast-ballot]")!.cloneNode(true) as HTMLElement;
      told.querySelector("[data-ballot]")!.textContent = answer.ballot;
      told.querySelector("[data-receipt]")!.textContent = answer.receipt ?? "";
      const copy = told.querySelector<HTMLButtonElement>("[data-copy]")!;
      copy.hidden = !navigator.clipboard;
      copy.addEventListener("click", () => void navigator.clipboard.writeText(answer.ballot!));
      told.hidden = false;
      document.querySelector('[data-step="done"]')!.append(told);
    }
    show("done");
  }
}

function busy(button: HTMLButtonElement, work: () => Promise<void>): void {
  tell("");
  for (const each of document.querySelectorAll<HTMLInputElement>("[aria-invalid=true]")) fault(each, "");
  button.disabled = true;
  work()
    .catch(() => tell(words("fault")))
    .finally(() => (button.disabled = false));
}

async function begin(): Promise<void> {
  const poll = await read(await (await fetch("poll.json", { credentials: "omit" })).text());
  const voting = new Voting(poll);
  const [fingerprint = "", code = ""] = location.hash.slice(1).split(".");
  document.querySelector("[data-fingerprint]")!.textContent = poll.fingerprint.slice(0, 16).replace(/.{4}(?=.)/g, "$& ");
  if (!poll.fingerprint.startsWith(fingerprint)) return show("other");
  if (code) voting.code = code;
  history.replaceState(null, "", location.pathname); // the code stays in no history
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(form.querySelector("button")!, () => voting.sign());
  });
  used.querySelector("form")!.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(used.querySelector("button")!, () => voting.dispute());
  });
  const cast = document.querySelector<HTMLButtonElement>("[data-cast]")!;
  cast.addEventListener("click", () => busy(cast, () => voting.cast()));
  document.querySelector("[data-to-cast]")!.addEventListener("click", () => show("cast"));
  voting.go();
}

begin().catch(() => tell(words("fault")));
