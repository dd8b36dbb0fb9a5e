/** Designs made by chance from a seed, as graphs: the same seed gives the same design, so a failure can be looked at again. */

import type { EdgeRole, Graph, NodeRole } from '../../server/src/topology/graph.ts';
import { builder } from './graphs.ts';

/** What a generated design has. */
export interface Recipe {
  readonly seed: number;
  readonly hosts: number;
  readonly vms: number;
  readonly nics?: number;
  readonly vswitches?: number;
  readonly clusters?: number;
  readonly racks?: number;
  /** Distributed switches, in each cluster. */
  readonly distributed?: number;
  readonly services?: number;
  readonly licences?: number;
  readonly networks?: number;
  readonly longNames?: boolean;
  /** No lines and no memberships. */
  readonly unrelated?: boolean;
}

type Chance = (below: number) => number;

/** Whole numbers from 0 to below the given one (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const speeds = [1e9, 1e10, 2.5e10];

/** A design by a recipe. */
export function generated(recipe: Recipe): Graph {
  const { seed, hosts, vms, nics = 4, vswitches = 2, clusters = 1, racks = 0, distributed = 0, services = 0 } = recipe;
  const { licences = 0, networks = 4, longNames = false, unrelated = false } = recipe;
  const chance = chanceOf(seed);
  const b = builder(`generated ${seed}`);
  const named = (name: string): string => (longNames ? `${name}-of-the-second-pumping-station-in-the-northern-district` : name);
  const detail = (text: string): string => (longNames ? `${text} · ${text} · ${text} · ${text}` : text);
  const edge = (
    role: EdgeRole,
    from: string,
    to: string,
    extra: { readonly speed?: number; readonly label?: string } = {},
  ): void => {
    if (!unrelated) b.edge(role, from, to, extra);
  };
  const nets = Array.from({ length: networks }, (_, at) => named(`net${at}`));
  for (const [at, net] of nets.entries()) b.network(net, at === 0 ? 'management' : 'production', detail(`VLAN ${10 + at}`));
  for (const side of ['A', 'B'] as const)
    b.node(`sw-${side}`, 'switch', named(`sw-${side.toLowerCase()}`), { side, detail: detail('48 ports') });
  edge('cable', 'sw-A', 'sw-B', { speed: 1e10, label: 'stack' });
  if (racks > 0) b.node('room', 'room', named('Machine room'));
  for (let at = 0; at < racks; at += 1) {
    b.node(`rack${at}`, 'rack', named(`r${at}`), { parent: 'room', detail: '42 U' });
    for (const side of ['A', 'B'] as const) {
      const id = `rack${at}/leaf-${side}`;
      b.node(id, 'switch', named(`leaf-${at}${side}`), { parent: `rack${at}`, order: 100 - 40 + (side === 'A' ? 0 : 1), side });
      edge('cable', id, `sw-${side}`, { speed: 2.5e10, label: `up${at}` });
    }
    const devices = 1 + chance(6);
    for (let unit = 0; unit < devices; unit += 1) {
      const role = (['physical', 'array', 'router', 'host'] as const)[chance(4)] ?? 'host';
      const id = `rack${at}/d${unit}`;
      b.node(id, role, named(`${role}-${at}-${unit}`), {
        parent: `rack${at}`,
        order: 100 - 2 * (20 - unit),
        detail: detail(`U${20 - unit}`),
      });
      for (const side of ['A', 'B'] as const)
        if (chance(4) > 0)
          edge('cable', id, `rack${(at + chance(2)) % racks}/leaf-${side}`, {
            speed: speeds[chance(3)] ?? 1e9,
            label: String(1 + chance(40)),
          });
    }
  }
  const clusterIds = Array.from({ length: clusters }, (_, at) =>
    b.node(`c${at}`, 'cluster', named(`cluster${at}`), { detail: detail('HA · DRS') }),
  );
  for (const cluster of clusterIds)
    for (let at = 0; at < distributed; at += 1) {
      const dvs = b.node(`${cluster}/dvs${at}`, 'vswitch', named(`dvs${at}`), { parent: cluster, detail: detail('MTU 9000') });
      for (let group = 0; group < 3; group += 1)
        b.node(`${dvs}/pg${group}`, 'portgroup', named(`pg${group}`), { parent: dvs, network: nets[group % networks] ?? '' });
    }
  for (let n = 0; n < hosts; n += 1) host(n);
  function host(n: number): void {
    const parent = clusterIds[n % Math.max(1, clusters)];
    const id = b.node(`h${n}`, 'host', named(`host${n}`), {
      ...(parent === undefined ? {} : { parent }),
      detail: detail('R660'),
    });
    const own = Math.max(0, vswitches - chance(2));
    for (let at = 0; at < own; at += 1) {
      const vs = b.node(`${id}/vs${at}`, 'vswitch', named(`vSwitch${at}`), { parent: id, detail: detail('MTU 1500') });
      const groups = chance(5);
      for (let k = 0; k < groups; k += 1) {
        const role: NodeRole = chance(2) === 0 ? 'portgroup' : 'vmkernel';
        b.node(`${vs}/${role}${k}`, role, named(`${role === 'vmkernel' ? 'vmk' : 'pg'}${k}`), {
          parent: vs,
          network: nets[chance(networks)] ?? '',
          detail: detail(`VLAN ${k}`),
        });
      }
    }
    for (let k = 0; k < nics; k += 1) {
      const nic = b.node(`${id}/nic${k}`, 'nic', named(`vmnic${k}`), { parent: id, detail: detail('10 Gbps') });
      const speed = speeds[k % 2] ?? 1e9;
      if (chance(8) > 0) edge('cable', nic, k % 2 === 0 ? 'sw-A' : 'sw-B', { speed, label: String(n * nics + k) });
      const role = chance(5) === 0 ? 'standby' : 'uplink';
      if (distributed > 0 && parent !== undefined && k < 2) edge(role, nic, `${parent}/dvs${k % distributed}`, { speed });
      else if (own > 0) edge(role, nic, `${id}/vs${k % own}`, { speed });
    }
  }
  for (let n = 0; n < vms; n += 1) {
    const parent = clusterIds[chance(Math.max(1, clusters))];
    const id = b.node(`vm${n}`, 'vm', named(`vm${n}`), {
      ...(parent === undefined ? {} : { parent }),
      detail: detail('2 vCPU · 8 GB'),
    });
    edge('network', id, nets[chance(networks)] ?? '');
  }
  for (let n = 0; n < services; n += 1) {
    const id = b.node(`s${n}`, 'service', named(`Service ${n}`), { detail: detail('99.9%') });
    const needs = 1 + chance(4);
    for (let k = 0; k < needs && vms > 0; k += 1) edge('needs', id, `vm${chance(vms)}`);
    if (n > 0 && chance(3) === 0) edge('needs', id, `s${chance(n)}`);
  }
  for (let n = 0; n < licences; n += 1) {
    const id = b.node(`l${n}`, 'license', named(`key${n}`), { detail: detail('softkey') });
    if (vms > 0) edge('licence', id, `vm${chance(vms)}`);
  }
  return b.done();
}

/** One box of every role and one line of every kind. */
export function oneOfEach(roles: readonly NodeRole[], edgeRoles: readonly EdgeRole[]): Graph {
  const b = builder('one of everything');
  for (const role of roles) b.node(role, role, `the ${role}`, { detail: `a ${role}` });
  for (const [at, role] of edgeRoles.entries())
    b.edge(role, roles[(at * 3) % roles.length] ?? '', roles[(at * 5 + 1) % roles.length] ?? '', { label: role });
  return b.done();
}

/** Recipes that between them have all that a design may have much of. */
export const recipes: readonly (readonly [string, Recipe])[] = [
  ['three hosts', { seed: 1, hosts: 3, vms: 8, services: 3, licences: 2 }],
  ['a redundant pair with racks', { seed: 2, hosts: 4, vms: 12, racks: 3, services: 4 }],
  ['racks only', { seed: 3, hosts: 0, vms: 0, clusters: 0, racks: 6 }],
  ['many NICs', { seed: 4, hosts: 3, vms: 4, nics: 16, vswitches: 5 }],
  ['many vSwitches', { seed: 5, hosts: 2, vms: 4, nics: 8, vswitches: 12 }],
  ['distributed switches', { seed: 6, hosts: 6, vms: 10, clusters: 2, distributed: 2 }],
  ['long names', { seed: 7, hosts: 3, vms: 6, racks: 2, services: 3, licences: 3, longNames: true }],
  ['no relation at all', { seed: 8, hosts: 5, vms: 9, racks: 2, services: 4, licences: 4, unrelated: true }],
  ['no cluster', { seed: 9, hosts: 4, vms: 6, clusters: 0, services: 2 }],
  ['many services', { seed: 10, hosts: 3, vms: 40, services: 30, licences: 12 }],
  ['many clusters', { seed: 11, hosts: 14, vms: 30, clusters: 7, services: 6 }],
  ['thirty hosts', { seed: 12, hosts: 30, vms: 90, clusters: 3, services: 10 }],
  ['many networks', { seed: 13, hosts: 3, vms: 12, networks: 40 }],
];
