/** The grid: a paste from a spreadsheet fills cells from where it lands; rows are added as they are needed. */

const GRID = "table.cells";

/** What can be typed or pasted into; files are chosen. */
function cells(row: Element): (HTMLInputElement | HTMLSelectElement)[] {
  return inputs(row).filter(({ type }) => type !== "file" && type !== "checkbox");
}

function inputs(row: Element): (HTMLInputElement | HTMLSelectElement)[] {
  return [...row.querySelectorAll<HTMLInputElement | HTMLSelectElement>("td input, td select")];
}

function rows(table: Element): HTMLTableRowElement[] {
  return [...table.querySelectorAll<HTMLTableRowElement>("tbody tr")];
}

/** One row more, empty, its inputs named by its place; null when the table may grow no further. */
function add(table: HTMLTableElement): HTMLTableRowElement | null {
  const all = rows(table);
  const last = all.at(-1);
  if (!last || all.length >= Number(table.dataset.most)) return null;
  const made = last.cloneNode(true) as HTMLTableRowElement;
  const place = all.length;
  made.querySelectorAll(".wrong, .files").forEach((shown) => shown.remove());
  made.querySelectorAll(".faulty").forEach((cell) => cell.classList.remove("faulty"));
  made.classList.add("spare");
  made.querySelector("th")!.textContent = String(place + 1);
  for (const cell of inputs(made)) {
    cell.name = cell.name.replace(/^r\d+-/, `r${place}-`);
    cell.id = cell.name;
    cell.removeAttribute("aria-invalid");
    if (cell.hasAttribute("aria-label")) cell.setAttribute("aria-label", cell.getAttribute("aria-label")!.replace(/\d+/, String(place + 1)));
    cell.value = "";
  }
  last.after(made);
  return made;
}

/** Something stands in a row: on a phone the next comes into sight, and the last is not the last for long. */
function begun(row: HTMLTableRowElement, table: HTMLTableElement): void {
  row.classList.remove("spare");
  if (!row.nextElementSibling) add(table);
}

function put(cell: HTMLInputElement | HTMLSelectElement, text: string): void {
  if (cell instanceof HTMLSelectElement) {
    const option = [...cell.options].find((one) => one.value === text || one.text === text);
    if (option) cell.value = option.value;
    else cell.value = "";
  } else cell.value = text;
}

/** Tab-separated lines, with quotes where a cell holds a line break, as spreadsheets copy them. */
function split(text: string): string[][] {
  const found: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let place = 0; place < clean.length; place++) {
    const letter = clean[place]!;
    if (quoted && letter === '"' && clean[place + 1] === '"') {
      cell += '"';
      place++;
    } else if (letter === '"' && (quoted || cell === "")) quoted = !quoted;
    else if (!quoted && (letter === "\t" || letter === "\n")) {
      found.at(-1)!.push(cell.trim());
      cell = "";
      if (letter === "\n") found.push([]);
    } else cell += quoted && letter === "\n" ? " " : letter;
  }
  found.at(-1)!.push(cell.trim());
  return found;
}

function paste(event: ClipboardEvent): void {
  const start = event.target as HTMLInputElement | HTMLSelectElement;
  const row = start.closest("tr");
  const table = start.closest<HTMLTableElement>(GRID);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!row || !table || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const column = cells(row).indexOf(start);
  let at: HTMLTableRowElement | null = row;
  let left = 0;
  for (const line of split(text)) {
    if (!at) {
      left++;
      continue;
    }
    const targets = cells(at).slice(column);
    line.slice(0, targets.length).forEach((each, place) => put(targets[place]!, each));
    at.classList.remove("spare");
    at = (at.nextElementSibling as HTMLTableRowElement | null) ?? add(table);
  }
  const told = document.querySelector<HTMLElement>("[data-left]");
  if (told) {
    told.hidden = left === 0;
    told.textContent = (told.dataset.left ?? "").replace("{n}", String(left));
  }
  total(table);
}

/** The last row: how much each column of numbers comes to. */
function total(table: HTMLTableElement): void {
  table.querySelectorAll<HTMLElement>("tfoot [data-total]").forEach((told) => {
    let all = 0;
    let some = false;
    for (const input of table.querySelectorAll<HTMLInputElement>(`tbody [data-column="${told.dataset.total}"]`)) {
      const text = input.value.normalize("NFKC").replaceAll(",", "").trim();
      if (text && !Number.isNaN(Number(text))) {
        all += Number(text);
        some = true;
      }
    }
    told.textContent = some ? all.toLocaleString("en", { maximumFractionDigits: 2 }) : "";
  });
}

/** Enter and the arrows walk down and up a column, as in a spreadsheet. */
function walk(event: KeyboardEvent): void {
  const input = event.target as HTMLElement;
  const row = input.closest("tr");
  if (!row || !input.matches("input") || event.isComposing) return;
  const down = event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey);
  if (!down && event.key !== "ArrowUp") return;
  event.preventDefault();
  const beside = down ? row.nextElementSibling : row.previousElementSibling;
  if (beside) cells(beside)[cells(row).indexOf(input as HTMLInputElement)]?.focus();
}

function within(event: Event): HTMLTableElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLTableElement>(GRID) : null;
}

// The page may get another table in place of this one (parts/outbox.ts), so the document listens.
document.addEventListener("paste", (event) => within(event) && paste(event));
document.addEventListener("keydown", (event) => within(event) && walk(event));
document.addEventListener("input", (event) => {
  const table = within(event);
  if (!table) return;
  const row = (event.target as Element).closest<HTMLTableRowElement>("tbody tr");
  if (row) begun(row, table);
  total(table);
});
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest("[data-add-rows]")) return;
  const table = document.querySelector<HTMLTableElement>(GRID);
  if (!table) return;
  event.preventDefault();
  for (let n = 0; n < 10; n++) if (!add(table)) break;
  table.querySelector(".spare")?.classList.remove("spare");
});
/** What a grid shows as soon as it is there: its totals, and of a wide table the first fault. */
function equip(): void {
  document.querySelectorAll<HTMLTableElement>(GRID).forEach(total);
  const faulty = document.querySelector<HTMLElement>(`${GRID} .faulty`);
  const holder = faulty?.closest(".grid-holder");
  if (faulty && holder) holder.scrollLeft = faulty.offsetLeft - holder.clientWidth / 2; // the page stays at the list of faults
}
document.addEventListener("shown", equip);
equip();

export {};
