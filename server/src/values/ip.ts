/**
 * IPv4 and IPv6 addresses and CIDR blocks. ipaddr.js parses and prints; the arithmetic is on bigints, so that one code
 * path serves both families. Text is taken strictly: no octal or hexadecimal IPv4, no short IPv4, no zone index.
 */
import ipaddr from 'ipaddr.js';
import { isProblem, problem, shown, type ValueProblem } from './problem.ts';

export type Family = 4 | 6;

/** An address: `value` is its number, `text` its canonical spelling (RFC 5952 for IPv6). */
export interface Ip {
  readonly family: Family;
  readonly value: bigint;
  readonly text: string;
}

/** A block of addresses. `first` is the network address and `last` the highest one (the broadcast address in IPv4). */
export interface Cidr {
  readonly family: Family;
  readonly prefix: number;
  readonly network: Ip;
  readonly first: bigint;
  readonly last: bigint;
  /** Canonical: `10.4.10.0/24`. */
  readonly text: string;
}

/** An address together with its subnet, as an interface is configured: `10.4.10.5/24`. */
export interface IpInterface {
  readonly ip: Ip;
  readonly cidr: Cidr;
}

const MAX_TEXT = 64;

/** Reads an address such as `10.4.10.1` or `fd00::1`. Never throws. */
export function parseIp(text: string): Ip | ValueProblem {
  if (text.length <= MAX_TEXT) {
    if (ipaddr.IPv4.isValidFourPartDecimal(text)) return makeIp(4, fromBytes(ipaddr.IPv4.parse(text).toByteArray()));
    if (isIpv6(text)) return makeIp(6, fromBytes(ipaddr.IPv6.parse(text).toByteArray()));
  }
  return problem(`${shown(text)} is not an IP address`, mendIp(text));
}

/**
 * Reads a block such as `10.4.10.0/24`. Bits behind the prefix must be zero: `10.4.10.5/24` is a problem that suggests
 * the block, because it is as often a wrong address as a wrong mask. Use `parseInterface` where an address is meant.
 */
export function parseCidr(text: string): Cidr | ValueProblem {
  const both = parseInterface(text);
  if (isProblem(both)) return both;
  if (both.ip.value === both.cidr.first) return both.cidr;
  return problem(`${shown(text)} is an address, not a network: bits behind /${both.cidr.prefix} are set`, both.cidr.text);
}

/** Reads an address with its prefix length, such as `10.4.10.5/24`. Never throws. */
export function parseInterface(text: string): IpInterface | ValueProblem {
  const [address = '', length, ...more] = text.length <= MAX_TEXT ? text.split('/') : [];
  const ip = parseIp(address);
  if (isProblem(ip) || more.length > 0) return problem(`${shown(text)} is not a network such as 10.4.10.0/24`);
  if (length === undefined) return problem(`${shown(text)} needs a prefix length`, `${ip.text}/${ip.family === 4 ? 24 : 64}`);
  const bits = bitsOf(ip.family);
  if (/^\d{1,3}$/u.test(length) && Number(length) <= bits) return { ip, cidr: blockOf(ip, Number(length)) };
  const mask =
    ip.family === 4 && ipaddr.IPv4.isValidFourPartDecimal(length) ? ipaddr.IPv4.parse(length).prefixLengthFromSubnetMask() : null;
  if (mask !== null) return problem(`${shown(text)}: write the mask as a prefix length`, `${ip.text}/${mask}`);
  return problem(`${shown(text)}: the prefix length is a number from 0 to ${bits}`);
}

/** The block of `prefix` bits that an address lies in; the prefix is cut to what the family has. */
export function blockOf(ip: Ip, prefix: number): Cidr {
  const bits = bitsOf(ip.family);
  const length = Math.min(Math.max(Math.trunc(prefix) || 0, 0), bits);
  const size = 1n << BigInt(bits - length);
  const first = ip.value - (ip.value % size);
  const network = makeIp(ip.family, first);
  return { family: ip.family, prefix: length, network, first, last: first + size - 1n, text: `${network.text}/${length}` };
}

/**
 * The nth address of a block, counted from its network address: `host(10)` of `10.4.10.0/24` is `10.4.10.10`.
 * @returns a problem for the network address, the broadcast address and everything outside
 */
export function hostOf(cidr: Cidr, n: number): Ip | ValueProblem {
  if (!Number.isSafeInteger(n) || n < 0) return problem(`host(${n}) of ${cidr.text}: the number must be a whole number from 0`);
  const value = cidr.first + BigInt(n);
  if (value > cidr.last)
    return problem(`host(${n}) lies outside ${cidr.text}, whose last address is ${makeIp(cidr.family, cidr.last).text}`);
  const ip = makeIp(cidr.family, value);
  if (!isNetworkOrBroadcast(ip, cidr)) return ip;
  return problem(`host(${n}) of ${cidr.text} is its ${value === cidr.first ? 'network' : 'broadcast'} address ${ip.text}`);
}

/** Whether an address, or a whole block, lies inside a block. Different families never contain each other. */
export function contains(cidr: Cidr, inner: Ip | Cidr): boolean {
  if (cidr.family !== inner.family) return false;
  return 'value' in inner
    ? inner.value >= cidr.first && inner.value <= cidr.last
    : inner.first >= cidr.first && inner.last <= cidr.last;
}

/** Whether two blocks share an address. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/**
 * Whether an address is its block's network or broadcast address, which no interface may have. IPv4 only; a /31 (a
 * point-to-point link, RFC 3021) and a /32 have neither.
 */
export function isNetworkOrBroadcast(ip: Ip, cidr: Cidr): boolean {
  if (ip.family !== 4 || cidr.family !== 4 || cidr.prefix >= 31) return false;
  return ip.value === cidr.first || ip.value === cidr.last;
}

/** Order for sorting: IPv4 before IPv6, then by number. */
export function compareIp(a: Ip, b: Ip): number {
  if (a.family !== b.family) return a.family - b.family;
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}

/**
 * The lowest address of a block that nobody has, for a quick fix. Leaves out the network and broadcast addresses and,
 * in IPv6, the subnet-router anycast address.
 * @param used addresses taken already; those outside the block do not matter
 */
export function nextFree(cidr: Cidr, used: Iterable<Ip>): Ip | ValueProblem {
  const taken = new Set<bigint>();
  for (const ip of used) if (ip.family === cidr.family) taken.add(ip.value);
  const whole = cidr.prefix >= bitsOf(cidr.family) - 1;
  const end = cidr.family === 4 && !whole ? cidr.last - 1n : cidr.last;
  // At most one step per used address, so a /64 costs no more than its design.
  for (let value = whole ? cidr.first : cidr.first + 1n; value <= end; value += 1n) {
    if (!taken.has(value)) return makeIp(cidr.family, value);
  }
  return problem(`${cidr.text} has no free address left`);
}

/** How many addresses of a block hosts can have (in IPv4 without network and broadcast). */
export function hostCount(cidr: Cidr): bigint {
  const all = cidr.last - cidr.first + 1n;
  return cidr.family === 4 && cidr.prefix < 31 ? all - 2n : all;
}

/** An address from its number; a number outside the family wraps around. */
export function makeIp(family: Family, value: bigint): Ip {
  const bits = bitsOf(family);
  const kept = BigInt.asUintN(bits, value);
  const bytes: number[] = [];
  for (let shift = bits - 8; shift >= 0; shift -= 8) bytes.push(Number((kept >> BigInt(shift)) & 0xffn));
  const text = family === 4 ? bytes.join('.') : new ipaddr.IPv6(bytes).toRFC5952String();
  return { family, value: kept, text };
}

function bitsOf(family: Family): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/** ipaddr.js alone also takes zone indexes and hexadecimal IPv4 tails. */
function isIpv6(text: string): boolean {
  if (!/^[\da-f:.]+$/iu.test(text) || !text.includes(':')) return false;
  const tail = text.slice(text.lastIndexOf(':') + 1);
  return (!tail.includes('.') || ipaddr.IPv4.isValidFourPartDecimal(tail)) && ipaddr.IPv6.isValid(text);
}

/** Leading zeros (`010.004.010.001`) are the one slip with a sure repair. */
function mendIp(text: string): string | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/u.test(text)) return undefined;
  const plain = text.split('.').map(Number).join('.');
  return plain !== text && ipaddr.IPv4.isValidFourPartDecimal(plain) ? plain : undefined;
}

function fromBytes(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
