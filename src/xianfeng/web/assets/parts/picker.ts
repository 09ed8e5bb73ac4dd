/** Pickers: a text box with suggestions from the server, by the ARIA combobox pattern. Without this file people type a
 * code into the same box. What is sent is the code; what stands in the box is the name. */

const WAIT = 180; // milliseconds after the last key

class Picker {
  private readonly box: HTMLInputElement;
  private readonly list: HTMLUListElement;
  private readonly told: HTMLElement | null;
  private readonly sent: HTMLInputElement;
  private active = -1;
  private timer = 0;
  private asking: AbortController | null = null;

  constructor(private readonly holder: HTMLElement) {
    this.box = holder.querySelector("input")!;
    this.list = holder.querySelector("[role=listbox]")!;
    this.told = holder.querySelector("[role=status]");
    this.sent = document.createElement("input");
    this.sent.type = "hidden";
    this.sent.name = this.box.name;
    this.sent.value = holder.dataset.value ?? "";
    this.box.removeAttribute("name");
    this.box.after(this.sent);
    if (holder.dataset.shown) this.box.value = holder.dataset.shown;
    holder.querySelector(".prefilled")?.remove();
    for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id }))
      this.box.setAttribute(key, value);
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      event.preventDefault(); // the box keeps the focus
      if (option) this.choose(option);
    });
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  /** Whatever is typed counts as a code until a suggestion is taken. */
  private typed(): void {
    this.sent.value = this.box.value.trim();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), WAIT);
  }

  private async ask(): Promise<void> {
    const text = this.box.value.trim();
    this.asking?.abort();
    if (!text) return this.close();
    this.asking = new AbortController();
    const address = new URL(this.holder.dataset.picker!, location.href);
    address.searchParams.set("q", text);
    this.aim(address);
    address.searchParams.set("field", this.list.id);
    try {
      const answer = await fetch(address, { signal: this.asking.signal, headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) return this.close();
      this.list.innerHTML = await answer.text();
    } catch {
      return; // asked again meanwhile, or no network: the code can still be typed
    }
    if (document.activeElement !== this.box) return; // gone on to the next field: nothing opens over it
    this.list.hidden = false;
    this.active = -1;
    this.box.setAttribute("aria-expanded", "true");
    this.box.removeAttribute("aria-activedescendant");
    const n = this.options().length;
    if (this.told) this.told.textContent = n ? (this.told.dataset.some ?? "").replace("{n}", String(n)) : (this.told.dataset.none ?? "");
  }

  /** Whose work the form is can be changed after it came: people are looked for there. */
  private aim(address: URL): void {
    const whose = this.holder.closest("form")?.elements.namedItem("for");
    if (!(whose instanceof HTMLInputElement) || whose === this.sent) return;
    if (whose.value) address.searchParams.set("at", whose.value);
    else address.searchParams.delete("at");
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return; // an input method is at work
    const options = this.options();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.list.hidden) void this.ask();
      else if (options.length) this.mark((this.active + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length);
      event.preventDefault();
    } else if (event.key === "Enter" && !this.list.hidden && this.active >= 0) {
      event.preventDefault();
      this.choose(options[this.active]!);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.close();
    }
  }

  private mark(place: number): void {
    this.active = place;
    this.options().forEach((option, n) => option.setAttribute("aria-selected", String(n === place)));
    const option = this.options()[place]!;
    this.box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  private choose(option: HTMLElement): void {
    this.box.value = option.dataset.name || option.dataset.code!;
    this.sent.value = option.dataset.code!;
    this.close();
    this.sent.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private close(): void {
    this.list.hidden = true;
    this.active = -1;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }
}

function equip(within: ParentNode): void {
  for (const holder of within.querySelectorAll<HTMLElement>("[data-picker]:not([data-ready])")) {
    holder.dataset.ready = "";
    new Picker(holder);
  }
}

for (const arrived of ["htmx:load", "shown"]) document.addEventListener(arrived, (event) => equip(event.target as HTMLElement));
equip(document);
