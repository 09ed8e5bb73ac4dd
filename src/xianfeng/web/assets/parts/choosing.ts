/** One box that ticks all boxes of a list, hidden where there is no script. */
for (const holder of document.querySelectorAll<HTMLLabelElement>("label[data-all]")) {
  const all = holder.querySelector<HTMLInputElement>("input");
  const form = holder.closest("form");
  if (!all || !form) continue;
  const boxes = () => [...form.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${holder.dataset.all ?? ""}"]`)];
  holder.hidden = false;
  all.addEventListener("change", () => boxes().forEach((box) => (box.checked = all.checked)));
  form.addEventListener("change", () => {
    const ticked = boxes().filter((box) => box.checked).length;
    all.checked = ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  });
}
