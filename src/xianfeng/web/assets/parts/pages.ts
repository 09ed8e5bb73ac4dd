/** A page's own buttons that need a script: print it, copy its address. They are hidden where there is none. */
import { write } from "./tables";

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-do=print-page], [data-do=copy-link]")) {
  button.hidden = false;
  button.addEventListener("click", () => void press(button));
}

async function press(button: HTMLButtonElement): Promise<void> {
  if (button.dataset.do === "print-page") return print();
  const link = document.getElementById(button.dataset.of ?? "") as HTMLAnchorElement | null;
  if (!link) return;
  await write(link.href);
  const said = button.textContent;
  button.textContent = button.dataset.done ?? "";
  setTimeout(() => (button.textContent = said), 2500);
}
