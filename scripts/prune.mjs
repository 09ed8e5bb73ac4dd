// Keeps of a large stylesheet only what our pages can use: of Tabler's 620 KB, the rules whose classes are words that
// occur in a template, a view or a script.
import * as fs from "node:fs";
import * as path from "node:path";

const NEVER = /\[data-bs-theme=["']?dark|\.theme-dark|\[dir=["']?rtl/; // there is no dark mode and no right-to-left face
const SOURCES = /\.(html|py|ts)$/;

/** Every word in the sources under a folder. Too many is harmless, too few is an unstyled page. */
export function wordsOf(folder) {
  const words = new Set();
  for (const name of fs.readdirSync(folder, { recursive: true })) {
    if (SOURCES.test(name) && !name.includes("static")) {
      for (const word of fs.readFileSync(path.join(folder, name), "utf8").match(/[A-Za-z][\w-]*/g) ?? []) words.add(word);
    }
  }
  return words;
}

export function prune(css, words) {
  return rules(css).map((rule) => kept(rule, words)).join("");
}

function kept({ head, body }, words) {
  if (body === null) return head;
  if (/^@(media|supports|layer|container)/.test(head)) {
    const inner = prune(body, words);
    return inner && `${head}{${inner}}`;
  }
  if (head.startsWith("@")) return `${head}{${body}}`;
  const selectors = commas(head).filter((selector) => usable(selector, words));
  return selectors.length ? `${selectors.join()}{${body}}` : "";
}

function usable(selector, words) {
  if (NEVER.test(selector)) return false;
  const plain = selector.replace(/:(not|is|where|has)\((?:[^()]|\([^()]*\))*\)/g, "");
  return (plain.match(/\.(?:\\.|[\w-])+/g) ?? []).every((name) => words.has(name.slice(1).replace(/\\/g, "")));
}

/** The rules at the top of a stylesheet: what stands before the brace and what stands within. */
function rules(css) {
  const found = [];
  const text = css.replace(/\/\*[^]*?\*\//g, "");
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === ";") {
      found.push({ head: text.slice(start, at + 1).trim(), body: null });
      start = at + 1;
    } else if (text[at] === "{") {
      const end = closing(text, at);
      found.push({ head: text.slice(start, at).trim(), body: text.slice(at + 1, end) });
      start = at = end;
      start += 1;
    } else at = past(text, at);
  }
  return found;
}

function closing(text, open) {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
    else at = past(text, at);
  }
  throw new Error("A brace of the stylesheet is never closed.");
}

/** The last place of a string that begins here, or here. */
function past(text, at) {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return at;
  for (at++; at < text.length && text[at] !== quote; at++) if (text[at] === "\\") at++;
  return at;
}

function commas(head) {
  const parts = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < head.length; at++) {
    if (head[at] === "(") depth++;
    else if (head[at] === ")") depth--;
    else if (head[at] === "," && depth === 0) {
      parts.push(head.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, head.slice(start)];
}
