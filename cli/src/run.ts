/**
 * The command line: what can be asked, and how an ending becomes an exit code. Each command's own code is loaded when it is
 * called, so that `--version` costs nothing and `check` does not wait for what only pictures need.
 */
import { Command, CommanderError, Option } from 'commander';
import type { GraphOptions } from './commands/graph.ts';
import {
  type FailLevel,
  type Format,
  failLevels,
  formats,
  type ListFormat,
  listFormats,
  papers,
  pictureFormats,
  themes,
} from './options.ts';
import { plainLines } from './text/plain.ts';
import { exitCodes, UsageError, type World } from './world.ts';

/**
 * Runs one command line to its end.
 * @param argv what stands behind the program's name
 * @returns the exit code
 */
export async function run(argv: readonly string[], world: World): Promise<number> {
  let code: number = exitCodes.clean;
  const program = programOf(world, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return codeOf(error, world);
  }
}

function codeOf(error: unknown, world: World): number {
  if (error instanceof CommanderError) {
    // Help and version have been printed, errors too (writeErr below).
    return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
  }
  if (error instanceof UsageError) {
    world.err.write(`lintel: ${error.message}\n`);
    return exitCodes.usage;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  world.err.write(
    `lintel: an internal error; the design is not to blame. Please report it with the text below.\n${plainLines(text)}\n`,
  );
  return exitCodes.internal;
}

type Ended = (code: number) => void;

function programOf(world: World, ended: Ended): Command {
  const program = new Command('lintel')
    .description(
      'Checks the design of a virtual infrastructure - hosts, networks, storage, VMs, clusters, licences - before anything is built.',
    )
    .version(world.version, '-V, --version', 'Print the version.')
    .helpOption('-h, --help', 'Explain the commands, or one of them: lintel check --help.')
    .helpCommand('help [command]', 'Explain a command.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.out.write(text),
      writeErr: (text) => world.err.write(text),
      outputError: (text, write) => write(`lintel: ${plainLines(text.replace(/^error: /, ''))}`),
      getOutHelpWidth: () => Math.min(110, world.out.columns ?? 100),
      getErrHelpWidth: () => Math.min(110, world.err.columns ?? 100),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('"lintel --help" explains the commands.')
    .addHelpText('after', afterHelp);
  for (const command of [
    checkCommand(world, ended),
    formatCommand(world, ended),
    graphCommand(world, ended),
    checklistCommand(world, ended),
    rulesCommand(world, ended),
    explainCommand(world, ended),
    lspCommand(world),
  ]) {
    program.addCommand(
      command.copyInheritedSettings(program).showHelpAfterError(`"lintel ${command.name()} --help" explains this command.`),
    );
  }
  return program;
}

const afterHelp = `
A design is one or more text files whose names end in .lintel. Where a PATH is a folder, every
design below it is meant (node_modules, hidden folders and symbolic links are left out); without
a PATH it is the current folder.

Exit codes
  0  nothing found that counts (see check --fail-on), or the work is done
  1  check: findings that count; format --check: files that are not formatted
  2  the command line is wrong, or a file or folder cannot be read or written
  3  an error in Lintel itself

Examples
  lintel check                             check every design below the current folder
  lintel check plant --fail-on warning     for a build server that shall be strict
  lintel graph plant -o topology.svg       draw the topology
  lintel checklist plant -o checklist.md   what to do on site, in order
  lintel explain NET023                    why a finding matters and what to do
`;

const designs = ['[PATH...]', 'Designs, or folders with designs in them.'] as const;
const oneDesign = ['[PATH]', 'A design, or a folder with one in it (or with a main.lintel).'] as const;
const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const output = (what: string): Option =>
  new Option('-o, --output <FILE>', `Where the ${what} goes; missing folders are made. "-" is standard output.`);
const listing = (choices: readonly string[], what: string): Option =>
  new Option('--format <format>', what).choices(choices).default('pretty');
const color = (): Option => new Option('--no-color', 'Print without colours, also on a terminal.');

function checkCommand(world: World, ended: Ended): Command {
  return new Command('check')
    .summary('Find what is wrong with designs: addresses, cabling, redundancy, capacity, licences.')
    .description(
      'Checks designs and prints what is wrong with them: where, why it matters, what to do. Files that a design imports are checked along with it.',
    )
    .argument(...designs)
    .addOption(listing(formats, 'pretty: for reading; json: for scripts; sarif: for code scanning.'))
    .addOption(
      new Option('--fail-on <severity>', 'The mildest finding that makes the exit code 1.').choices(failLevels).default('error'),
    )
    .addOption(
      new Option(
        '--rule <CODE=severity>',
        'Severity of a rule: error, warning, info, hint or off. May be given several times; a policy in the design wins.',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option('--today <YYYY-MM-DD>', 'The day that waivers and licences expire against.').default(undefined, 'today'),
    )
    .addOption(color())
    .action(
      async (paths: string[], options: { format: Format; failOn: FailLevel; rule: string[]; today?: string; color: boolean }) => {
        const { check } = await import('./commands/check.ts');
        ended(await check(world, paths, options));
      },
    );
}

function formatCommand(world: World, ended: Ended): Command {
  return new Command('format')
    .summary('Write designs the one way: indented, in columns.')
    .description(
      'Rewrites designs in the standard form: two spaces a block, tables in columns. What they say does not change. Prints the names of the files that changed.',
    )
    .argument(...designs)
    .option('--check', 'Change nothing; print the files that would change, and end with 1 if there are any.', false)
    .option('--stdin', 'Format standard input to standard output.', false)
    .action(async (paths: string[], options: { check: boolean; stdin: boolean }) => {
      const { format } = await import('./commands/format.ts');
      ended(await format(world, paths, options));
    });
}

function graphCommand(world: World, ended: Ended): Command {
  return new Command('graph')
    .summary('Draw the topology of a design as SVG, PNG, PDF or HTML.')
    .description(
      'Draws sites and racks, switches, hosts with their adapters and virtual switches, storage and VMs on one sheet, or one view of them. Findings are marked on it.',
    )
    .argument(...oneDesign)
    .addOption(output('picture'))
    .option(
      '--diff <OLD>',
      'Compare with an older state, a file, a folder or a Git revision (HEAD, v1.2, main~3): what differs is marked, and listed on standard output. Without -o there is the list alone.',
    )
    .option('--no-list', 'Leave the list of differences out of the picture.')
    .addOption(new Option('--theme <theme>', 'auto follows the viewer; print is for paper.').choices(themes).default('auto'))
    .option(
      '--view <VIEW>',
      'overview, physical, network, storage, placement, redundancy, licences or zones; all writes one file for each into a folder.',
      'overview',
    )
    .option('--focus <THING>', 'Only this thing, what is around it and what it is connected with: a name, path or id.')
    .option('--depth <N>', 'How many lines away from the focus to go; 1 if not said.')
    .option('--site <NAME>', 'Only what belongs to a site.')
    .option('--cluster <NAME>', 'Only what belongs to a cluster.')
    .option('--network <NAME>', 'Only what stands in a network or carries it.')
    .option('--tag <TAG>', 'Only what has a tag.')
    .option('--service <NAME>', 'Only a service, what it runs on and what that leans on.')
    .addOption(
      new Option('--severity <severity>', 'Only what has findings as bad as this or worse, and what is around it.').choices(
        failLevels,
      ),
    )
    .addOption(
      new Option('--open <THING>', 'Open a folded box: a name, path or id; "*" opens all. May be given several times.').argParser(
        collect,
      ),
    )
    .addOption(new Option('--shut <THING>', 'Fold a box. May be given several times.').argParser(collect))
    .option('--no-places', 'Leave places out that were dragged in the editor (the file NAME.lintel-places beside the design).')
    .addOption(
      new Option('--format <format>', "What to write; what the file's name ends in if not said.").choices(pictureFormats),
    )
    .option('--scale <N>', 'PNG: pixels for each px of the picture, from 0.1 to 16; 2 if not said.')
    .addOption(new Option('--paper <size>', 'PDF: fit makes the page as large as the picture; fit if not said.').choices(papers))
    .option('--title-block', 'Put a title block below the picture; the print theme has one unless --no-title-block.')
    .addOption(new Option('--no-title-block', 'Print theme without title block.').hideHelp())
    .action(async (path: string | undefined, options: GraphOptions) => {
      const { graph } = await import('./commands/graph.ts');
      ended(await graph(world, path, options));
    });
}

function checklistCommand(world: World, ended: Ended): Command {
  return new Command('checklist')
    .summary('Write the deployment checklist of a design as Markdown.')
    .description(
      'Lists what is to be done on site, in order: rack and cable, hypervisor, network, storage, clusters, VMs, licences, tests.',
    )
    .argument(...oneDesign)
    .addOption(output('list').makeOptionMandatory())
    .action(async (path: string | undefined, options: { output: string }) => {
      const { checklist } = await import('./commands/checklist.ts');
      ended(await checklist(world, path, options));
    });
}

function rulesCommand(world: World, ended: Ended): Command {
  return new Command('rules')
    .summary('List what is checked.')
    .description('Lists every rule with its code and its usual severity.')
    .addOption(listing(listFormats, 'pretty: for reading; json: for scripts.'))
    .addOption(color())
    .action(async (options: { format: ListFormat; color: boolean }) => {
      const { rules } = await import('./commands/rules.ts');
      ended(rules(world, options));
    });
}

function explainCommand(world: World, ended: Ended): Command {
  return new Command('explain')
    .summary('Tell what a rule finds, why it matters and what to do.')
    .description('Tells what a rule finds, why it matters and what to do, with its sources and examples.')
    .argument('<RULE>', 'The code or the name of a rule: NET023, network/vlan-out-of-range.')
    .addOption(color())
    .action(async (word: string, options: { color: boolean }) => {
      const { explain } = await import('./commands/rules.ts');
      ended(explain(world, word, options));
    });
}

function lspCommand(world: World): Command {
  return new Command('lsp')
    .summary('Serve an editor (language server).')
    .description('Runs the language server for editors other than VS Code, over standard input and output.')
    .option('--stdio', 'Speak over standard input and output (the only way there is).', false)
    .action(async (options: { stdio: boolean }) => {
      if (!options.stdio) throw new UsageError('lintel lsp needs --stdio; it is started by an editor, not by hand.');
      await world.serve();
    });
}
