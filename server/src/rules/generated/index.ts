// Made by tools/gen.ts from the rule files; do not edit.
import r0 from '../hardware/no-virtualization.ts';
import r1 from '../hardware/not-on-hcl.ts';
import r2 from '../hardware/vmklinux-only.ts';
import r3 from '../network/vlan-out-of-range.ts';
import r4 from '../power/common-source.ts';
import r5 from '../power/single-psu.ts';
import r6 from '../usb/dongle-vm-ha.ts';
import r7 from '../usb/dongle-vm-not-pinned.ts';
import r8 from '../usb/elipse-dongle-platform.ts';
import r9 from '../usb/hyperv-dongle.ts';
import r10 from '../usb/vmotion-not-prepared.ts';
import type { Rule } from '../rule.ts';

export const rules: readonly Rule[] = [
  r0 as unknown as Rule,
  r1 as unknown as Rule,
  r2 as unknown as Rule,
  r3 as unknown as Rule,
  r4 as unknown as Rule,
  r5 as unknown as Rule,
  r6 as unknown as Rule,
  r7 as unknown as Rule,
  r8 as unknown as Rule,
  r9 as unknown as Rule,
  r10 as unknown as Rule,
];
