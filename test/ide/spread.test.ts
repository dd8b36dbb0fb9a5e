import { describe, expect, it } from 'vitest';
import { lookFor } from '../../server/src/ide/names/spread.ts';

describe('the look for a name', () => {
  const sees = (name: string, ...texts: string[]): void => {
    const look = lookFor([name]);
    for (const text of texts) expect(look(text), text).toBe(true);
  };
  it('sees every way to write it', () => {
    sees(
      'esx2',
      'esx2',
      'esx[1..3]',
      'esx(i)',
      'esx(1 + (i))',
      '"esx{i}"',
      'hosts esx[i in 1..3].x',
      'es*',
      'a.es*',
      '*2',
      '*',
      'a, esx2, b',
    );
    sees('p30-ds-vm', 'p30-ds-vm', 'p[1..40]-ds-vm', 'p3[0..9]-ds-vm', 'p(i)-ds-vm');
    sees('VM Network', '"VM Network"');
    sees('a "b" \\ {c}', '"a \\"b\\" \\\\ \\{c}"');
    sees('10.4 GHz (x)', '"10.4 GHz (x)"');
  });
  it('does not see others', () => {
    const look = lookFor(['esx2', 'esx3']);
    for (const text of ['esx', 'ex2', 'host e', '/* esx */', 'vms E3-*', 'es[1..3]']) expect(look(text), text).toBe(false);
    expect(lookFor(['p30-ds-vm'])('p31-ds-vm in p30-x host(10 + i)')).toBe(false);
  });
});
