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

/** undefined where a text is too long. A question's field bears a mark, so that none is taken for the page's own. */
export function packed(poll: Poll, answers: FormData): Bytes | undefined {
  const parts = poll.questions.map((question) => packedOne(question, String(answers.get(`q-${question.name}`) ?? "")));
  return parts.every((part) => part !== undefined) ? joined(...parts) : undefined;
}

function packedOne({ choices, limit }: Question, answer: string): Bytes | undefined {
  if (choices.length) return Uint8Array.of(choices.indexOf(answer) + 1);
  const text = utf8(answer.trim());
  if (text.length > limit) return undefined;
  return joined(Uint8Array.of(text.length >> 8, text.length & 255), text, new Uint8Array(limit - text.length));
}
