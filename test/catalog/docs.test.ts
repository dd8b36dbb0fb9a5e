import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { catalogSchema } from '../../server/src/catalog/fields.ts';
import { parseCatalog } from '../../server/src/catalog/load.ts';
import { deviceKinds, listedStatuses } from '../../server/src/catalog/types.ts';

const page = readFileSync(new URL('../../docs/catalog.md', import.meta.url), 'utf8');

it('docs/catalog.md names every field, kind and status', () => {
  const names = new Set<string>([...deviceKinds, ...listedStatuses]);
  const walk = (schema: unknown) => {
    if (typeof schema !== 'object' || schema === null) return;
    const { properties, items } = schema as { properties?: object; items?: unknown };
    for (const [name, field] of Object.entries(properties ?? {})) {
      names.add(name);
      walk(field);
    }
    walk(items);
  };
  walk(catalogSchema());
  expect([...names].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

it('its examples load', () => {
  const blocks = [...page.matchAll(/```json\n(.*?)```/gsu)].map((match) => match[1] ?? '');
  expect(blocks.length).toBeGreaterThan(3);
  for (const block of blocks) {
    const driver = `"devices": [{ "id": "a", "kind": "nic", "vendor": "V", "model": "M", "releases": [{ "product": "esxi", "version": "8.0", "status": "supported", ${block} }] }]`;
    const text = block.startsWith('{')
      ? block
      : `{ "lintelCatalog": 1, "name": "n", "source": "s", ${block.startsWith('"drivers"') ? driver : block} }`;
    expect([block, parseCatalog(text, 'docs').problems]).toEqual([block, []]);
  }
});
