/** Browsers end lines after the hyphens of 2010-06-01, which then reads like two numbers: a day stays on its line. */

const DAY = /\b\d{4}-\d{2}-\d{2}\b/;
const LEFT = "script, style, textarea, option, title, pre, .day, [contenteditable]";

/** One element in place of the text: within a flexible row three would stand apart. */
function kept(text: string): HTMLElement {
  const whole = document.createElement("span");
  for (let rest = text, found; rest; rest = rest.slice(found.index + found[0].length)) {
    found = DAY.exec(rest);
    if (!found) {
      whole.append(rest);
      break;
    }
    const day = document.createElement("span");
    day.className = "day";
    day.textContent = found[0];
    whole.append(rest.slice(0, found.index), day);
  }
  return whole;
}

export function keepDays(within: Node): void {
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (DAY.test(text.data) && !text.parentElement?.closest(LEFT)) found.push(text);
  }
  for (const text of found) text.replaceWith(kept(text.data));
}

document.addEventListener("htmx:load", (event) => keepDays(event.target as HTMLElement));
keepDays(document.body);
