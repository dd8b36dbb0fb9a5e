/**
 * CPU generations and EVC baselines as data. A generation's place in the list is its age within its vendor. Sources: the
 * EVC keys up to intel-skylake and amd-zen and the two AMD sequences are VMware's (KB 313545 and the EVC processor support
 * article); the XSAVE floor is williamlam.com 2023/10, the FT floor the
 * vSphere Availability manual's. What is marked unverified is general knowledge.
 */

export type CpuVendor = 'intel' | 'amd';

/** One generation of server CPUs. */
export interface CpuGeneration {
  readonly id: string;
  readonly vendor: CpuVendor;
  readonly name: string;
  /** Model names of the generation, as people write them; completion offers these. */
  readonly models: readonly string[];
  /** Highest EVC baseline; absent when not known. */
  readonly evc?: string;
  /** Whether that baseline was checked against VMware's tables. */
  readonly evcVerified: boolean;
  /** XSAVE, which ESXi 8.0 U2 needs. Absent: not known. */
  readonly xsave?: boolean;
  /** Can run vSphere Fault Tolerance (Sandy Bridge, Bulldozer or newer). Absent: not known. */
  readonly ft?: boolean;
}

/** EVC baselines by sequence, lowest first. A CPU supports its own baseline and all before it in the same sequence. */
export const evcSequences = {
  intel: [
    'intel-merom',
    'intel-penryn',
    'intel-nehalem',
    'intel-westmere',
    'intel-sandybridge',
    'intel-ivybridge',
    'intel-haswell',
    'intel-broadwell',
    'intel-skylake',
    'intel-cascadelake',
    'intel-icelake',
    'intel-sapphirerapids',
  ],
  // AMD has two sequences that share one baseline: A0-A3, and B0 (Generation 3 without 3DNow!) and above.
  'amd-a': ['amd-rev-e', 'amd-rev-f', 'amd-greyhound-no3dnow', 'amd-greyhound'],
  'amd-b': [
    'amd-greyhound-no3dnow',
    'amd-bulldozer',
    'amd-piledriver',
    'amd-steamroller',
    'amd-zen',
    'amd-zen2',
    'amd-zen3',
    'amd-zen4',
  ],
} as const;

const old = { evcVerified: true, xsave: false, ft: false } as const;
const modern = { evcVerified: true, xsave: true, ft: true } as const;
/** Same capabilities, baseline from general knowledge. */
const recent = { evcVerified: false, xsave: true, ft: true } as const;

/** Oldest first per vendor. */
export const cpuGenerations: readonly CpuGeneration[] = [
  { id: 'merom', vendor: 'intel', name: 'Merom (Core)', models: ['Xeon 5160', 'Xeon E5345'], evc: 'intel-merom', ...old },
  {
    id: 'penryn',
    vendor: 'intel',
    name: 'Penryn (45 nm Core)',
    models: ['Xeon E5450', 'Xeon X5460'],
    evc: 'intel-penryn',
    ...old,
  },
  {
    id: 'nehalem',
    vendor: 'intel',
    name: 'Nehalem',
    models: ['Xeon E5520', 'Xeon X5570', 'Xeon X7560'],
    evc: 'intel-nehalem',
    ...old,
  },
  {
    id: 'westmere',
    vendor: 'intel',
    name: 'Westmere',
    models: ['Xeon X5650', 'Xeon E5640', 'Xeon E7-4870'],
    evc: 'intel-westmere',
    ...old,
  },
  // FT names Avoton as the exception among newer CPUs; whether it has XSAVE is not known here.
  { id: 'avoton', vendor: 'intel', name: 'Avoton (Silvermont)', models: ['Atom C2750'], evcVerified: false, ft: false },
  {
    id: 'sandybridge',
    vendor: 'intel',
    name: 'Sandy Bridge',
    models: ['Xeon E5-2690', 'Xeon E3-1230'],
    evc: 'intel-sandybridge',
    ...modern,
  },
  {
    id: 'ivybridge',
    vendor: 'intel',
    name: 'Ivy Bridge',
    models: ['Xeon E5-2690 v2', 'Xeon E5-2640 v2'],
    evc: 'intel-ivybridge',
    ...modern,
  },
  {
    id: 'haswell',
    vendor: 'intel',
    name: 'Haswell',
    models: ['Xeon E5-2690 v3', 'Xeon E5-2630 v3', 'Xeon E3-1231 v3'],
    evc: 'intel-haswell',
    ...modern,
  },
  {
    id: 'broadwell',
    vendor: 'intel',
    name: 'Broadwell',
    models: ['Xeon E5-2690 v4', 'Xeon E5-2630 v4', 'Xeon D-1541'],
    evc: 'intel-broadwell',
    ...modern,
  },
  // Without AVX-512 the client cores stay below the Skylake baseline.
  {
    id: 'skylake-client',
    vendor: 'intel',
    name: 'Skylake, Kaby Lake, Coffee Lake (client core)',
    models: ['Xeon E3-1230 v5', 'Xeon E-2136', 'Xeon E-2234'],
    evc: 'intel-broadwell',
    ...recent,
  },
  {
    id: 'skylake',
    vendor: 'intel',
    name: 'Skylake-SP',
    models: ['Xeon Gold 6130', 'Xeon Silver 4110', 'Xeon Platinum 8180'],
    evc: 'intel-skylake',
    ...modern,
  },
  {
    id: 'cascadelake',
    vendor: 'intel',
    name: 'Cascade Lake',
    models: ['Xeon Gold 6248', 'Xeon Silver 4210', 'Xeon Gold 5218'],
    evc: 'intel-cascadelake',
    ...recent,
  },
  {
    id: 'cooperlake',
    vendor: 'intel',
    name: 'Cooper Lake',
    models: ['Xeon Gold 6328H', 'Xeon Platinum 8380H'],
    evc: 'intel-cascadelake',
    ...recent,
  },
  {
    id: 'icelake',
    vendor: 'intel',
    name: 'Ice Lake',
    models: ['Xeon Gold 6338', 'Xeon Silver 4314', 'Xeon Gold 5318Y'],
    evc: 'intel-icelake',
    ...recent,
  },
  { id: 'rocketlake', vendor: 'intel', name: 'Rocket Lake', models: ['Xeon E-2314', 'Xeon E-2336'], ...recent },
  {
    id: 'sapphirerapids',
    vendor: 'intel',
    name: 'Sapphire Rapids',
    models: ['Xeon Gold 6426Y', 'Xeon Gold 6430', 'Xeon Silver 4410Y'],
    evc: 'intel-sapphirerapids',
    ...recent,
  },
  { id: 'raptorlake', vendor: 'intel', name: 'Raptor Lake', models: ['Xeon E-2434', 'Xeon E-2488'], ...recent },
  {
    id: 'emeraldrapids',
    vendor: 'intel',
    name: 'Emerald Rapids',
    models: ['Xeon Gold 6526Y', 'Xeon Gold 6530', 'Xeon Silver 4514Y'],
    evc: 'intel-sapphirerapids',
    ...recent,
  },
  { id: 'sierraforest', vendor: 'intel', name: 'Sierra Forest (E-core)', models: ['Xeon 6766E'], ...recent },
  {
    id: 'graniterapids',
    vendor: 'intel',
    name: 'Granite Rapids',
    models: ['Xeon 6737P', 'Xeon 6767P', 'Xeon 6517P'],
    evc: 'intel-sapphirerapids',
    ...recent,
  },

  { id: 'rev-e', vendor: 'amd', name: 'Opteron Rev. E', models: ['Opteron 275'], evc: 'amd-rev-e', ...old },
  { id: 'rev-f', vendor: 'amd', name: 'Opteron Rev. F', models: ['Opteron 2218'], evc: 'amd-rev-f', ...old },
  {
    id: 'greyhound',
    vendor: 'amd',
    name: 'Opteron Generation 3 (Barcelona to Magny-Cours)',
    models: ['Opteron 2356', 'Opteron 6174'],
    evc: 'amd-greyhound',
    ...old,
  },
  { id: 'bulldozer', vendor: 'amd', name: 'Bulldozer', models: ['Opteron 6276'], evc: 'amd-bulldozer', ...modern },
  { id: 'piledriver', vendor: 'amd', name: 'Piledriver', models: ['Opteron 6376'], evc: 'amd-piledriver', ...modern },
  { id: 'steamroller', vendor: 'amd', name: 'Steamroller', models: [], evc: 'amd-steamroller', ...modern },
  { id: 'zen', vendor: 'amd', name: 'Zen (Naples)', models: ['EPYC 7351', 'EPYC 7601'], evc: 'amd-zen', ...modern },
  {
    id: 'zen2',
    vendor: 'amd',
    name: 'Zen 2 (Rome)',
    models: ['EPYC 7302', 'EPYC 7452', 'EPYC 7702P'],
    evc: 'amd-zen2',
    ...recent,
  },
  {
    id: 'zen3',
    vendor: 'amd',
    name: 'Zen 3 (Milan)',
    models: ['EPYC 7313', 'EPYC 7543', 'EPYC 7763'],
    evc: 'amd-zen3',
    ...recent,
  },
  {
    id: 'zen4',
    vendor: 'amd',
    name: 'Zen 4 (Genoa, Bergamo, Siena)',
    models: ['EPYC 9124', 'EPYC 9354', 'EPYC 9554', 'EPYC 8324P'],
    evc: 'amd-zen4',
    ...recent,
  },
  {
    id: 'zen5',
    vendor: 'amd',
    name: 'Zen 5 (Turin)',
    models: ['EPYC 9135', 'EPYC 9355', 'EPYC 9555'],
    evc: 'amd-zen4',
    ...recent,
  },
];

/** Model name → generation, tried in order on the lower-case name without trade marks; the first that fits counts. */
export const cpuPatterns: readonly (readonly [pattern: RegExp, generation: string])[] = [
  [/\b(?:platinum|gold|silver|bronze) ?[3-9]1\d\d[a-z]*\b/u, 'skylake'],
  [/\b(?:platinum|gold|silver|bronze) ?[3-9]2\d\d[a-z]*\b/u, 'cascadelake'],
  [/\b(?:platinum|gold) ?[5-8]3\d\dhl?\b/u, 'cooperlake'],
  [/\b(?:platinum|gold|silver|bronze) ?[3-9]3\d\d[a-z]*\b/u, 'icelake'],
  [/\b(?:platinum|gold|silver|bronze|max) ?[3-9]4\d\d[a-z]*\+?/u, 'sapphirerapids'],
  [/\b(?:platinum|gold|silver|bronze) ?[3-9]5\d\d[a-z]*\+?/u, 'emeraldrapids'],
  [/\bxeon (?:6 )?6\d{3}p(?:-b)?\b/u, 'graniterapids'],
  [/\bxeon (?:6 )?6\d{3}e\b/u, 'sierraforest'],

  [/\be[57][- ]?\d{4}[a-z]* ?v2\b/u, 'ivybridge'],
  [/\be[357][- ]?\d{4}[a-z]* ?v3\b/u, 'haswell'],
  [/\be[357][- ]?\d{4}[a-z]* ?v4\b/u, 'broadwell'],
  [/\be3[- ]?12\d\d[a-z]* ?v2\b/u, 'ivybridge'],
  [/\be3[- ]?1[25]\d\d[a-z]* ?v[56]\b/u, 'skylake-client'],
  [/\be[35]-\d{4}[a-z]*(?! ?v\d)\b/u, 'sandybridge'],
  [/\be7-\d{4}[a-z]*(?! ?v\d)\b/u, 'westmere'],
  [/\be-2[12]\d\d[a-z]*\b/u, 'skylake-client'],
  [/\be-23\d\d[a-z]*\b/u, 'rocketlake'],
  [/\be-24\d\d[a-z]*\b/u, 'raptorlake'],
  [/\bd-1[56]\d\d[a-z]*\b/u, 'broadwell'],
  [/\bd-21\d\d[a-z]*\b/u, 'skylake'],
  [/\bd-(?:17|18|27|28)\d\d[a-z]*\b/u, 'icelake'],
  [/\bw-?[23]1\d\d[a-z]*\b/u, 'skylake'],
  [/\bw-[23]2\d\d[a-z]*\b/u, 'cascadelake'],
  [/\bw-33\d\d[a-z]*\b/u, 'icelake'],
  [/\bw[3579]-[23][45]\d\d[a-z]*\b/u, 'sapphirerapids'],
  [/\bc2[357]\d\d\b/u, 'avoton'],

  [/\bxeon [elwx]?(?:56|36)\d\d\b/u, 'westmere'],
  [/\bxeon [elwx]?(?:55|35|34|65|75)\d\d\b/u, 'nehalem'],
  [/\bxeon [elx]?(?:52|54|33|74)\d\d\b/u, 'penryn'],
  [/\bxeon [elx]?(?:50|51|53|30|32|72|73)\d\d\b/u, 'merom'],

  [/\bepyc [37][\dfh][\dfh]1p?\b/u, 'zen'],
  [/\bepyc 7[\dfh][\dfh]2p?\b/u, 'zen2'],
  [/\bepyc 7[\df][\df]3[px]?\b/u, 'zen3'],
  [/\bepyc [489][\dafr][\df]4[a-z]{0,2}\b/u, 'zen4'],
  [/\bepyc [489][\dafr][\df]5[a-z]{0,2}\b/u, 'zen5'],
  [/\bopteron(?:\(tm\))? (?:processor )?(?:62|42|32)\d\d/u, 'bulldozer'],
  [/\bopteron (?:63|43|33)\d\d/u, 'piledriver'],
  [/\bopteron (?:23|24|83|84|61|41|13)\d\d/u, 'greyhound'],
  [/\bopteron (?:12|22|82)\d\d/u, 'rev-f'],
  [/\bopteron (?:1|2|8)\d\d\b/u, 'rev-e'],
];
