/** `npm run package`: builds and packs the VS Code extension as lintel.vsix, and holds its content and size to what may ship. */
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bytes, ensureDependencies, Problem, root, runMain, runNode } from './setup.mjs';

const VSIX = 'lintel.vsix';
const LIMIT = 3_000_000;
const vsce = join('node_modules', '@vscode', 'vsce', 'vsce');

/** What may stand in the package; .vscodeignore is what makes it so. */
const MAY_SHIP = [
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^dist\/((client|languageclient|topology)\.cjs|(server|export)\.mjs|webview\.(js|css)|layout[^/]*|THIRD-PARTY-NOTICES\.txt)$/,
  /^syntaxes\/[^/]+\.json$/,
  /^server\/src\/catalog\/schema\/[^/]+\.schema\.json$/, // checks hardware catalogues while they are written
  /^icons\/[^/]+\.(png|svg)$/,
  /^docs\/rules\/\w+\.md$/, // what "Explain Rule" shows
  /^docs\/images\/[\w-]+\.png$/, // what the README shows
];

async function main() {
  const missing = ['README.md', 'CHANGELOG.md', 'LICENSE'].filter((file) => !existsSync(join(root, file)));
  if (missing.length > 0) throw new Problem(`Missing, and a package needs it: ${missing.join(', ')}`);
  await ensureDependencies();
  if (!process.argv.includes('--no-build')) {
    const { code } = await runNode('esbuild.mjs', [], { quiet: true });
    if (code !== 0) throw new Problem('The build failed; the reason stands above.');
  }

  const list = await runNode(vsce, ['ls', '--no-dependencies'], { capture: true });
  if (list.code !== 0) throw new Problem(`vsce does not accept package.json:\n${list.output}`);
  const files = list.output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => existsSync(join(root, line)) && line !== '');
  const strangers = files.filter((file) => !MAY_SHIP.some((pattern) => pattern.test(file)));
  if (strangers.length > 0)
    throw new Problem(`These files must not be in the package (see .vscodeignore): ${strangers.join(', ')}`);
  const { contributes = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const named = [...JSON.stringify(contributes).matchAll(/"\.\/([^"]+\.(?:json|svg|png))"/g)].map(([, file]) => file);
  const bundles = ['client.cjs', 'languageclient.cjs', 'topology.cjs', 'server.mjs', 'export.mjs', 'webview.js'];
  const needed = [...named, ...bundles.map((file) => `dist/${file}`), 'dist/THIRD-PARTY-NOTICES.txt'];
  const absent = needed.filter((file) => !files.includes(file));
  if (absent.length > 0) throw new Problem(`These files are needed and would not be in the package: ${absent.join(', ')}`);

  rmSync(join(root, VSIX), { force: true });
  const pack = await runNode(
    vsce,
    ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', VSIX],
    { quiet: true },
  );
  if (pack.code !== 0) throw new Problem('vsce could not make the package; the reason stands above.');
  const { size } = statSync(join(root, VSIX));
  console.log(`${VSIX}: ${files.length} files, ${bytes(size)}`);
  if (size > LIMIT)
    throw new Problem(`${VSIX} is over the limit of ${bytes(LIMIT)}. "node esbuild.mjs --analyze" shows what takes the space.`);
  return 0;
}

await runMain(main);
