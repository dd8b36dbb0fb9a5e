import { hypervisorName } from '../../facts/hardware.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'HWC009',
  name: 'hardware/no-virtualization',
  severity: 'error',
  on: ['host'],
  summary: 'Hardware virtualization (VT-x, AMD-V) is off in the firmware of a host',
  why: 'Every present hypervisor runs its guests with the processor’s virtualization extensions. KVM and Hyper-V do not start a single VM without them, ESXi starts no 64-bit guest. Servers are sometimes shipped with the setting off, and a firmware reset switches it off again.',
  remedy:
    'Switch VT-x (Intel) or AMD-V/SVM (AMD) on in the firmware setup, together with no-execute and, for passthrough, VT-d or AMD-Vi. Power the server off and on again: a warm restart is not enough on some boards.',
  sources: [
    'VMware, ESXi hardware requirements',
    'Fujitsu white paper on virtualization solutions for PRIMERGY',
    'SUSE Linux Enterprise Server 15, Virtualization limits and support',
  ],
  fixable: true,
  check(entity, { report }) {
    const { bios, hypervisor } = entity.props;
    if (bios?.vt !== false) return;
    const product = hypervisor?.product;
    report({
      prop: 'bios.vt',
      message: `Hardware virtualization is off on ${entity.name}: ${product === undefined ? 'the hypervisor' : hypervisorName(product)} ${product === 'esxi' ? 'starts no 64-bit VM' : 'starts no VM'} there. Switch VT-x or AMD-V on in the firmware setup.`,
      fix: {
        title: 'Switch hardware virtualization on',
        safety: 'safe',
        ops: [{ op: 'replace', on: entity, prop: 'bios.vt', text: 'yes' }],
      },
    });
  },
  examples: {
    bad: [
      {
        title: 'Switched off in the firmware',
        text: `host host1 hypervisor hyperv 2022 {
  bios vt no nx yes
          ^^
}`,
        fixed: `host host1 hypervisor hyperv 2022 {
  bios vt yes nx yes
}`,
      },
    ],
    good: [
      { title: 'Switched on', text: 'host esx1 hypervisor esxi 8.0u3 bios vt yes nx yes' },
      { title: 'Not said: the checklist asks for it at installation', text: 'host esx1 hypervisor esxi 8.0u3' },
    ],
  },
});
