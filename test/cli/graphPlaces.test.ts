import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, lintel } from './kit.ts';

const files = (places: string | Uint8Array): string =>
  folderOf({ 'plant.lintel': 'host esx1\nhost esx2\nhost esx3\n', 'plant.lintel-places': places });
const moved = 'overview  host esx2  x 900  y 0\n';
const placeOf = (svg: string, id: string): string | undefined =>
  new RegExp(`data-id="${id}"[^>]* data-at="([^"]*)"`).exec(svg)?.[1];
const draw = async (at: string, ...args: readonly string[]): Promise<{ svg: string; err: string; code: number }> => {
  const { code, err, out } = await lintel(at, ['graph', '-o', '-', ...args]);
  return { svg: out, err, code };
};

describe('lintel graph with a file of places beside the design', () => {
  it('draws boxes where they were dragged, in the view in which they were, unless told', async () => {
    const at = files(moved);
    expect(placeOf((await draw(at)).svg, 'host:esx2')).toBe('900 0');
    expect(placeOf((await draw(at, '--view', 'placement')).svg, 'host:esx2')).not.toBe('900 0');
    const plain = await draw(folderOf({ 'plant.lintel': 'host esx1\nhost esx2\nhost esx3\n' }));
    expect((await draw(at, '--no-places')).svg).toBe(plain.svg);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['binary', new Uint8Array([0x6f, 0xff, 0x00, 0xfe]), 'plant.lintel-places: '],
    ['too large', `${moved}${'#'.repeat(1_000_001)}`, 'plant.lintel-places: This is too large to be a file of places.'],
  ])('that is %s: says so and draws without it', async (_, places, message) => {
    const { code, err, svg } = await draw(files(places));
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining(message) });
    expect(placeOf(svg, 'host:esx2')).not.toBe('900 0');
  });

  it('that is a link to something else is not followed', async () => {
    const at = folderOf({ 'plant.lintel': 'host esx1\nhost esx2\n', 'other/x': moved });
    symlinkSync(join(at, 'other/x'), join(at, 'plant.lintel-places'));
    const { code, err } = await draw(at);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('links are not followed') });
  });

  it('that says nothing we know draws as if it were not there', async () => {
    const { err, svg } = await draw(files('<<<<<<< HEAD\n\u001b[31mhello\n'));
    expect(err).toBe('');
    expect(placeOf(svg, 'host:esx1')).toBe('0 0');
  });
});
