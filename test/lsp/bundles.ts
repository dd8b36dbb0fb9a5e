/** The bundles that are tested as programs, built anew when a source is younger than they are. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export const programs: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'dist/server.mjs --stdio', args: [join(root, 'dist/server.mjs'), '--stdio'] },
  { name: 'dist/lintel.mjs lsp --stdio', args: [join(root, 'dist/lintel.mjs'), 'lsp', '--stdio'] },
];

export function ensureBundles(): void {
  const bundles = ['dist/server.mjs', 'dist/lintel.mjs'].map((file) => join(root, file));
  const built = Math.min(...bundles.map((file) => (existsSync(file) ? statSync(file).mtimeMs : 0)));
  if (['server/src', 'cli/src'].every((folder) => youngest(join(root, folder)) <= built)) return;
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'esbuild.mjs'), '--only=server,cli'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The bundles could not be built:\n${stderr}`);
}

const youngest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
