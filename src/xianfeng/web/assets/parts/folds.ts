/** Sections folded on a phone: all are open where there is room for them, and on paper; what one opened stays open. */
const ROOM = matchMedia("(min-width: 40.01rem)");

const folds = () => document.querySelectorAll<HTMLDetailsElement>("details.fold");
let opened: boolean[] = [];

function open(): void {
  for (const fold of folds()) fold.open = true;
}

if (ROOM.matches) open();
ROOM.addEventListener("change", (event) => {
  if (event.matches) open();
});
document.addEventListener("htmx:beforeSwap", () => (opened = [...folds()].map((fold) => fold.open)));
document.addEventListener("htmx:afterSwap", () => folds().forEach((fold, at) => (fold.open = opened[at] ?? fold.open)));
addEventListener("beforeprint", () => {
  opened = [...folds()].map((fold) => fold.open);
  open();
});
addEventListener("afterprint", () => folds().forEach((fold, at) => (fold.open = opened[at] ?? fold.open)));
