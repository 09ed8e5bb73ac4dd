/** Beside what is typed: the sum of a tally, an amount in full, the pictures that were chosen. */

const TIMES: Record<string, number> = { "": 1, 万: 1e4, 亿: 1e8 };

function numberIn(text: string): number | null {
  const said = /^([+-]?\d[\d,]*(?:\.\d+)?)\s*([万亿]?)\s*元?$/.exec(text.normalize("NFKC").trim());
  return said ? Number(said[1]!.replaceAll(",", "")) * TIMES[said[2]!]! : null;
}

function sum(tally: Element): void {
  const told = tally.querySelector<HTMLElement>("[data-sum]");
  const typed = [...tally.querySelectorAll<HTMLInputElement>("[data-part]")].map(({ value }) => value.trim()).filter(Boolean);
  if (!told) return;
  const total = typed.reduce((all, text) => all + (numberIn(text) ?? NaN), 0);
  told.hidden = typed.length === 0 || Number.isNaN(total);
  told.textContent = `${told.dataset.sum} ${total.toLocaleString("en")} ${told.dataset.unit ?? ""}`;
}

function amount(input: HTMLInputElement): void {
  const told = input.closest(".field")?.querySelector(".echo");
  const found = numberIn(input.value);
  if (told) told.textContent = found !== null && /[万亿]/.test(input.value) ? `= ${found.toLocaleString("en", { maximumFractionDigits: 2 })} ${input.dataset.money}` : "";
}

function previews(input: HTMLInputElement): void {
  const holder = input.parentElement?.querySelector(".previews");
  if (!holder) return;
  holder.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
  holder.replaceChildren(
    ...[...(input.files ?? [])].map((file) => {
      const figure = document.createElement("figure");
      if (file.type.startsWith("image/")) {
        const image = document.createElement("img");
        image.src = URL.createObjectURL(file);
        image.alt = "";
        figure.append(image);
      }
      const caption = document.createElement("figcaption");
      caption.textContent = `${file.name}（${Math.max(1, Math.round(file.size / 1024)).toLocaleString("en")} KB）`;
      figure.append(caption);
      return figure;
    }),
  );
}

document.addEventListener("input", ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  const tally = target.closest(".tally");
  if (tally) sum(tally);
  if (target.matches("[data-money]")) amount(target);
});
document.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLInputElement && target.matches("[data-preview]")) previews(target);
});
function equip(): void {
  document.querySelectorAll(".tally").forEach(sum);
  document.querySelectorAll<HTMLInputElement>("[data-money]").forEach(amount);
}
document.addEventListener("shown", equip);
equip();
// What is wrong comes first, for eyes and for screen readers.
document.querySelector<HTMLElement>(".faults")?.focus();

export {};
