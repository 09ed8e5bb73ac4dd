/** Posts as this page's reader. Who signed in again meanwhile has another token; the refusal bears it. */
import { reader } from "./kept";

export const TOKEN = "csrfmiddlewaretoken";
const TOKENS = `input[name=${TOKEN}]`;
const STALE = 403;

/** `body` is asked again for the second attempt, when this page has the token of now. */
export async function post(address: string, body: () => BodyInit, more: RequestInit = {}): Promise<Response> {
  const answer = await fetch(address, { ...more, method: "POST", body: body() });
  if (answer.status !== STALE || answer.headers.get("X-Xianfeng-Reader") !== reader()) return answer;
  if (!renew(await answer.clone().text())) return answer;
  return fetch(address, { ...more, method: "POST", body: body() });
}

/** Gives this page the token of another; whether there was one. */
function renew(page: string): boolean {
  const token = new DOMParser().parseFromString(page, "text/html").querySelector<HTMLInputElement>(TOKENS)?.value;
  if (token) document.querySelectorAll<HTMLInputElement>(TOKENS).forEach((field) => (field.value = token));
  return Boolean(token);
}
