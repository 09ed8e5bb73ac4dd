/**
 * The page of a poll: fill in, have the ballot signed unseen, cast it. What is needed to go on after either step lies on
 * the device; nothing of it says what was answered.
 */
import { ofBase64, sha256, toHex } from "./ballot/bytes";
import { packed, read, type Poll } from "./ballot/poll";
import { finished, prepared, type Ballot, type Pending } from "./ballot/sealing";

interface Answer {
  refused: boolean;
  signature?: string;
  ballot?: string;
  receipt?: string;
  message?: string;
  hint?: string;
}

const page = document.querySelector<HTMLElement>("main")!;
const form = document.querySelector<HTMLFormElement>("form")!;
const { issuing, box, delay } = page.dataset as { issuing: string; box: string; delay: string };

function show(step: string): void {
  for (const each of document.querySelectorAll<HTMLElement>("[data-step]")) each.hidden = each.dataset["step"] !== step;
  document.querySelector<HTMLElement>(`[data-step="${step}"] h2`)?.focus();
}

function tell(words: string): void {
  document.querySelector("[role=alert]")!.textContent = words;
}

function words(name: string): string {
  return page.dataset[name] ?? "";
}

/** What is kept cannot be changed any more: it may have been signed, and only the same request gets that signature. */
function lock(on: boolean): void {
  for (const each of form.querySelectorAll<HTMLInputElement>("input, textarea")) each.disabled = on;
}

/** What was answered, a refusal too; undefined where neither issuer nor box did, but nobody, or a proxy before it. */
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
    if (refused) tell([found.message, found.hint].join(" "));
    else if (!answer.ok) throw new Error(answer.statusText);
    return { ...found, refused };
  } catch {
    tell(words("unreachable"));
    return undefined;
  }
}

class Voting {
  constructor(private readonly poll: Poll) {}

  private get place(): string {
    return `xianfeng ballot ${this.poll.fingerprint}`;
  }

  kept(): Pending | Ballot | undefined {
    const found = localStorage.getItem(this.place);
    return found ? JSON.parse(found) : undefined;
  }

  private keep(kept: Pending | Ballot): void {
    localStorage.setItem(this.place, JSON.stringify(kept));
  }

  forget(): void {
    localStorage.removeItem(this.place);
  }

  /** The first step; what was kept of an earlier try is sent again as it was. */
  async sign(): Promise<void> {
    const kept = this.kept() ?? (await this.filledIn());
    if (!kept) return;
    if ("signature" in kept) return show("cast"); // in another tab
    lock(true);
    const answer = await asked(`${issuing}/polls/${this.poll.fingerprint}/sign`, { code: kept.code, blinded: kept.blinded });
    if (!answer) return;
    if (answer.refused) {
      this.forget();
      return lock(false);
    }
    this.keep(await finished(this.poll, kept, answer.signature ?? ""));
    form.reset();
    show("cast");
  }

  private async filledIn(): Promise<Pending | undefined> {
    const given = new FormData(form);
    const answers = packed(this.poll, given);
    if (!answers) return void tell(words("long"));
    const kept = await prepared(this.poll, answers, String(given.get("code") ?? "").trim());
    this.keep(kept);
    return kept;
  }

  /** The second; a while of chance lies before it, so that the two cannot be told to belong together by their moments. */
  async cast(): Promise<void> {
    const { message, signature, content } = this.kept() as Ballot;
    tell(words("waiting"));
    await new Promise((after) => setTimeout(after, Math.random() * Number(delay) * 1000));
    tell("");
    const answer = await asked(`${box}/polls/${this.poll.fingerprint}/cast`, { message, signature, content });
    if (!answer?.ballot || answer.ballot !== toHex(await sha256(ofBase64(message)))) return;
    this.forget();
    document.querySelector("[data-ballot]")!.textContent = answer.ballot;
    document.querySelector("[data-receipt]")!.textContent = answer.receipt ?? "";
    show("done");
  }
}

function busy(button: HTMLButtonElement, work: () => Promise<void>): void {
  tell("");
  button.disabled = true;
  work()
    .catch(() => tell(words("fault")))
    .finally(() => (button.disabled = false));
}

async function begin(): Promise<void> {
  const poll = await read(await (await fetch("poll.json", { credentials: "omit" })).text());
  const [fingerprint, code] = location.hash.slice(1).split(".");
  history.replaceState(null, "", location.pathname); // the code stays in no history
  document.querySelector("[data-fingerprint]")!.textContent = poll.fingerprint.slice(0, 16).replace(/.{4}(?=.)/g, "$& ");
  if (fingerprint && !poll.fingerprint.startsWith(fingerprint)) return show("other");
  const voting = new Voting(poll);
  const kept = voting.kept();
  const asking = kept && "code" in kept ? kept : undefined;
  form.querySelector<HTMLInputElement>("[name=code]")!.value = asking?.code ?? code ?? "";
  if (asking) {
    lock(true);
    tell(words("kept"));
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(form.querySelector("button")!, () => voting.sign());
  });
  const cast = document.querySelector<HTMLButtonElement>("[data-cast]")!;
  cast.addEventListener("click", () => busy(cast, () => voting.cast()));
  show(kept && !asking ? "cast" : "fill");
}

begin().catch(() => tell(words("fault")));
