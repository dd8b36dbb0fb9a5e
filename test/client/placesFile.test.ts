import { describe, expect, it } from 'vitest';
import { readPlacesFile } from '../../client/src/topology/placesFile.ts';

const bytes = (text: string) => async () => new TextEncoder().encode(text);

describe('the file of dragged places, on the disk', () => {
  it('is read; where there is none it is empty', async () => {
    expect(await readPlacesFile({ type: 1, size: 3 }, bytes('a\u00e9'))).toEqual({ text: 'a\u00e9' });
    expect(await readPlacesFile(undefined, bytes('x'))).toEqual({ text: '' });
  });

  it('that is a link, a folder, too large or no text is left alone, not taken for an empty one', async () => {
    const never = async (): Promise<Uint8Array> => {
      throw new Error('was read');
    };
    expect(await readPlacesFile({ type: 1 | 64, size: 3 }, never)).toEqual({
      problem: expect.stringContaining('links are not followed'),
    });
    expect(await readPlacesFile({ type: 2, size: 0 }, never)).toHaveProperty('problem');
    expect(await readPlacesFile({ type: 1, size: 3_000_000 }, never)).toEqual({ problem: expect.stringContaining('too large') });
    expect(await readPlacesFile({ type: 1, size: 2 }, async () => Uint8Array.of(0xe9, 0x20))).toEqual({
      problem: expect.stringContaining('UTF-8'),
    });
  });
});
