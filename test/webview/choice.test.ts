import { describe, expect, test } from 'vitest';
import { chosen, folded, isSame, pictureKey } from '../../webview/src/choice.ts';

describe('a choice', () => {
  test('drops what is taken away, and empty lists', () => {
    expect(chosen({ focus: 'a', depth: 2, open: ['x'] }, { focus: undefined, depth: undefined, open: [] })).toEqual({});
    expect(chosen({ site: 'north' }, { tag: 'ot' })).toEqual({ site: 'north', tag: 'ot' });
  });

  test('what is opened is no longer shut, the last one last, and none twice', () => {
    const first = folded({ shut: ['a', 'b'] }, ['a', 'c'], []);
    expect(first).toEqual({ open: ['a', 'c'], shut: ['b'] });
    expect(folded(first, ['c'], ['a'])).toEqual({ open: ['c'], shut: ['b', 'a'] });
  });

  test('folds make no other picture, filters and focus do', () => {
    const key = pictureKey({}, 'network');
    expect(pictureKey({ open: ['a'], shut: ['b'] }, 'network')).toBe(key);
    expect(pictureKey({ depth: 1 }, 'network')).toBe(key);
    for (const choice of [{ focus: 'a' }, { site: 'a' }, { tag: 'a' }, { severity: 'error' }] as const)
      expect(pictureKey(choice, 'network')).not.toBe(key);
    expect(pictureKey({ site: 'a' }, '')).not.toBe(pictureKey({ cluster: 'a' }, ''));
  });

  test('is the same whatever the order of its parts', () => {
    expect(isSame({ view: 'a', site: 'b' }, { site: 'b', view: 'a' })).toBe(true);
    expect(isSame({ open: ['a', 'b'] }, { open: ['b', 'a'] })).toBe(false);
    expect(isSame({}, { view: 'a' })).toBe(false);
  });
});
