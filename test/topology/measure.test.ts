import { describe, expect, test } from 'vitest';
import { displayText, ellipsize, measureLeaf, textWidth } from '../../server/src/topology/measure.ts';
import { networkStyles } from '../../server/src/topology/networkStyle.ts';

const none = { networks: [], stores: [] };

describe('text', () => {
  test('width grows with every character, and bold is wider', () => {
    expect(textWidth('', 'title')).toBe(0);
    expect(textWidth('esx1', 'title')).toBeLessThan(textWidth('esx12', 'title'));
    expect(textWidth('Management Network', 'detail') / 10.5).toBeLessThan(textWidth('Management Network', 'title') / 12.5);
  });

  test('scripts, emoji and combining marks are counted', () => {
    expect(textWidth('主机', 'title')).toBeGreaterThanOrEqual(25);
    expect(textWidth('🖥️', 'title')).toBeGreaterThan(12);
    expect(textWidth('e\u0301', 'title')).toBe(textWidth('e', 'title'));
  });

  test('ellipsis: as much as fits, whole characters only', () => {
    expect(ellipsize('short', 'title', 200)).toBe('short');
    const cut = ellipsize('a very long name of a virtual machine', 'title', 100);
    expect(cut.endsWith('…')).toBe(true);
    expect(textWidth(cut, 'title')).toBeLessThanOrEqual(100);
    expect(ellipsize('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 'title', 70)).not.toMatch(/\u200d…|[\ud800-\udbff]…/);
  });

  test('what XML forbids or what turns the reading direction around is made visible', () => {
    expect(displayText('a\u0000b\u001bc\u202ed')).toBe('a\ufffdb\ufffdc\ufffdd');
    expect(displayText('two\nlines\there')).toBe('two lines here');
    expect(displayText('\ud800')).toBe('\ufffd');
  });
});

describe('boxes', () => {
  test('grow with their contents and stop at a limit', () => {
    const small = measureLeaf({ id: 'a', role: 'vm', label: 'a' }, none, true);
    const larger = measureLeaf({ id: 'a', role: 'vm', label: 'a', detail: '4 vCPU · 16 GB' }, none, true);
    const huge = measureLeaf({ id: 'a', role: 'vm', label: 'a'.repeat(500), detail: 'b'.repeat(500) }, none, true);
    expect(larger.height).toBeGreaterThan(small.height);
    expect(larger.width).toBeGreaterThanOrEqual(small.width);
    expect(huge.width).toBeLessThan(320);
  });

  test('a folded range has room for its count and its stack', () => {
    const one = measureLeaf({ id: 'a', role: 'vm', label: 'web[1..160]' }, none, true);
    const many = measureLeaf({ id: 'a', role: 'vm', label: 'web[1..160]', count: 160 }, none, true);
    expect(many.width).toBeGreaterThan(one.width + 20);
  });
});

describe('networks', () => {
  test('each has a code of its own, made from its name', () => {
    const labels = [
      'admin',
      'storage-a',
      'storage-b',
      'migration',
      'control',
      'contracts',
      'dmz',
      'vlan10',
      'vlan20',
      '管理',
      '1',
      '',
    ];
    const styles = [...networkStyles(labels.map((label, at) => ({ id: `n${at}`, label }))).values()];
    expect(new Set(styles.map((style) => style.code)).size).toBe(labels.length);
    expect(styles.slice(0, 5).map((style) => style.code)).toEqual(['AD', 'SA', 'SB', 'MI', 'CO']);
    for (const style of styles) expect(textWidth(style.code, 'code')).toBeLessThanOrEqual(23);
  });

  test('colour and pattern together repeat only after 32', () => {
    const styles = [...networkStyles(Array.from({ length: 32 }, (_, at) => ({ id: `n${at}`, label: `net ${at}` }))).values()];
    expect(new Set(styles.map(({ colour, pattern }) => `${colour}/${pattern}`)).size).toBe(32);
  });
});
