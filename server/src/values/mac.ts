/** Ethernet addresses (EUI-48) and Fibre Channel world wide names: read in any usual spelling, printed in one. */
import { problem, shown, type ValueProblem } from './problem.ts';

/** Canonical lower case with colons: `00:50:56:aa:bb:cc` (6 bytes) or `50:01:43:80:12:34:56:78` (8 bytes). */
export interface HexAddress {
  readonly text: string;
}

/** Reads a MAC: `00:50:56:AA:BB:CC`, `00-50-56-aa-bb-cc`, `0050.56aa.bbcc` or `005056aabbcc`. Never throws. */
export function parseMac(text: string): HexAddress | ValueProblem {
  const bytes = hexBytes(text, 6);
  if (bytes !== undefined) return { text: bytes };
  return problem(`${shown(text)} is not a MAC address; write six bytes such as 00:50:56:aa:bb:cc`);
}

/** Reads a WWN: `50:01:43:80:12:34:56:78`, `5001438012345678`, `naa.5001…`, `0x5001…`. Never throws. */
export function parseWwn(text: string): HexAddress | ValueProblem {
  const bytes = hexBytes(text.replace(/^(?:naa\.|wwn[.-]|0x)/iu, ''), 8);
  if (bytes !== undefined) return { text: bytes };
  return problem(`${shown(text)} is not a WWN; write eight bytes such as 50:01:43:80:12:34:56:78`);
}

/** A group address, which no NIC may have as its own: the lowest bit of the first byte. */
export function isMulticastMac(mac: HexAddress): boolean {
  return (firstByte(mac) & 1) === 1;
}

/** Locally administered (not from a manufacturer's block): virtual MAC pools, Hyper-V and Xen guests. */
export function isLocalMac(mac: HexAddress): boolean {
  return (firstByte(mac) & 2) === 2;
}

function firstByte(mac: HexAddress): number {
  return Number.parseInt(mac.text.slice(0, 2), 16) || 0;
}

/** The bytes of a text in one consistent spelling, with colons; `undefined` for anything else. */
function hexBytes(text: string, count: number): string | undefined {
  if (text.length > 3 * count) return undefined;
  const [one = '', ...rest] = text.split(/[:-]/u);
  const pairs = rest.length > 0 && new Set(text.match(/[:-]/gu)).size === 1;
  // Separated bytes may lack a leading zero (`0:50:56:…`), as some tools print them.
  const digits = pairs ? [one, ...rest].map((byte) => (/^[\da-f]$/iu.test(byte) ? `0${byte}` : byte)) : undotted(text);
  if (digits === undefined || digits.length !== count || !digits.every((byte) => /^[\da-f]{2}$/iu.test(byte))) return undefined;
  return digits.join(':').toLowerCase();
}

/** `0050.56aa.bbcc` and `005056aabbcc` as bytes. */
function undotted(text: string): readonly string[] | undefined {
  if (!/^(?:[\da-f]+|[\da-f]{4}(?:\.[\da-f]{4})+)$/iu.test(text)) return undefined;
  return text.replaceAll('.', '').match(/../gu) ?? undefined;
}
