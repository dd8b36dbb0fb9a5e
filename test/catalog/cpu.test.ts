import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundledCatalogs } from '../../server/src/catalog/bundled.ts';
import {
  classifyCpu,
  commonEvc,
  compareCpu,
  cpuGeneration,
  cpuModels,
  evcBaselines,
  evcVendor,
  nearestEvc,
  supportedEvc,
  supportsEvc,
} from '../../server/src/catalog/cpu.ts';
import { cpuGenerations, cpuPatterns } from '../../server/src/catalog/cpuTable.ts';

const cpu = (model: string) => {
  const found = classifyCpu(model);
  if (found === undefined) throw new Error(`${model} is unknown`);
  return found;
};

describe('classifyCpu', () => {
  it.each([
    ['Xeon Gold 6426Y', 'sapphirerapids', 'intel-sapphirerapids'],
    ['Xeon E5-2690 v4', 'broadwell', 'intel-broadwell'],
    ['EPYC 9354', 'zen4', 'amd-zen4'],
    ['Xeon Silver 4314', 'icelake', 'intel-icelake'],
    ['Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz', 'broadwell', 'intel-broadwell'],
    ['Intel(R) Xeon(R) Gold 6248 CPU @ 2.50GHz', 'cascadelake', 'intel-cascadelake'],
    ['Intel Xeon Gold 6130', 'skylake', 'intel-skylake'],
    ['Xeon Platinum 8380H', 'cooperlake', 'intel-cascadelake'],
    ['Xeon Platinum 8380', 'icelake', 'intel-icelake'],
    ['Xeon Gold 6530', 'emeraldrapids', 'intel-sapphirerapids'],
    ['Xeon 6767P', 'graniterapids', 'intel-sapphirerapids'],
    ['Intel Xeon 6 6767P', 'graniterapids', 'intel-sapphirerapids'],
    ['Xeon 6766E', 'sierraforest', undefined],
    ['Xeon Max 9480', 'sapphirerapids', 'intel-sapphirerapids'],
    ['Xeon E5-2690', 'sandybridge', 'intel-sandybridge'],
    ['Xeon E5-2670 0 @ 2.60GHz', 'sandybridge', 'intel-sandybridge'],
    ['xeon e5-2690v2', 'ivybridge', 'intel-ivybridge'],
    ['Xeon E7-4890 v2', 'ivybridge', 'intel-ivybridge'],
    ['Xeon E7-4870', 'westmere', 'intel-westmere'],
    ['Xeon E3-1230 v6', 'skylake-client', 'intel-broadwell'],
    ['Xeon E-2136', 'skylake-client', 'intel-broadwell'],
    ['Xeon E-2336', 'rocketlake', undefined],
    ['Xeon X5650', 'westmere', 'intel-westmere'],
    ['Intel(R) Xeon(R) CPU X5570 @ 2.93GHz', 'nehalem', 'intel-nehalem'],
    ['Xeon E5450', 'penryn', 'intel-penryn'],
    ['Xeon 5160', 'merom', 'intel-merom'],
    ['Xeon D-1541', 'broadwell', 'intel-broadwell'],
    ['Atom C2750', 'avoton', undefined],
    ['AMD EPYC 7763 64-Core Processor', 'zen3', 'amd-zen3'],
    ['EPYC 7F52', 'zen2', 'amd-zen2'],
    ['EPYC 75F3', 'zen3', 'amd-zen3'],
    ['EPYC 7351P', 'zen', 'amd-zen'],
    ['EPYC 9755', 'zen5', 'amd-zen4'],
    ['AMD Opteron(tm) Processor 6376', 'piledriver', 'amd-piledriver'],
    ['Opteron 6276', 'bulldozer', 'amd-bulldozer'],
    ['Opteron 2356', 'greyhound', 'amd-greyhound'],
  ])('%s is %s', (model, generation, evc) => {
    expect(classifyCpu(model)).toMatchObject({ id: generation });
    expect(classifyCpu(model)?.evc).toBe(evc);
  });

  it.each(['', 'Xeon', 'Core i7-8700', 'EPYC', 'Xeon Gold', 'POWER9', 'Xeon E5-2690 v9'])('%j is unknown', (model) => {
    expect(classifyCpu(model)).toBeUndefined();
  });

  it('recognizes every model that completion offers', () => {
    for (const generation of cpuGenerations) {
      for (const model of generation.models) expect([model, classifyCpu(model)?.id]).toEqual([model, generation.id]);
    }
    expect(new Set(cpuModels()).size).toBe(cpuModels().length);
    for (const [, id] of cpuPatterns) expect(cpuGeneration(id), id).toBeDefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((text) => `Xeon E5-${text}`),
        ),
        (text) => void classifyCpu(text),
      ),
    );
    expect(classifyCpu('x'.repeat(1e6))).toBeUndefined();
  });
});

describe('generations', () => {
  it('have an order within their vendor', () => {
    expect(compareCpu(cpu('Xeon Gold 6426Y'), cpu('Xeon Gold 6248'))).toBeGreaterThan(0);
    expect(compareCpu(cpu('EPYC 7313'), cpu('EPYC 7302'))).toBeGreaterThan(0);
    expect(compareCpu(cpu('EPYC 7313'), cpu('Xeon Gold 6248'))).toBeUndefined();
  });

  it('know XSAVE and FT as far as known', () => {
    expect(cpu('Xeon X5650')).toMatchObject({ xsave: false, ft: false });
    expect(cpu('Xeon E5-2690')).toMatchObject({ xsave: true, ft: true });
    expect(cpu('Opteron 6276')).toMatchObject({ xsave: true, ft: true });
    expect(cpu('Atom C2750').ft).toBe(false);
    expect(cpu('Atom C2750').xsave).toBeUndefined();
  });

  it('name only ids, baselines and generations that exist', () => {
    expect(new Set(cpuGenerations.map((each) => each.id)).size).toBe(cpuGenerations.length);
    for (const { evc, vendor } of cpuGenerations) if (evc !== undefined) expect(evcVendor(evc)).toBe(vendor);
    const named = bundledCatalogs().flatMap(({ devices }) => devices.flatMap((entry) => entry.cpuGenerations ?? []));
    expect(named.filter((id) => cpuGeneration(id) === undefined)).toEqual([]);
  });
});

describe('EVC', () => {
  it('gives a CPU its baseline and all before it', () => {
    expect(supportsEvc(cpu('Xeon Gold 6426Y'), 'intel-icelake')).toBe(true);
    expect(supportsEvc(cpu('Xeon Gold 6426Y'), 'intel-merom')).toBe(true);
    expect(supportsEvc(cpu('Xeon Silver 4314'), 'intel-sapphirerapids')).toBe(false);
    expect(supportsEvc(cpu('EPYC 9354'), 'intel-icelake')).toBe(false);
    expect(supportsEvc(cpu('Xeon E-2336'), 'intel-skylake')).toBeUndefined();
    expect(supportsEvc(cpu('EPYC 9354'), 'amd-zen9')).toBeUndefined();
  });

  it('keeps the two AMD sequences apart (KB 313545)', () => {
    expect(supportedEvc(cpu('Opteron 2356'))).toEqual(['amd-rev-e', 'amd-rev-f', 'amd-greyhound-no3dnow', 'amd-greyhound']);
    expect(supportedEvc(cpu('Opteron 6276'))).toEqual(['amd-greyhound-no3dnow', 'amd-bulldozer']);
    expect(supportsEvc(cpu('Opteron 6276'), 'amd-greyhound')).toBe(false);
  });

  it('finds the common baseline of a cluster', () => {
    expect(commonEvc([cpu('Xeon Gold 6426Y'), cpu('Xeon Silver 4314'), cpu('Xeon Gold 6530')])).toBe('intel-icelake');
    expect(commonEvc([cpu('Opteron 2356'), cpu('EPYC 7302')])).toBe('amd-greyhound-no3dnow');
    expect(commonEvc([cpu('Xeon Gold 6426Y'), cpu('EPYC 9354')])).toBeUndefined();
    expect(commonEvc([cpu('Xeon Gold 6426Y'), cpu('Xeon E-2336')])).toBeUndefined();
    expect(commonEvc([])).toBeUndefined();
  });

  it('lists and suggests baselines', () => {
    expect(evcBaselines[0]).toBe('intel-merom');
    expect(evcBaselines).toContain('amd-zen4');
    expect(nearestEvc('intel-icelak')).toContain('intel-icelake');
  });
});
