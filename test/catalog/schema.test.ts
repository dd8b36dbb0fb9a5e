import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogSchema } from '../../server/src/catalog/fields.ts';
import { parseCatalog } from '../../server/src/catalog/load.ts';

const folder = new URL('../../server/src/catalog/', import.meta.url);
const schemaFile = new URL('schema/lintel-catalog.schema.json', folder);
const read = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));
const data = readdirSync(new URL('data/', folder)).map((name) => new URL(`data/${name}`, folder));
const example = new URL('../../examples/catalogs/plant-hcl.json', import.meta.url);

// UPDATE_SCHEMA=1 writes the file anew after a change of fields.ts; `biome check --write` then formats it.
if (process.env.UPDATE_SCHEMA === '1') writeFileSync(schemaFile, `${JSON.stringify(catalogSchema(), null, 2)}\n`);

const validate = new Ajv2020({ strict: true, strictTypes: true }).compile(catalogSchema());

describe('the published schema', () => {
  it('is what the field table says', () => {
    expect(read(schemaFile)).toEqual(JSON.parse(JSON.stringify(catalogSchema())));
  });

  it('explains every field', () => {
    const unexplained: string[] = [];
    const walk = (schema: unknown, path: string) => {
      if (typeof schema !== 'object' || schema === null) return;
      const { properties, items } = schema as {
        properties?: Record<string, { title?: string; description?: string }>;
        items?: unknown;
      };
      for (const [name, field] of Object.entries(properties ?? {})) {
        if (!field.title || !/[.…]$/u.test(field.description ?? '')) unexplained.push(`${path}/${name}`);
        walk(field, `${path}/${name}`);
      }
      walk(items, `${path}[]`);
    };
    walk(catalogSchema(), '');
    expect(unexplained).toEqual([]);
  });

  it.each([...data, example].map((url) => [url.pathname.split('/').at(-1) ?? '', url] as const))(
    'accepts %s, and so does the loader',
    (_, url) => {
      expect(validate(read(url)) ? [] : validate.errors).toEqual([]);
      expect(parseCatalog(readFileSync(url, 'utf8'), url.href).problems).toEqual([]);
    },
  );

  it('agrees with the loader on files that somebody broke', () => {
    const text = readFileSync(example, 'utf8');
    const value = fc.oneof(
      fc.constantFrom(
        null,
        true,
        0,
        1,
        -1,
        1.5,
        1e9,
        '',
        ' ',
        'x',
        '8.0u3',
        '8086:1572',
        '10Gbps',
        'nic',
        'supported',
        '2026-10-01',
        [],
        {},
      ),
      fc.string({ maxLength: 3 }).map((word) => `?${word}`),
    );
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('replace', 'delete', 'add'), value, (at, change, replacement) => {
        const broken: unknown = JSON.parse(text);
        const places = placesOf(broken);
        const place = places[at % places.length];
        if (place === undefined) return;
        if (change === 'add') place.holder['y-extra'] = replacement;
        else if (change === 'replace' || Array.isArray(place.holder)) place.holder[place.key] = replacement;
        else delete place.holder[place.key];
        const { problems } = parseCatalog(JSON.stringify(broken), 'test:');
        // Repetitions are beyond a schema.
        const structural = problems.filter((each) => !/twice|belongs to|is the id of|backwards/.test(each.message));
        expect([structural.length === 0, change, place.key, replacement, structural]).toEqual([
          validate(broken),
          change,
          place.key,
          replacement,
          structural,
        ]);
      }),
      { numRuns: Number(process.env.LINTEL_FUZZ ?? 600) },
    );
  });
});

interface Spot {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesOf(value: unknown): Spot[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.entries(holder).flatMap(([key, inner]) => [{ holder, key }, ...placesOf(inner)]);
}
