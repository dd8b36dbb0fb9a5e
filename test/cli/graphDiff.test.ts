import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { add, type Files, folderOf, lintel, unsafe } from './kit.ts';

const nets = 'network ops vlan 10\n';
const plant = `import "nets.lintel"
host esx1 { memory 64GB; nic n0 speed 1Gbps
 vswitch v uplinks n0 { portgroup "Ops" on ops } }
vm web { vcpu 4; pin must esx1 }
`;
const later = plant.replace('speed 1Gbps', 'speed 10Gbps').replace('vcpu 4', 'vcpu 8');
const design: Files = { 'plant.lintel': plant, 'nets.lintel': nets };

const git = (at: string, ...args: string[]): void => {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', '-C', at, ...args], {
    stdio: 'ignore',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
};

/** A repository with one commit (and the tag v1), and files that have changed since. */
function repository(committed: Files, now: Files): string {
  const at = folderOf(committed);
  git(at, 'init', '-q');
  git(at, 'add', '-A');
  git(at, 'commit', '-q', '-m', 'first');
  git(at, 'tag', 'v1');
  add(at, now);
  return at;
}

describe('lintel graph --diff', () => {
  it('lists what differs from a revision, with its imports as they were', async () => {
    const at = repository(design, { 'plant.lintel': later, 'nets.lintel': nets.replace('10', '11') });
    for (const revision of ['HEAD', 'v1', 'v1^{commit}', 'HEAD~0']) {
      expect(await lintel(at, ['graph', '--diff', revision, '--view', 'network'])).toEqual({
        code: 0,
        out: `Compared with ${revision}: 3 changed.
  ∆ network ops: vlan 10 → 11
  ∆ NIC esx1.n0: speed 1Gbps → 10Gbps
  ∆ port group esx1.v.Ops: as a result: VLAN 10 → 11
Not in the picture:
  ∆ virtual machine web: vcpu 4 → 8
`,
        err: '',
      });
    }
  });

  it('draws it, with the list below unless told', async () => {
    const at = repository(design, { 'plant.lintel': later });
    const { code, out } = await lintel(at, ['graph', '--diff', 'HEAD', '-o', 'out/x.svg']);
    expect({ code, last: out.split('\n').at(-2) }).toEqual({ code: 0, last: 'out/x.svg: the topology of plant, 6 boxes.' });
    const svg = readFileSync(join(at, 'out/x.svg'), 'utf8');
    expect(svg).toContain('compared with HEAD: 2 changed');
    expect(svg).toContain('Changes since HEAD');
    await lintel(at, ['graph', '--diff', 'HEAD', '--no-list', '-o', 'bare.svg']);
    expect(readFileSync(join(at, 'bare.svg'), 'utf8')).not.toContain('Changes since');
    expect(readFileSync(join(at, 'bare.svg'), 'utf8')).toContain('lt-c-changed');
  });

  it('to standard output keeps the list out of it', async () => {
    const at = repository(design, { 'plant.lintel': later });
    const { err, out } = await lintel(at, ['graph', '--diff', 'HEAD', '-o', '-']);
    expect(out).toMatch(/^<svg .*<\/svg>\n$/s);
    expect(err).toContain('∆ virtual machine web: vcpu 4 → 8');
  });

  it('draws every view', async () => {
    const at = repository(design, { 'plant.lintel': later });
    const { code, out } = await lintel(at, ['graph', '--diff', 'HEAD', '--view', 'all', '-o', 'all']);
    expect(code).toBe(0);
    expect(out.match(/Compared with/g)).toHaveLength(1);
    expect(readFileSync(join(at, 'all/placement.svg'), 'utf8')).toContain('vcpu 4 → 8');
  });

  it('compares with a file and with a folder', async () => {
    const at = folderOf({
      'new/plant.lintel': later,
      'new/nets.lintel': nets,
      'old/plant.lintel': plant,
      'old/nets.lintel': nets,
      'old/other.lintel': 'host x\n',
    });
    for (const old of ['old/plant.lintel', 'old']) {
      const { code, out } = await lintel(at, ['graph', 'new', '--diff', old]);
      expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('∆ virtual machine web: vcpu 4 → 8') });
    }
  });

  it('says when nothing differs', async () => {
    const at = repository(design, {});
    expect(await lintel(at, ['graph', '--diff', 'HEAD'])).toEqual({ code: 0, out: 'No differences from HEAD.\n', err: '' });
  });

  it('a design that was not there then is all new; one that had another name is found', async () => {
    const at = repository({ 'readme.md': 'x' }, design);
    const fresh = await lintel(at, ['graph', 'plant.lintel', '--diff', 'HEAD']);
    expect(fresh.err).toBe('plant.lintel did not exist in HEAD: everything is added.\n');
    expect(fresh.out).toContain('+ host esx1 added');
    const moved = repository(design, {});
    rmSync(join(moved, 'plant.lintel'));
    writeFileSync(join(moved, 'works.lintel'), later);
    const { err, out } = await lintel(moved, ['graph', '--diff', 'HEAD']);
    expect({ err, out }).toEqual({ err: '', out: expect.stringContaining('Compared with HEAD: 2 changed.') });
  });

  it('a design in a folder below, called from there, and through a link', async () => {
    const at = repository({ 'sites/a/plant.lintel': plant, 'sites/a/nets.lintel': nets }, { 'sites/a/plant.lintel': later });
    const list = expect.stringContaining('vcpu 4 → 8');
    expect((await lintel(at, ['graph', 'sites/a', '--diff', 'HEAD'])).out).toEqual(list);
    expect((await lintel(join(at, 'sites'), ['graph', 'a', '--diff', 'HEAD'])).out).toEqual(list);
    const link = join(folderOf(), 'link');
    symlinkSync(join(at, 'sites'), link);
    expect((await lintel(link, ['graph', 'a', '--diff', 'HEAD'])).out).toEqual(list);
  });

  it('links and binary files of the old state are left out and said', async () => {
    const at = folderOf({ 'plant.lintel': plant, 'real.lintel': nets });
    symlinkSync('real.lintel', join(at, 'nets.lintel'));
    git(at, 'init', '-q');
    git(at, 'add', '-A');
    git(at, 'commit', '-q', '-m', 'first');
    rmSync(join(at, 'nets.lintel'));
    add(at, { 'nets.lintel': nets });
    expect((await lintel(at, ['graph', 'plant.lintel', '--diff', 'HEAD'])).out).toContain('+ network ops added');
    const binary = repository({ ...design, 'nets.lintel': 'a\u0000b' }, design);
    expect((await lintel(binary, ['graph', '--diff', 'HEAD'])).err).toContain(
      'nets.lintel in HEAD is left out: This is a binary file',
    );
  });

  it.each<[string, string]>([
    ['nope', 'There is no file, folder or Git revision "nope".'],
    ['--output=x', '--diff --output=x is neither a file, a folder nor a revision of Git.'],
    ['-c', '--diff -c is neither'],
    ['HEAD:plant.lintel', 'is neither a file, a folder nor a revision of Git.'],
    ['HEAD..v1', 'is neither'],
    ['$(touch pwned)', 'is neither'],
    ['a\u001b[2J', '--diff a<U+001B>[2J is neither'],
    ['', 'it is empty'],
  ])('%j is an error of the command line', async (revision, text) => {
    const at = repository(design, {});
    const { code, err, out } = await lintel(at, ['graph', `--diff=${revision}`]);
    expect({ code, out, pwned: existsSync(join(at, 'pwned')) }).toEqual({ code: 2, out: '', pwned: false });
    expect(err).toContain(text);
    expect(err).not.toMatch(unsafe);
  });

  it('without a repository, or without Git, says so', async () => {
    const at = folderOf(design);
    const bare = await lintel(at, ['graph', '--diff', 'HEAD']);
    expect(bare).toMatchObject({ code: 2, err: expect.stringContaining('the design is in no Git repository') });
    const path = process.env.PATH;
    mkdirSync(join(at, 'empty'));
    process.env.PATH = join(at, 'empty');
    try {
      const without = await lintel(at, ['graph', '--diff', 'HEAD']);
      expect(without).toMatchObject({ code: 2, err: expect.stringContaining('there is no "git" on this machine') });
    } finally {
      process.env.PATH = path;
    }
  });

  it('without an output and without --diff there is nothing to do', async () => {
    const { code, err } = await lintel(folderOf(design), ['graph']);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("required option '-o, --output <FILE>'") });
  });
});
