/**
 * Makes dist/: the bundles that ship, and the notices of the third-party code in them.
 *
 *   node esbuild.mjs              production: minified, held against the size budgets
 *   node esbuild.mjs --watch      development: source maps, rebuilds when a source changes
 *   node esbuild.mjs --dev        development, once
 *   node esbuild.mjs --only=cli   some bundles only (names as in the table below, with commas); keeps the rest of dist/
 *   node esbuild.mjs --analyze    prints what takes the space
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import * as esbuild from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const options = new Set(process.argv.slice(2));
const only = process.argv
  .find((argument) => argument.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const watch = options.has('--watch');
const production = !watch && !options.has('--dev');

/** The oldest Node that the bundles meet: the extension host of VS Code 1.100, and the `node` of a machine that runs the CLI. */
const NODE = 'node20';

/**
 * What the sources may use (lib ES2024 in tsconfig.json; Chevrotain too) and Node 20 lacks. Put before everything else in the
 * bundle, as text: an inject file would run after the modules that need it have been hoisted.
 */
const POLYFILL = `{const group=(items,key,add)=>{let i=0;for(const item of items)add(key(item,i++),item)};
Object.groupBy??=(items,key)=>{const o=Object.create(null);group(items,key,(k,v)=>(o[k]??=[]).push(v));return o};
Map.groupBy??=(items,key)=>{const m=new Map();group(items,key,(k,v)=>m.has(k)?m.get(k).push(v):m.set(k,[v]));return m};
Promise.withResolvers??=function(){let resolve,reject;const promise=new this((a,b)=>{resolve=a;reject=b});return{promise,resolve,reject}};}`.replace(
  /\n/g,
  '',
);

/** CommonJS dependencies inside an ES module bundle call `require` for Node's own modules. */
const REQUIRE = `import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);`;

const esm = { platform: 'node', format: 'esm', target: NODE, banner: { js: REQUIRE + POLYFILL } };
const cjs = { platform: 'node', format: 'cjs', target: NODE, banner: { js: POLYFILL } };
/** In the extension host `import()` would go around VS Code's own `require`, which alone knows the module `vscode`. */
const client = { ...cjs, external: ['vscode'], supported: { 'dynamic-import': false } };

/**
 * The bundles: where each starts, where it goes, and the most that it may weigh (KB, minified). One that is `of` another is made with
 * it, and loaded by it when it is needed.
 */
const bundles = [
  {
    // What VS Code waits for when it starts the extension: as little as can be.
    name: 'client',
    entry: 'client/src/node.ts',
    budget: 25,
    build: { ...client, outfile: 'dist/client.cjs' },
  },
  {
    // Loaded right after the start.
    name: 'languageclient',
    of: 'client',
    entry: 'client/src/languageClient.ts',
    budget: 500,
    build: { ...client, outfile: 'dist/languageclient.cjs' },
  },
  {
    // Loaded with the first panel.
    name: 'topology',
    of: 'client',
    entry: 'client/src/topology/index.ts',
    budget: 50,
    build: { ...client, outfile: 'dist/topology.cjs' },
  },
  {
    name: 'server',
    entry: 'server/src/node.ts',
    budget: 2000,
    build: { ...esm, outfile: 'dist/server.mjs' },
  },
  {
    // Loaded when the first picture is exported: the fonts and the page that the files are made with (see `cli`).
    name: 'export',
    of: 'server',
    entry: 'server/src/node/export/makeFile.ts',
    budget: 1500,
    build: { ...esm, outfile: 'dist/export.mjs' },
  },
  {
    name: 'cli',
    entry: 'cli/src/main.ts',
    // 1.2 MB of it are the two fonts that PNG and PDF are set in (compressed; unpacked only when one is made): a machine that
    // builds pictures has no fonts, or others than the next one.
    budget: 3300,
    build: { ...esm, outfile: 'dist/lintel.mjs', banner: { js: `#!/usr/bin/env node\n${REQUIRE}${POLYFILL}` } },
  },
  {
    name: 'webview',
    entry: 'webview/src/preview.ts',
    budget: 150,
    build: { platform: 'browser', format: 'iife', target: 'chrome120', outfile: 'dist/webview.js' },
    // The page's style sheet goes along whether or not the script imports it: esbuild writes it beside the script.
    with: 'webview/src/preview.css',
  },
];

/**
 * `await import('./part.ts')` of a file that starts a bundle of its own loads that bundle, if both belong together (`of`). The command
 * line stays one file.
 */
const loadApart = {
  name: 'lintel:apart',
  setup(build) {
    const self = bundles.find(({ build: made }) => made.outfile === build.initialOptions.outfile);
    const parts = bundles.filter(({ of }) => of !== undefined && of === self?.name);
    build.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const part = parts.find(({ entry }) => resolve(resolveDir, path) === join(root, entry));
      return part && { path: `./${basename(part.build.outfile)}`, external: true };
    });
  },
};

/** The text of the layout worker's bundle, made once a build and shared by the bundles that embed it. */
let layoutWorker;
function bundleLayoutWorker() {
  layoutWorker ??= esbuild
    .build({
      ...cjs,
      ...common(),
      sourcemap: false,
      entryPoints: ['server/src/topology/elk.worker.ts'],
      // elkjs asks for `web-worker` when it runs outside a worker; the worker never gets there.
      external: ['web-worker'],
      write: false,
    })
    .then((result) => ({ text: result.outputFiles[0].text, metafile: result.metafile }));
  return layoutWorker;
}

/**
 * `lintel:layout-worker`: a module whose default export is the layout worker's source. ELK weighs 1.6 MB: it is embedded
 * compressed, unpacked when an entry file says `await import('lintel:layout-worker')`, and compiled by the worker thread. So it
 * costs no start-up time, and the CLI stays one file.
 */
const embedLayoutWorker = {
  name: 'lintel:layout-worker',
  setup(build) {
    build.onStart(() => {
      if (watch) layoutWorker = undefined;
    });
    build.onResolve({ filter: /^lintel:layout-worker$/ }, ({ path, kind }) => ({
      path,
      namespace: 'lintel',
      warnings:
        kind === 'dynamic-import'
          ? []
          : [
              {
                text: `unpacked at every start; "await import('${path}')" where the first picture is drawn costs nothing until then`,
              },
            ],
    }));
    build.onLoad({ filter: /.*/, namespace: 'lintel' }, async () => {
      const { text, metafile } = await bundleLayoutWorker();
      return {
        contents:
          "import{inflateRawSync}from'node:zlib';" +
          `export default inflateRawSync(Buffer.from('${deflateRawSync(text, { level: 9 }).toString('base64')}','base64')).toString();`,
        loader: 'js',
        resolveDir: root,
        watchFiles: Object.keys(metafile.inputs)
          .filter((input) => !input.includes('node_modules'))
          .map((input) => resolve(root, input)),
      };
    });
  },
};

/** What the embedded files make a package of: it is in no metafile. */
const FONTS = 'node_modules/dejavu-fonts-ttf';

/** A file as an expression of the bundle: compressed text, unpacked where it is evaluated. */
function packed(bytes) {
  return `inflateRawSync(Buffer.from('${deflateRawSync(bytes, { level: 9 }).toString('base64')}','base64'))`;
}

/**
 * Puts the fonts and the panel's page into what makes files, in place of server/src/node/export/assets.ts, which reads them from the disk when the
 * sources run by themselves. Functions: nothing is unpacked before it is needed, so it costs no start-up but that of reading.
 */
const embedExportAssets = {
  name: 'lintel:export-assets',
  setup(build) {
    build.onLoad({ filter: /[/\\]node[/\\]export[/\\]assets\.ts$/ }, async () => {
      const page = bundles.find(({ name }) => name === 'webview');
      const { plugins, ...made } = settings(page);
      const { outputFiles } = await esbuild.build({ ...made, minify: true, sourcemap: false, write: false });
      const pageText = (end) => outputFiles.find(({ path }) => path.endsWith(end)).text;
      const font = (name) => readFileSync(join(root, FONTS, 'ttf', `${name}.ttf`));
      return {
        contents: [
          "import{inflateRawSync}from'node:zlib';",
          `export const fontFile=(name)=>name==='DejaVuSans'?${packed(font('DejaVuSans'))}:${packed(font('DejaVuSans-Bold'))};`,
          `export const pageFiles=()=>({script:${packed(pageText('.js'))}.toString(),style:${packed(pageText('.css'))}.toString()});`,
        ].join('\n'),
        loader: 'js',
        resolveDir: root,
      };
    });
  },
};

function common() {
  return {
    absWorkingDir: root,
    bundle: true,
    charset: 'ascii',
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none', // THIRD-PARTY-NOTICES.txt holds the licences in full
    metafile: true,
    logLevel: 'warning',
    // vscode-* packages are UMD under "main": their ES builds let esbuild drop what is unused.
    mainFields: ['module', 'main'],
  };
}

function settings(bundle) {
  const style = bundle.with && existsSync(join(root, bundle.with)) ? bundle.with : undefined;
  return {
    ...common(),
    ...bundle.build,
    plugins: [embedLayoutWorker, embedExportAssets, loadApart],
    ...(style
      ? {
          stdin: {
            contents: `import './${bundle.entry}';import './${style}';`,
            resolveDir: root,
            sourcefile: `${bundle.name}.entry.js`,
          },
        }
      : { entryPoints: [bundle.entry] }),
  };
}

// ── third-party notices ───────────────────────────────────────────────────────────────────────────────────────────────

/** The npm packages (folders) whose code is in the bundles, from what esbuild really put in: `bytesInOutput` above nothing. */
function packagesIn(metafiles) {
  const folders = new Set([FONTS]);
  for (const metafile of metafiles) {
    for (const output of Object.values(metafile.outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
        const found = /^(?<folder>.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
        if (bytesInOutput > 0 && found?.groups) folders.add(found.groups.folder);
      }
    }
  }
  return [...folders].map((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const source = typeof manifest.repository === 'string' ? manifest.repository : manifest.repository?.url;
    return {
      name: manifest.name,
      version: manifest.version,
      licence: manifest.license ?? 'see below',
      source: (source ?? manifest.homepage ?? '')
        .replace(/^git\+|\.git$/g, '')
        .replace(/^(git|ssh):\/\/(git@)?|^git@(?=[^/]+:)/, 'https://')
        .replace(/(?<=github\.com):/, '/')
        .replace(/^(?=[\w.-]+\/[\w.-]+$)/, 'https://github.com/'),
      text:
        file &&
        readFileSync(join(root, folder, file), 'utf8')
          .replace(/\r\n/g, '\n')
          .trim(),
    };
  });
}

function notices(packages) {
  const missing = packages.filter(({ text }) => !text);
  if (missing.length > 0)
    fail(`No licence text found in: ${missing.map(({ name }) => name).join(', ')}. Each package that ships needs one.`);
  const line = '-'.repeat(100);
  const sorted = packages.toSorted((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
  return [
    'Lintel is distributed under the MIT licence (file LICENSE). Its bundles contain the third-party software below,',
    'each under its own licence, unmodified but for bundling and minification. The source code of each is available, free of',
    'charge, at the address given and as the npm package of that name and version.',
    '',
    ...sorted.map(({ name, version, licence }) => `  ${name} ${version} (${licence})`),
    '',
    ...sorted.flatMap(({ name, version, licence, source, text }) => [
      line,
      `${name} ${version}`,
      `Licence: ${licence}`,
      `Source:  ${source || `https://www.npmjs.com/package/${name}/v/${version}`}`,
      line,
      '',
      text,
      '',
    ]),
  ].join('\n');
}

// ── run ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

function fail(message) {
  console.error(`esbuild.mjs: ${message}`);
  process.exit(1);
}

const unknown = only?.filter((name) => !bundles.some((bundle) => bundle.name === name)) ?? [];
if (unknown.length > 0) fail(`no such bundle: ${unknown.join(', ')} (there are ${bundles.map(({ name }) => name).join(', ')})`);
const chosen = bundles.filter(({ name, of }) => !only || only.includes(name) || only.includes(of));

const absent = chosen.filter(({ entry }) => !existsSync(join(root, entry)));
if (absent.length > 0) {
  fail(`entry file missing:\n${absent.map(({ name, entry }) => `  ${entry} (bundle "${name}")`).join('\n')}`);
}

if (!only) rmSync(join(root, 'dist'), { recursive: true, force: true });
mkdirSync(join(root, 'dist'), { recursive: true });

if (watch) {
  await Promise.all(
    chosen.map(async (bundle) => {
      const context = await esbuild.context({ ...settings(bundle), logLevel: 'info' });
      await context.watch();
    }),
  );
  console.log(`watching ${chosen.map(({ name }) => name).join(', ')} …`);
} else {
  const results = await Promise.all(
    chosen.map((bundle) =>
      esbuild.build(settings(bundle)).catch(() => {
        fail(`bundle "${bundle.name}" failed; the reason stands above.`); // esbuild has printed it
      }),
    ),
  );
  const metafiles = results.map(({ metafile }) => metafile);
  if (layoutWorker) metafiles.push((await layoutWorker).metafile);
  const packages = packagesIn(metafiles);
  if (!only) writeFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), notices(packages));

  const overweight = [];
  for (const [index, bundle] of chosen.entries()) {
    const size = statSync(join(root, bundle.build.outfile)).size;
    const budget = `${Math.ceil(size / 1000)} KB`.padStart(8) + (production ? ` of ${bundle.budget} KB` : '');
    console.log(`${bundle.build.outfile.padEnd(20)} ${budget}`);
    if (production && size > bundle.budget * 1000) overweight.push(bundle.name);
    if (options.has('--analyze')) console.log(await esbuild.analyzeMetafile(results[index].metafile));
  }
  if (!only) console.log(`${packages.length} third-party packages in dist/THIRD-PARTY-NOTICES.txt`);
  if (overweight.length > 0) {
    fail(`over the size budget: ${overweight.join(', ')}. See --analyze; raise the budget in esbuild.mjs only with a reason.`);
  }
}
