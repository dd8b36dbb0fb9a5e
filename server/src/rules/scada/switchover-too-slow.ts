import { ftOn } from '../../facts/placement.ts';
import { e3Servers, isNativeE3 } from '../../facts/services.ts';
import { is } from '../../model/entity.ts';
import { formatQuantity } from '../../values/quantity.ts';
import { defineRule } from '../rule.ts';

/** What Elipse gives for the native redundancy, in seconds, depending on the size of the application. */
const typical = { from: 2, to: 30 } as const;

export default defineRule({
  code: 'SCD010',
  name: 'scada/switchover-too-slow',
  severity: 'error',
  on: ['service'],
  summary: 'The native switchover of an E3 domain is slower than the service may be away',
  why: 'The standby of an E3 domain has to notice that its partner is gone, to start its drivers and to load the screens: 2 to 30 seconds in average, depending on the size of the application and its configuration. A process that tolerates less cannot rely on it. One that tolerates something in between can, if somebody has measured it on this very application.',
  remedy:
    'Measure the switchover at the acceptance test and state it (switchover 2s..8s). Where no interruption at all is tolerated, put the servers under Fault Tolerance, or keep the control loop in the PLC.',
  sources: ['Elipse Software, Virtualization Guide: redundancy', 'Elipse Knowledgebase, HotStandby FAQ'],
  check(entity, { model, report }) {
    const rto = entity.props.objective?.rto;
    if (rto === undefined || !isNativeE3(entity, model)) return;
    const stated = entity.props['e3-domain']?.switchover;
    const { from, to } = stated ?? typical;
    if (rto >= to) return;
    const servers = e3Servers(entity, model);
    if (servers.length > 0 && servers.every((server) => is(server, 'vm') && ftOn(server))) return;
    const takes =
      from === to ? formatQuantity(to, 'duration') : `${formatQuantity(from, 'duration')} to ${formatQuantity(to, 'duration')}`;
    const related = stated
      ? [{ at: entity, prop: 'e3-domain.switchover', message: 'The switchover as the design states it' }]
      : [];
    const may = `${entity.name} may be away for ${formatQuantity(rto, 'duration')}`;
    const source = stated ? 'takes' : 'typically takes';
    if (rto < from) {
      report({
        prop: 'objective.rto',
        related,
        message: `${may}, but the native switchover of E3 ${source} ${takes}: it never meets that. Put the servers under Fault Tolerance, or relax the objective.`,
      });
    } else {
      report({
        prop: 'objective.rto',
        severity: 'warning',
        related,
        message: `${may}, but the native switchover of E3 ${source} ${takes}, depending on the application: ${stated ? 'it does not always meet that. Make the application faster to start, or relax the objective.' : 'measure it at the acceptance test and state it (switchover …).'}`,
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'One second is out of reach',
        text: `host esx1
host esx2
vm E3-A on esx1
vm E3-B on esx2
service "SCADA" {
  e3-domain servers E3-A, E3-B
  objective availability 99.99% rto 1s
                                    ^^ error
}`,
      },
      {
        title: 'Ten seconds have to be measured',
        text: `host esx1
host esx2
vm E3-A on esx1
vm E3-B on esx2
service "SCADA" {
  e3-domain servers E3-A, E3-B switchover 2s..30s
  objective rto 10s
                ^^^ warning
}`,
      },
    ],
    good: [
      {
        title: 'A minute is enough',
        text: `host esx1
host esx2
vm E3-A on esx1
vm E3-B on esx2
service "SCADA" {
  e3-domain servers E3-A, E3-B
  objective availability 99.99% rto 1min
}`,
      },
      {
        title: 'Measured: fast enough',
        text: `host esx1
host esx2
vm E3-A on esx1
vm E3-B on esx2
service "SCADA" {
  e3-domain servers E3-A, E3-B switchover 3s..8s
  objective rto 10s
}`,
      },
      {
        title: 'No objective stated',
        text: `host esx1
host esx2
vm E3-A on esx1
vm E3-B on esx2
service "SCADA" { e3-domain servers E3-A, E3-B }`,
      },
    ],
  },
});
