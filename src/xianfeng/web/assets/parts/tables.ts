/** The buttons of a table, or of a paper with several, that need a script: copy as a spreadsheet takes it, and print it
 * alone. */

const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/** A cell as it may be pasted: numbers exactly, and no text that a spreadsheet would run. */
function plain(cell: HTMLTableCellElement): string {
  if (cell.dataset.value !== undefined) return cell.dataset.value;
  const text = cell.innerText.replace(/\s+/g, " ").trim();
  return FORMULA.test(text) && text.length > 1 ? `'${text}` : text;
}

function rowsOf(tables: HTMLTableElement[]): string {
  const told = (row: HTMLTableRowElement) => [...row.cells].filter((cell) => !cell.classList.contains("noprint"));
  return tables.flatMap((table) => [...table.rows]).map((row) => told(row).map(plain).join("\t")).join("\n");
}

async function copy(button: HTMLButtonElement, tables: HTMLTableElement[]): Promise<void> {
  const said = button.textContent;
  try {
    await write(rowsOf(tables));
    button.textContent = button.dataset.done ?? "";
  } catch {
    button.textContent = button.dataset.failed ?? "";
  }
  setTimeout(() => (button.textContent = said), 2500);
}

/** Offices serve themselves over plain http, where browsers offer no clipboard: the old way then. */
export async function write(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "hear";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("not copied");
}

function printAlone(holder: HTMLElement): void {
  holder.classList.add("alone");
  document.body.classList.add("one-table");
  addEventListener("afterprint", () => {
    holder.classList.remove("alone");
    document.body.classList.remove("one-table");
  }, { once: true });
  print();
}

export function equip(within: ParentNode): void {
  for (const button of within.querySelectorAll<HTMLButtonElement>(":is(.tools button, [data-print])[hidden]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  if ((event.target as Element).closest("[data-print]")) print(); // the whole page
  const button = (event.target as Element).closest<HTMLButtonElement>(".tools button");
  const holder = button?.closest<HTMLElement>(".sheet-table");
  if (!button || !holder) return;
  if (button.dataset.do === "copy") void copy(button, [...holder.querySelectorAll("table")]);
  else printAlone(holder);
});
document.addEventListener("htmx:load", (event) => equip(event.target as HTMLElement));
equip(document);
