/** Acceptance of licences: dongles and hubs are pulled, softkeys renewed. */

import { hardkeyUsers, plugOf, softkeyUsers } from '../../../facts/licences.ts';
import { psuCount, psuFeedNames } from '../../../facts/power.ts';
import { childrenOf, type Entity } from '../../../model/entity.ts';
import { name, names, refText } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, only, say } from '../../text.ts';

type Hub = Entity<'usbhub'>;

export const hubs = defineTask({
  id: 'acceptance/hub',
  phase: 'acceptance',
  title: 'Dongles and their hubs',
  role: 'OT engineer',
  record: 'licence shown by the application before, during and after; alarm',
  columns: ['Pull', 'Concerns', 'Expected'],
  blanks: ['FAT', 'SAT'],
  closes: ['USB012', 'USB018'],
  *items(model) {
    const dongles = (hub: Hub): readonly Entity<'license'>[] =>
      model
        .all('license')
        .filter(
          (license) => plugOf(license, model)?.at === 'hub' && (plugOf(license, model) as { readonly hub: Hub }).hub === hub,
        );
    for (const hub of model.all('usbhub')) {
      const feeds = psuFeedNames(hub);
      const supplies = psuCount(hub) ?? 1;
      const nics = childrenOf(hub, 'nic');
      const licences = names(dongles(hub));
      const redundant = say`no licence is lost; an alarm arrives`;
      const lost = say`licences are lost; an alarm arrives, the application does what its vendor says: ${undefined}`;
      for (let at = 0; at < supplies; at += 1)
        yield {
          subject: hub,
          part: `supply ${at + 1}`,
          prop: 'psu',
          what: [
            say`supply ${feeds?.[at] === undefined ? at + 1 : code(feeds[at])} of ${name(hub)}`,
            licences,
            supplies > 1 ? redundant : lost,
          ],
        };
      for (const nic of nics)
        yield { subject: nic, what: [say`cable of ${name(nic)}`, licences, nics.length > 1 ? redundant : lost] };
    }
    for (const license of model.all('license')) {
      if (!license.props.hardkey) continue;
      const users = hardkeyUsers(license, model);
      yield {
        subject: license,
        part: 'pull',
        prop: 'hardkey',
        what: [
          say`dongle ${name(license)} out of ${code(refText(license.props.hardkey.at, '/'))}`,
          names(users),
          say`the application reports it, and runs on for ${undefined}; plugged in again, the licence is back without a restart: ${undefined}`,
        ],
      };
    }
  },
});

export const renewals = defineTask({
  id: 'acceptance/softkey',
  phase: 'acceptance',
  title: 'Renewal of softkeys',
  role: 'OT engineer',
  record: 'last day before and after, mail',
  columns: ['Licence', 'In', 'Last day', 'Renewed by', 'Expected'],
  blanks: ['Last day after'],
  closes: ['LIC002', 'LIC003'],
  *items(model) {
    for (const license of model.all('license')) {
      const { softkey } = license.props;
      if (!softkey) continue;
      const by = softkey['renewed-by'] ? [code(refText(softkey['renewed-by']))] : only(softkey.renewal);
      yield {
        subject: license,
        part: 'renewal',
        prop: 'softkey',
        what: [
          [name(license)],
          names(softkeyUsers(license, model)),
          only(softkey.expires),
          by,
          say`renewed by hand once; with the manager off, a mail warns ${undefined} days before the last one`,
        ],
      };
    }
  },
});
