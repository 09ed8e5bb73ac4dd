/** A button that copies a text for the chat group; without a clipboard the text is selected, to be copied by hand. */
document.addEventListener("click", async ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>("[data-copy]") : null;
  const text = button && document.getElementById(button.dataset.copy!);
  if (!button || !(text instanceof HTMLTextAreaElement)) return;
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
    button.textContent = button.dataset.done ?? "";
  } catch {
    text.focus();
  }
});

export {};
