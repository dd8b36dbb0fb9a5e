/**
 * From a CPU's name to what a design needs to know of it: its generation, whose order tells older from newer, the EVC
 * baselines that it supports, and the instructions that hypervisors insist on. An unknown name is unknown, not old.
 */
import { nearest } from '../values/suggest.ts';
import { type CpuGeneration, type CpuVendor, cpuGenerations, cpuPatterns, evcSequences } from './cpuTable.ts';

/** What is known of a CPU model. */
export interface Cpu extends CpuGeneration {
  /** Age within the vendor, counted from the oldest; comparable only for one vendor. */
  readonly order: number;
}

/**
 * Recognizes a CPU by its name: `Xeon Gold 6426Y`, `Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz`, `EPYC 9354`.
 * @returns `undefined` for a name that fits no pattern
 */
export function classifyCpu(model: string): Cpu | undefined {
  if (model.length > 200) return undefined;
  const name = model
    .toLowerCase()
    .replace(/\((?:r|tm)\)|[®™]/gu, ' ')
    .replace(/\b(?:cpu|processor)\b/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const generation = cpuPatterns.find(([pattern]) => pattern.test(name))?.[1];
  return generation === undefined ? undefined : cpuGeneration(generation);
}

/** A generation by its id (`icelake`, `zen4`), as catalogues name it. */
export function cpuGeneration(id: string): Cpu | undefined {
  const found = cpuGenerations.find((each) => each.id === id);
  return found === undefined ? undefined : { ...found, order: ofVendor(found.vendor).indexOf(found) };
}

/** Order of two CPUs by generation; `undefined` across vendors. */
export function compareCpu(a: Cpu, b: Cpu): number | undefined {
  return a.vendor === b.vendor ? a.order - b.order : undefined;
}

/** Common model names for completion, newest generation first. */
export function cpuModels(): readonly string[] {
  return cpuGenerations.toReversed().flatMap((generation) => generation.models);
}

/** All EVC baselines, lowest first, Intel before AMD. */
export const evcBaselines: readonly string[] = [...new Set(Object.values(evcSequences).flat())];

/** Whose CPUs a baseline is for; `undefined` for an unknown baseline. */
export function evcVendor(baseline: string): CpuVendor | undefined {
  if (!evcBaselines.includes(baseline)) return undefined;
  return baseline.startsWith('intel') ? 'intel' : 'amd';
}

/**
 * Whether a CPU can run under an EVC baseline.
 * @returns `undefined` when the baseline is unknown, or the CPU's own one is and its vendor is the right one
 */
export function supportsEvc(cpu: CpuGeneration, baseline: string): boolean | undefined {
  const vendor = evcVendor(baseline);
  if (vendor === undefined) return undefined;
  if (vendor !== cpu.vendor) return false;
  return cpu.evc === undefined ? undefined : supportedEvc(cpu).includes(baseline);
}

/** The baselines that a CPU supports, lowest first; empty when not known. */
export function supportedEvc(cpu: CpuGeneration): readonly string[] {
  const { evc } = cpu;
  if (evc === undefined) return [];
  for (const sequence of Object.values(evcSequences)) {
    const names: readonly string[] = sequence;
    const at = names.indexOf(evc);
    // The baseline that both AMD sequences share is no CPU's own one, so the first hit is the only one.
    if (at !== -1) return names.slice(0, at + 1);
  }
  return [];
}

/**
 * The highest baseline that all of some CPUs support: what to set on their cluster.
 * @returns `undefined` when there is none: mixed vendors, a CPU whose baseline is not known, or no CPU at all
 */
export function commonEvc(cpus: readonly CpuGeneration[]): string | undefined {
  const [first, ...others] = cpus;
  if (first === undefined) return undefined;
  return supportedEvc(first).findLast((baseline) => others.every((cpu) => supportsEvc(cpu, baseline) === true));
}

/** Baselines whose names are near a mistyped one. */
export function nearestEvc(baseline: string): readonly string[] {
  return nearest(baseline, evcBaselines);
}

function ofVendor(vendor: CpuVendor): readonly CpuGeneration[] {
  return cpuGenerations.filter((each) => each.vendor === vendor);
}
