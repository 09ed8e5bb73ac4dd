/** A poll as its sealed file says, and answers as bytes whose length tells nothing (docs/ballots.md). */
import { joined, ofBase64, ofHex, sha256, toHex, utf8, type Bytes } from "./bytes";

const TAG = joined(utf8("xianfeng ballot"), Uint8Array.of(1));

interface Question {
  name: string;
  choices: string[];
  limit: number;
}

export interface Poll {
  fingerprint: string;
  head: Bytes; // what stands the same in every message
  key: Bytes;
  observers: Bytes;
  questions: Question[];
}

export async function read(text: string): Promise<Poll> {
  const file = JSON.parse(text);
  // The file is canonical, so that its parts are written as they were read.
  const form = await sha256(utf8(JSON.stringify(file.form)));
  return {
    fingerprint: toHex(await sha256(utf8(text))),
    head: joined(TAG, ofHex(file.round), ofHex(file.electorate), form),
    key: ofBase64(file.key),
    observers: ofBase64(file.observers),
    questions: file.form,
  };
}

/** The name of a question whose text is too long. */
export function long(poll: Poll, answers: FormData): string | undefined {
  return poll.questions.find(({ name, choices, limit }) => !choices.length && written(name, answers).length > limit)?.name;
}

/** How many questions with choices were left without one. */
export function blank(poll: Poll, answers: FormData): number {
  return poll.questions.filter(({ name, choices }) => choices.length && !answers.has(`q-${name}`)).length;
}

/** A question's field bears a mark, so that none is taken for the page's own. */
export function packed(poll: Poll, answers: FormData): Bytes {
  return joined(...poll.questions.map((question) => packedOne(question, answers)));
}

function packedOne({ name, choices, limit }: Question, answers: FormData): Bytes {
  if (choices.length) return Uint8Array.of(choices.indexOf(String(answers.get(`q-${name}`) ?? "")) + 1);
  const text = written(name, answers);
  return joined(Uint8Array.of(text.length >> 8, text.length & 255), text, new Uint8Array(limit - text.length));
}

function written(name: string, answers: FormData): Bytes {
  return utf8(String(answers.get(`q-${name}`) ?? "").trim());
}
