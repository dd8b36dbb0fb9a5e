import { is } from '../../../model/entity.ts';
import { losing, sourcesOf } from '../../derive/impact.ts';
import { wholeDesign } from '../../derive/whole.ts';
import { duration, names, short } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, nothing, say } from '../../text.ts';

export const feeds = defineTask({
  id: 'acceptance/feed',
  phase: 'acceptance',
  title: 'A feed fails',
  role: 'site electrician',
  record: 'devices that went off, load of the other side, alarms',
  intro: 'Every device with two supplies stays on. Watch the load of the side that carries all.',
  columns: ['Switch off', 'On one supply', 'Goes off', 'Expected'],
  blanks: ['FAT', 'SAT'],
  closes: ['PWR001', 'PWR002'],
  *items(model) {
    for (const source of sourcesOf(model)) {
      const { some, all } = losing(source, model);
      if (some.length === 0 && all.length === 0) continue;
      const what = is(source, 'feed')
        ? say`feed ${code(source.name)} of ${short(source.parent, model)}`
        : say`${is(source, 'ups') ? 'output of UPS' : 'PDU'} ${short(source, model)}`;
      yield {
        subject: source,
        what: [
          what,
          some.length === 0 ? nothing : names(some, 8),
          all.length === 0 ? ['nothing'] : names(all, 8),
          all.length === 0 ? ['all goes on'] : say`as if ${all.length === 1 ? 'it' : 'all of them'} failed; the rest goes on`,
        ],
      };
    }
  },
});

export const battery = defineTask({
  id: 'acceptance/battery',
  phase: 'acceptance',
  title: 'Mains fail; cold start',
  role: 'commissioning engineer',
  record: 'time of each step, battery left, what had to be done by hand',
  closes: ['PWR004', 'PWR003'],
  *items(model) {
    const units = model.all('ups');
    const [first] = units;
    if (first) {
      const shutdown = units.some((ups) => ups.props.shutdown === true);
      yield {
        subject: first,
        scope: 'mains',
        prop: 'runtime',
        what: say`Take the mains from ${names(units)}${units.length > 1 ? ' at once' : ''}, at full load, until the battery is low.`,
        detail: units.map(
          (ups) => say`${short(ups, model)} runs ${duration(ups.props.runtime)} by the design. Measured: ${undefined}`,
        ),
        expected: shutdown
          ? say`Everything stops in the order that was set up, before the battery is empty, and starts again when the mains are back.`
          : say`What happens when the battery is low: ${undefined}`,
      };
    }
    const subject = wholeDesign(model);
    if (!subject || model.all('host').length === 0) return;
    yield {
      subject,
      scope: 'design',
      what: say`Start everything from cold: all off for ten minutes, then power on, hands off the keyboard.`,
      expected: say`Network, storage, hosts and VMs come up in the order of the recovery plan, the clusters have quorum, no VM starts before its storage. By hand: ${undefined}. Until all services run: ${undefined} min`,
    };
  },
});
