import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePciId, parseUsbId } from '../../server/src/values/hexid.ts';
import { isLocalMac, isMulticastMac, parseMac, parseWwn } from '../../server/src/values/mac.ts';
import { isProblem } from '../../server/src/values/problem.ts';

const textOf = (parsed: object) => ('text' in parsed ? parsed.text : parsed);

describe('MAC and WWN', () => {
  it.each(['00:50:56:AA:BB:CC', '00-50-56-aa-bb-cc', '0050.56aa.bbcc', '005056aabbcc', '0:50:56:aa:bb:cc'])('%s', (text) => {
    expect(textOf(parseMac(text))).toBe('00:50:56:aa:bb:cc');
  });

  it.each(['50:01:43:80:12:34:56:78', '5001438012345678', 'naa.5001438012345678', '0x5001438012345678', '5001.4380.1234.5678'])(
    '%s',
    (text) => {
      expect(textOf(parseWwn(text))).toBe('50:01:43:80:12:34:56:78');
    },
  );

  it.each(['', '00:50:56:aa:bb', '00:50:56:aa:bb:cc:dd', '00:50-56:aa:bb:cc', '00:50:56:aa:bb:gg', '0050.56aabbcc', '::::::'])(
    '%j is no MAC',
    (text) => {
      expect(isProblem(parseMac(text))).toBe(true);
    },
  );

  it('knows group and local addresses', () => {
    const mac = (text: string) => ({ text });
    expect(isMulticastMac(mac('01:00:5e:00:00:01'))).toBe(true);
    expect(isMulticastMac(mac('00:50:56:00:00:01'))).toBe(false);
    expect(isLocalMac(mac('02:00:00:00:00:01'))).toBe(true);
  });
});

describe('PCI and USB ids', () => {
  it('reads them', () => {
    expect(parsePciId('8086:1572')).toEqual({ vid: '8086', did: '1572', text: '8086:1572' });
    expect(parsePciId('8086:1572:1028:1F9C')).toMatchObject({ svid: '1028', ssid: '1f9c', text: '8086:1572:1028:1f9c' });
    expect(parseUsbId('0529:0001')).toEqual({ vid: '0529', pid: '0001', text: '0529:0001' });
  });

  it.each([
    ['0x8086:0x1572', '8086:1572'],
    ['8086:1572 1028:1f9c', '8086:1572:1028:1f9c'],
    ['8086:1572:1028', undefined],
    ['8086', undefined],
    ['intel', undefined],
  ])('%s is a problem that suggests %s', (text, suggestion) => {
    const parsed = parsePciId(text);
    expect(isProblem(parsed) ? parsed.suggestion : 'an id').toBe(suggestion);
  });

  it('mends the spelling of Windows', () => {
    expect(parseUsbId('VID_0529&PID_0001')).toMatchObject({ suggestion: '0529:0001' });
  });
});

it('none of them ever throws, and what parses prints as itself', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9a-fA-F:.x -]{0,26}$/));
  fc.assert(
    fc.property(texts, (text) => {
      for (const parse of [parseMac, parseWwn, parsePciId, parseUsbId]) {
        const parsed = parse(text);
        if (!isProblem(parsed)) expect(parse(parsed.text)).toEqual(parsed);
        else if (parsed.suggestion !== undefined) expect(isProblem(parse(parsed.suggestion))).toBe(false);
      }
    }),
  );
});
