/** What is too large for the server is not sent: it stays where it was typed. `data-most` of the notice: bytes. */

function sizeOf(form: HTMLFormElement, submitter: HTMLElement | null): number {
  const texts = [...new FormData(form, submitter)].filter((pair): pair is [string, string] => typeof pair[1] === "string");
  const escaped = form.enctype !== "multipart/form-data" && !form.dataset.outbox;
  if (escaped) return new URLSearchParams(texts).toString().length;
  const encoder = new TextEncoder();
  return texts.reduce((bytes, [name, text]) => bytes + name.length + encoder.encode(text).length, 0);
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target as HTMLFormElement;
    const notice = form.querySelector<HTMLElement>(".too-large");
    if (!notice) return;
    notice.hidden = sizeOf(form, event.submitter) <= Number(notice.dataset.most);
    if (notice.hidden) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // nor does the outbox keep what can never be sent
    notice.focus();
  },
  { capture: true },
);
