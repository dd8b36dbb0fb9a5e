// Made by tools/gen.ts from the rule files; do not edit.
import r0 from '../addressing/duplicate-address.ts';
import r1 from '../addressing/gateway-outside-subnet.ts';
import r2 from '../addressing/outside-subnet.ts';
import r3 from '../addressing/overlapping-subnets.ts';
import r4 from '../cluster/failover-capacity.ts';
import r5 from '../cluster/ha-with-one-host.ts';
import r6 from '../cluster/must-rule-defeats-ha.ts';
import r7 from '../cluster/redundant-pair-together.ts';
import r8 from '../database/data-without-raid.ts';
import r9 from '../database/database-with-scada.ts';
import r10 from '../directory/single-controller.ts';
import r11 from '../fault-tolerance/ft-network-slow.ts';
import r12 from '../fault-tolerance/ft-vcpu-limit.ts';
import r13 from '../fault-tolerance/ft-vms-per-host.ts';
import r14 from '../fault-tolerance/ft-with-dongle.ts';
import r15 from '../fault-tolerance/ft-without-ha.ts';
import r16 from '../fault-tolerance/no-ft-adapter.ts';
import r17 from '../hardware/no-virtualization.ts';
import r18 from '../hardware/not-on-hcl.ts';
import r19 from '../hardware/vmklinux-only.ts';
import r20 from '../licensing/redundant-pair-one-licence.ts';
import r21 from '../licensing/softkey-no-renewal.ts';
import r22 from '../licensing/softkey-too-early.ts';
import r23 from '../migration/cpu-generations-mixed.ts';
import r24 from '../migration/cpu-vendors-mixed.ts';
import r25 from '../migration/no-migration-adapter.ts';
import r26 from '../mtu/adapter-over-switch.ts';
import r27 from '../mtu/ends-disagree.ts';
import r28 from '../mtu/switch-over-port.ts';
import r29 from '../network/access-port-tagged.ts';
import r30 from '../network/ft-few-nics.ts';
import r31 from '../network/ft-logging-shared.ts';
import r32 from '../network/management-on-production.ts';
import r33 from '../network/migration-clear-text.ts';
import r34 from '../network/migration-on-production.ts';
import r35 from '../network/portgroup-missing.ts';
import r36 from '../network/production-not-teamed.ts';
import r37 from '../network/single-uplink.ts';
import r38 from '../network/storage-shared.ts';
import r39 from '../network/vlan-not-trunked.ts';
import r40 from '../network/vlan-out-of-range.ts';
import r41 from '../power/common-source.ts';
import r42 from '../power/single-psu.ts';
import r43 from '../scada/native-redundancy-one-server.ts';
import r44 from '../scada/servers-on-one-host.ts';
import r45 from '../scada/switchover-too-slow.ts';
import r46 from '../storage/datastore-not-on-all-hosts.ts';
import r47 from '../storage/single-path.ts';
import r48 from '../storage/vm-on-local-disk.ts';
import r49 from '../teaming/channel-without-ip-hash.ts';
import r50 from '../teaming/ip-hash-standby.ts';
import r51 from '../teaming/ip-hash-without-channel.ts';
import r52 from '../usb/dongle-two-vms.ts';
import r53 from '../usb/dongle-vm-ha.ts';
import r54 from '../usb/dongle-vm-not-pinned.ts';
import r55 from '../usb/elipse-dongle-platform.ts';
import r56 from '../usb/hub-not-redundant.ts';
import r57 from '../usb/hyperv-dongle.ts';
import r58 from '../usb/vmotion-not-prepared.ts';
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
  r28 as unknown as Rule,
  r29 as unknown as Rule,
  r30 as unknown as Rule,
  r31 as unknown as Rule,
  r32 as unknown as Rule,
  r33 as unknown as Rule,
  r34 as unknown as Rule,
  r35 as unknown as Rule,
  r36 as unknown as Rule,
  r37 as unknown as Rule,
  r38 as unknown as Rule,
  r39 as unknown as Rule,
  r40 as unknown as Rule,
  r41 as unknown as Rule,
  r42 as unknown as Rule,
  r43 as unknown as Rule,
  r44 as unknown as Rule,
  r45 as unknown as Rule,
  r46 as unknown as Rule,
  r47 as unknown as Rule,
  r48 as unknown as Rule,
  r49 as unknown as Rule,
  r50 as unknown as Rule,
  r51 as unknown as Rule,
  r52 as unknown as Rule,
  r53 as unknown as Rule,
  r54 as unknown as Rule,
  r55 as unknown as Rule,
  r56 as unknown as Rule,
  r57 as unknown as Rule,
  r58 as unknown as Rule,
];
