import { e3Servers, machineCount } from '../../facts/services.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'SCD001',
  name: 'scada/native-redundancy-one-server',
  severity: 'error',
  on: ['service'],
  summary: 'An E3 domain relies on native redundancy and has one server',
  why: 'The hot standby of Elipse E3 and Power needs a second server with a licence of its own, which runs all the time and takes over within 2 to 30 seconds. With one server there is nothing to switch over to: what remains is a restart of the VM by HA, which helps against a failed host, not against a failed program.',
  remedy: 'Add the second server, as a VM on another host, or say "redundancy none" if HA alone is meant.',
  sources: ['Elipse Software, Virtualization Guide: redundancy', 'Elipse E3 manual, Hot-Standby'],
  fixable: true,
  check(entity, { model, report }) {
    const domain = entity.props['e3-domain'];
    if (!domain?.servers || domain.redundancy === 'none' || machineCount(domain.servers, entity, model) >= 2) return;
    // A switchover time only makes sense for a pair.
    const said =
      domain.redundancy === 'native' ? 'native redundancy' : domain.switchover !== undefined ? 'a native switchover' : undefined;
    if (said === undefined) return;
    const [server] = e3Servers(entity, model);
    report({
      prop: 'e3-domain.servers',
      message: `The E3 domain of ${entity.name} states ${said}, but ${server ? `${server.name} is its only server` : 'has no second server'}: nothing takes over when it fails. Add a second server on another host${domain.redundancy === 'native' ? ', or say "redundancy none"' : ''}.`,
      ...(domain.redundancy === 'native'
        ? {
            fix: {
              title: 'Say that there is no native redundancy',
              safety: 'unsafe',
              ops: [{ op: 'replace', on: entity, prop: 'e3-domain.redundancy', text: 'none' }],
            },
          }
        : {}),
    });
  },
  examples: {
    bad: [
      {
        title: 'Native redundancy of one',
        text: `vm E3-A
service "SCADA" { e3-domain servers E3-A redundancy native }
                                    ^^^^`,
        fixed: `vm E3-A
service "SCADA" { e3-domain servers E3-A redundancy none }`,
      },
      {
        title: 'The same server twice',
        text: `vm E3-A
service "SCADA" { e3-domain servers E3-A, E3-A switchover 2s..30s }
                                    ^^^^^^^^^^`,
      },
    ],
    good: [
      {
        title: 'Two servers on two hosts',
        text: `host esx1
host esx2
vm E3-A on esx1
vm E3-B on esx2
service "SCADA" { e3-domain servers E3-A, E3-B switchover 2s..30s }`,
      },
      {
        title: 'One server, HA alone',
        text: `vm E3-A
service "SCADA" { e3-domain servers E3-A redundancy none }`,
      },
      {
        title: 'Redundancy not said',
        text: `vm E3-A
service "SCADA" { e3-domain servers E3-A }`,
      },
    ],
  },
});
