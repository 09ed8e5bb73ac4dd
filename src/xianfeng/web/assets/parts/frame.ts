/** Menus close as one expects, and pages kept on this device for another account go away. */
import { forgetOthers } from "./kept";

const menus = () => document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target as Node)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});
// A page that does not say whose it is (the one for no network, a fault's) tells nothing about who is here.
if (document.querySelector('meta[name="reader"]')) void forgetOthers();
