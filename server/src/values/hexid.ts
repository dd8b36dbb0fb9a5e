/** PCI and USB device ids: 16-bit hexadecimal numbers joined by colons, as lspci, lsusb and the compatibility lists print them. */
import { problem, shown, type ValueProblem } from './problem.ts';

/** A PCI id; each part is four lower-case hex digits. The subsystem parts stand together or not at all. */
export interface PciId {
  readonly vid: string;
  readonly did: string;
  readonly svid?: string;
  readonly ssid?: string;
  /** Canonical: `8086:1572` or `8086:1572:1028:1f9c`. */
  readonly text: string;
}

/** A USB id, `vendor:product`, each four lower-case hex digits. */
export interface UsbId {
  readonly vid: string;
  readonly pid: string;
  readonly text: string;
}

/** Reads `8086:1572` or `8086:1572:1028:1f9c`. Never throws. */
export function parsePciId(text: string): PciId | ValueProblem {
  const [vid, did, svid, ssid, ...more] = parts(text);
  if (vid !== undefined && did !== undefined && more.length === 0) {
    if (svid === undefined) return { vid, did, text: `${vid}:${did}` };
    if (ssid !== undefined) return { vid, did, svid, ssid, text: `${vid}:${did}:${svid}:${ssid}` };
  }
  return problem(
    `${shown(text)} is not a PCI id; write vendor:device, such as 8086:1572, or vendor:device:subvendor:subdevice`,
    mend(text, [2, 4]),
  );
}

/** Reads `0529:0001`. Never throws. */
export function parseUsbId(text: string): UsbId | ValueProblem {
  const [vid, pid, ...more] = parts(text);
  if (vid !== undefined && pid !== undefined && more.length === 0) return { vid, pid, text: `${vid}:${pid}` };
  return problem(`${shown(text)} is not a USB id; write vendor:product, such as 0529:0001`, mend(text, [2]));
}

/** The colon-separated groups of a well-formed id, lower case; empty when any group is not four hex digits. */
function parts(text: string): readonly string[] {
  if (text.length > 24 || !/^[\da-f]{4}(?::[\da-f]{4})+$/iu.test(text)) return [];
  return text.toLowerCase().split(':');
}

/** Other usual spellings: `0x8086:0x1572`, `8086 1572`, `8086:1572 1028:1f9c`, `VID_0529&PID_0001`. */
function mend(text: string, counts: readonly number[]): string | undefined {
  if (text.length > 64) return undefined;
  const words = text
    .toLowerCase()
    .replace(/0x|vid_|pid_|ven_|dev_/gu, '')
    .split(/[\s:,;&/-]+/u)
    .filter((word) => word !== '');
  if (!counts.includes(words.length) || !words.every((word) => /^[\da-f]{1,4}$/u.test(word))) return undefined;
  const mended = words.map((word) => word.padStart(4, '0')).join(':');
  return mended === text ? undefined : mended;
}
