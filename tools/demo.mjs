/**
 * `npm run demo`: from a bare clone to a checked, drawn and listed example, for somebody who has never seen Lintel. Needs
 * Node 20 and npm on the machine, nothing else.
 */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bytes, ensureDependencies, Problem, root, run, runMain, runNode } from './setup.mjs';

const EXAMPLE = 'examples/scada-plant';
const PICTURE = 'out/scada-plant.svg';
const CHECKLIST = 'out/scada-plant-checklist.md';

let step = 0;
const say = (text) => {
  step += 1;
  console.log(`\n[${step}/5] ${text}`);
};

/** Runs the built CLI as a user would, on the machine's Node; `wanted` are the exit codes that are no failure. */
async function lintel(args, wanted) {
  console.log(`      lintel ${args.join(' ')}\n`);
  const { code } = await run(process.execPath, [join(root, 'dist', 'lintel.mjs'), ...args]);
  if (!wanted.includes(code)) {
    throw new Problem(
      `"lintel ${args.join(' ')}" did not work (code ${code}); what it said stands above. This is a fault of Lintel: please report it.`,
    );
  }
  return code;
}

async function main() {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    throw new Problem(
      `The demo needs Node.js 20 or newer; this is ${process.versions.node}. Get a newer one from https://nodejs.org.`,
    );
  }
  if (!existsSync(join(root, EXAMPLE))) {
    throw new Problem(`The example design ${EXAMPLE} is not here. Is this a complete copy of the Lintel repository?`);
  }
  console.log('Lintel checks the design of a virtual infrastructure the way a compiler checks a program.');
  console.log('The example is a SCADA plant: two redundant servers on virtual machines, their hosts, networks and storage.');

  say('Getting ready');
  await ensureDependencies((text) => console.log(`      ${text}`));

  say('Building Lintel');
  const build = await runNode('esbuild.mjs', [], { quiet: true });
  if (build.code !== 0) throw new Problem('Lintel could not be built; the reason stands above.');

  say('Checking the design: addresses, cabling, redundancy, capacity, licences');
  const findings = await lintel(['check', EXAMPLE], [0, 1]);
  if (findings !== 0) console.log('\n      Each line above says where to look, what is wrong and what would mend it.');

  mkdirSync(join(root, 'out'), { recursive: true });
  say('Drawing the topology');
  await lintel(['graph', EXAMPLE, '-o', PICTURE], [0, 1]);

  say('Writing the deployment checklist');
  await lintel(['checklist', EXAMPLE, '-o', CHECKLIST], [0, 1]);

  for (const file of [PICTURE, CHECKLIST]) {
    if (!existsSync(join(root, file)))
      throw new Problem(`${file} was not written, though Lintel said it was done. Please report it.`);
  }
  const size = (file) => bytes(statSync(join(root, file)).size);
  console.log(`
Done. What you have now:
  ${join(root, EXAMPLE)}
      the design itself: plain text, open it in any editor
  ${join(root, PICTURE)}  (${size(PICTURE)})
      the topology: open it in a web browser
  ${join(root, CHECKLIST)}  (${size(CHECKLIST)})
      the deployment checklist: any editor or Markdown viewer

Next, see it work while you type, in VS Code:
  1. npm run package
  2. code --install-extension lintel.vsix
     (or in VS Code: Extensions, the "…" menu, "Install from VSIX…", and choose lintel.vsix)
  3. code ${EXAMPLE}
     then change an IP address or unplug a cable in the text, and watch the squiggles.

Your own design: put a file "plant.lintel" into a folder and run
  node dist/lintel.mjs check that-folder
`);
  return 0;
}

await runMain(main);
