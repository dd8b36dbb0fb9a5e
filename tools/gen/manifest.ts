/** The settings' schema in package.json, from the rules. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../server/src/rules/generated/index.ts';

export function generate(root: string): [string, string][] {
  const path = join(root, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as {
    contributes?: { configuration?: { properties?: Record<string, unknown> } };
  };
  const properties = manifest.contributes?.configuration?.properties;
  if (!properties) return [];
  const sorted = [...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
  properties['lintel.rules'] = {
    type: 'object',
    order: 1,
    scope: 'resource',
    default: {},
    markdownDescription:
      'How strictly rules are applied: rule code → `error`, `warning`, `info`, `hint` or `off`. A `policy` in a design wins over this setting.',
    additionalProperties: false,
    properties: Object.fromEntries(
      sorted.map((rule) => [
        rule.code,
        { type: 'string', enum: ['error', 'warning', 'info', 'hint', 'off'], default: rule.severity, description: rule.summary },
      ]),
    ),
  };
  return [['package.json', `${JSON.stringify(manifest, null, 2)}\n`]];
}
