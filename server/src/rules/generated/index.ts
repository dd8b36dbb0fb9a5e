// Made by tools/gen.ts from the rule files; do not edit.
import r0 from '../cluster/failover-capacity.ts';
import r1 from '../cluster/ha-with-one-host.ts';
import r2 from '../cluster/must-rule-defeats-ha.ts';
import r3 from '../cluster/redundant-pair-together.ts';
import r4 from '../hardware/no-virtualization.ts';
import r5 from '../hardware/not-on-hcl.ts';
import r6 from '../hardware/vmklinux-only.ts';
import r7 from '../licensing/redundant-pair-one-licence.ts';
import r8 from '../licensing/softkey-no-renewal.ts';
import r9 from '../licensing/softkey-too-early.ts';
import r10 from '../network/ft-logging-shared.ts';
import r11 from '../network/management-on-production.ts';
import r12 from '../network/migration-clear-text.ts';
import r13 from '../network/migration-on-production.ts';
import r14 from '../network/storage-shared.ts';
import r15 from '../network/vlan-out-of-range.ts';
import r16 from '../power/common-source.ts';
import r17 from '../power/single-psu.ts';
import r18 from '../storage/datastore-not-on-all-hosts.ts';
import r19 from '../storage/single-path.ts';
import r20 from '../storage/vm-on-local-disk.ts';
import r21 from '../usb/dongle-two-vms.ts';
import r22 from '../usb/dongle-vm-ha.ts';
import r23 from '../usb/dongle-vm-not-pinned.ts';
import r24 from '../usb/elipse-dongle-platform.ts';
import r25 from '../usb/hub-not-redundant.ts';
import r26 from '../usb/hyperv-dongle.ts';
import r27 from '../usb/vmotion-not-prepared.ts';
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
  r11 as unknown as Rule,
  r12 as unknown as Rule,
  r13 as unknown as Rule,
  r14 as unknown as Rule,
  r15 as unknown as Rule,
  r16 as unknown as Rule,
  r17 as unknown as Rule,
  r18 as unknown as Rule,
  r19 as unknown as Rule,
  r20 as unknown as Rule,
  r21 as unknown as Rule,
  r22 as unknown as Rule,
  r23 as unknown as Rule,
  r24 as unknown as Rule,
  r25 as unknown as Rule,
  r26 as unknown as Rule,
  r27 as unknown as Rule,
];
