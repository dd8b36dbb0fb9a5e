import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockOf,
  type Cidr,
  compareIp,
  contains,
  hostCount,
  hostOf,
  type Ip,
  isNetworkOrBroadcast,
  makeIp,
  nextFree,
  overlaps,
  parseCidr,
  parseInterface,
  parseIp,
} from '../../server/src/values/ip.ts';
import { isProblem } from '../../server/src/values/problem.ts';

const ip = (text: string): Ip => {
  const parsed = parseIp(text);
  if (isProblem(parsed)) throw new Error(parsed.problem);
  return parsed;
};
const cidr = (text: string): Cidr => {
  const parsed = parseCidr(text);
  if (isProblem(parsed)) throw new Error(parsed.problem);
  return parsed;
};
const anyIp = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map((value) => makeIp(4, value)),
  fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map((value) => makeIp(6, value)),
);

describe('addresses', () => {
  it('reads and prints both families canonically', () => {
    expect(ip('10.4.10.1')).toEqual({ family: 4, value: 0x0a040a01n, text: '10.4.10.1' });
    expect(ip('FD00:0:0:0::1').text).toBe('fd00::1');
    expect(ip('::ffff:10.0.0.1').text).toBe('::ffff:a00:1');
  });

  it.each(['', '10.4.10', '10.4.10.256', '0x7f.0.0.1', 'fe80::1%eth0', '::ffff:0x1.2.3.4', '1::2::3', '10.4.10.1 ', 'host'])(
    '%j is none',
    (text) => {
      expect(isProblem(parseIp(text))).toBe(true);
    },
  );

  it('mends leading zeros, which other programs read as octal', () => {
    expect(parseIp('010.004.010.001')).toMatchObject({ suggestion: '10.4.10.1' });
  });

  it('round-trips and orders', () => {
    fc.assert(fc.property(anyIp, (address) => void expect(ip(address.text)).toEqual(address)));
    expect(
      ['fd00::1', '10.0.0.10', '10.0.0.9']
        .map(ip)
        .sort(compareIp)
        .map((each) => each.text),
    ).toEqual(['10.0.0.9', '10.0.0.10', 'fd00::1']);
  });
});

describe('blocks', () => {
  it('reads a block', () => {
    expect(cidr('10.4.100.0/22')).toMatchObject({ prefix: 22, first: 0x0a046400n, last: 0x0a0467ffn, text: '10.4.100.0/22' });
    expect(cidr('fd00:10::/64')).toMatchObject({ family: 6, prefix: 64 });
    expect(cidr('0.0.0.0/0').last).toBe(2n ** 32n - 1n);
  });

  it.each([
    ['10.4.10.5/24', '10.4.10.0/24'],
    ['10.4.10.0', '10.4.10.0/24'],
    ['10.4.10.0/255.255.252.0', '10.4.10.0/22'],
    ['10.4.10.0/33', undefined],
    ['10.4.10.0/24/1', undefined],
    ['10.4.10.0/', undefined],
    ['fd00::/129', undefined],
    ['nowhere/24', undefined],
  ])('%s is no block, suggests %s', (text, suggestion) => {
    const parsed = parseCidr(text);
    expect(isProblem(parsed) ? parsed.suggestion : 'a block').toBe(suggestion);
  });

  it('reads an interface', () => {
    const parsed = parseInterface('10.4.10.5/24');
    expect(isProblem(parsed) ? parsed : [parsed.ip.text, parsed.cidr.text]).toEqual(['10.4.10.5', '10.4.10.0/24']);
  });

  it('numbers its hosts', () => {
    const block = cidr('10.4.10.0/24');
    const at = (n: number) => {
      const host = hostOf(block, n);
      return isProblem(host) ? host.problem : host.text;
    };
    expect(at(11)).toBe('10.4.10.11');
    expect(at(0)).toMatch(/network address/);
    expect(at(255)).toMatch(/broadcast address/);
    expect(at(256)).toMatch(/outside 10\.4\.10\.0\/24.*10\.4\.10\.255/);
    expect(at(-1)).toMatch(/whole number/);
    expect(at(1.5)).toMatch(/whole number/);
  });

  it('exempts point-to-point blocks', () => {
    expect(isNetworkOrBroadcast(ip('10.0.0.0'), cidr('10.0.0.0/31'))).toBe(false);
    expect(isNetworkOrBroadcast(ip('10.0.0.3'), cidr('10.0.0.0/30'))).toBe(true);
    expect(hostCount(cidr('10.0.0.0/31'))).toBe(2n);
    expect(hostCount(cidr('10.0.0.0/24'))).toBe(254n);
  });

  it('contains and overlaps', () => {
    expect(contains(cidr('10.4.0.0/16'), cidr('10.4.10.0/24'))).toBe(true);
    expect(contains(cidr('10.4.10.0/24'), cidr('10.4.0.0/16'))).toBe(false);
    expect(contains(cidr('::/0'), ip('10.0.0.1'))).toBe(false);
    expect(overlaps(cidr('10.4.0.0/16'), cidr('10.4.10.0/24'))).toBe(true);
    expect(overlaps(cidr('10.4.11.0/24'), cidr('10.4.10.0/24'))).toBe(false);
  });

  it('finds the next free address', () => {
    const block = cidr('10.0.0.0/29');
    const used = ['10.0.0.1', '10.0.0.2', '10.0.0.4', '192.168.0.3', 'fd00::3'].map(ip);
    expect(nextFree(block, used)).toMatchObject({ text: '10.0.0.3' });
    expect(nextFree(cidr('fd00::/64'), [])).toMatchObject({ text: 'fd00::1' });
    expect(nextFree(cidr('10.0.0.0/31'), [ip('10.0.0.0')])).toMatchObject({ text: '10.0.0.1' });
    const full = Array.from({ length: 6 }, (_, index) => makeIp(4, block.first + BigInt(index + 1)));
    expect(isProblem(nextFree(block, full))).toBe(true);
  });

  it('holds every address it was made from, and its text gives it back', () => {
    fc.assert(
      fc.property(anyIp, fc.nat({ max: 140 }), (address, prefix) => {
        const block = blockOf(address, prefix);
        expect(contains(block, address)).toBe(true);
        expect(parseCidr(block.text)).toEqual(block);
      }),
    );
  });

  it('never throws', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9a-f.:/]{0,30}$/), fc.ipV6(), fc.ipV4Extended());
    fc.assert(
      fc.property(texts, (text) => {
        for (const parsed of [parseIp(text), parseCidr(text), parseCidr(`${text}/24`), parseInterface(`${text}/${text}`)]) {
          if (isProblem(parsed) && parsed.suggestion !== undefined)
            expect(isProblem(parseInterface(parsed.suggestion)) && isProblem(parseIp(parsed.suggestion))).toBe(false);
        }
      }),
    );
  });
});
