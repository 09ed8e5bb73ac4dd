/** Figures as chips: pressing one tells its 统计口径, its exact value and where it opens; while its text is written, the
 * call that printed it is selected there. And a call put where one writes. */

const words = (figure: HTMLElement): [string, string] => {
  const told = figure.title;
  const at = told.indexOf("：");
  return at < 0 ? [told, ""] : [told.slice(0, at), told.slice(at + 1)];
};

function element<K extends keyof HTMLElementTagNameMap>(name: K, text: string, className = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

/** The call in the text that printed a chip: as many-eth of its name as the chip is among those of its name. */
function selectCall(figure: HTMLElement, holder: HTMLElement): HTMLTextAreaElement | null {
  const area = document.getElementById(holder.dataset.written ?? "");
  const { call, name } = figure.dataset;
  if (!(area instanceof HTMLTextAreaElement) || !name) return null;
  const calls = [...area.value.matchAll(/\{[{%][^]*?[%}]\}/g)].filter(([text]) => text.includes(`'${name}'`) || text.includes(`"${name}"`));
  const chips = [...holder.querySelectorAll<HTMLElement>(".text a.figure")].filter((chip) => chip.dataset.name === name && chip.dataset.call === call);
  const found = calls[Math.min(Math.max(chips.indexOf(figure), 0), calls.length - 1)];
  if (!found) return null;
  area.setSelectionRange(found.index, found.index + found[0].length);
  return area;
}

function show(figure: HTMLAnchorElement, holder: HTMLElement): void {
  const back = selectCall(figure, holder) ?? figure;
  const [title, definition] = words(figure);
  const dialog = element("dialog", "", "chip");
  const heading = element("h2", title);
  heading.id = "chip-title";
  dialog.setAttribute("aria-labelledby", heading.id);
  const open = element("a", holder.dataset.open ?? "", "btn btn-primary");
  open.href = figure.href;
  const close = element("button", holder.dataset.close ?? "", "btn");
  close.addEventListener("click", () => dialog.close());
  const actions = element("div", "", "actions");
  actions.append(open, close);
  dialog.append(heading, element("p", figure.textContent ?? "", "value"), element("p", definition), actions);
  dialog.addEventListener("close", () => { dialog.remove(); back.focus(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const figure = target.closest<HTMLAnchorElement>("[data-chips] a.figure");
  const holder = figure?.closest<HTMLElement>("[data-chips]");
  if (figure && holder && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    show(figure, holder);
    return;
  }
  const button = target.closest<HTMLButtonElement>("[data-insert]");
  const area = button && document.getElementById(button.dataset.into ?? "");
  if (button && area instanceof HTMLTextAreaElement) {
    area.focus();
    area.setRangeText(button.dataset.insert ?? "", area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
