/** What a voter's device does between slip and receipt: commit, prepare and blind; seal the answers to the observers. */
import { RSABSSA } from "@cloudflare/blindrsa-ts";
import { joined, ofBase64, random, sha256, toBase64, utf8, type Bytes } from "./bytes";
import type { Poll } from "./poll";

const SALT = 32;
const SERIAL = 16;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const INFO = utf8("xianfeng ballot opening 1");
const suite = RSABSSA.SHA384.PSS.Randomized();

/** Kept on the device until it is signed: neither the answers nor the salt are in it but under the observers' key. */
export interface Pending {
  code: string;
  message: string;
  content: string;
  blinded: string;
  inverse: string;
}

/** Kept from then until it is cast; nothing in it says any more which code it was signed for. */
export interface Ballot {
  message: string;
  content: string;
  signature: string;
}

export async function prepared(poll: Poll, answers: Bytes, code: string): Promise<Pending> {
  const content = joined(random(SALT), answers);
  const message = suite.prepare(joined(poll.head, random(SERIAL), await sha256(content)));
  const { blindedMsg, inv } = await suite.blind(await publicKey(poll), message);
  return {
    code,
    message: toBase64(message),
    content: toBase64(await sealed(content, poll.observers, Uint8Array.from(message))),
    blinded: toBase64(blindedMsg),
    inverse: toBase64(inv),
  };
}

/** Throws where the issuer answered with no signature. */
export async function finished(poll: Poll, { message, content, inverse }: Pending, answer: string): Promise<Ballot> {
  const key = await publicKey(poll);
  const signature = await suite.finalize(key, ofBase64(message), ofBase64(answer), ofBase64(inverse));
  return { message, content, signature: toBase64(signature) };
}

function publicKey(poll: Poll): Promise<CryptoKey> {
  return crypto.subtle.importKey("spki", poll.key, { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);
}

async function sealed(content: Bytes, observers: Bytes, message: Bytes): Promise<Bytes> {
  const own = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const theirs = await crypto.subtle.importKey("raw", observers, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const derived = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: joined(INFO, point, observers) };
  const key = await crypto.subtle.deriveKey(derived, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const how = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: message };
  return joined(point, new Uint8Array(await crypto.subtle.encrypt(how, key, content)));
}
