import { e3Licences } from '../../facts/licences.ts';
import { e3Servers, isNativeE3 } from '../../facts/services.ts';
import { type Entity, idOf } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'LIC007',
  name: 'licensing/redundant-pair-one-licence',
  severity: 'error',
  on: ['service'],
  summary: 'A redundant E3 domain has fewer server licences than servers',
  why: 'The native redundancy of Elipse E3 and Power keeps the second server running at all times, and each server needs a licence of its own. A server without one does not take over. Only a single server under HA needs a single licence: there the same VM is started again.',
  remedy:
    'Order a server licence for each server of the domain and name it in the design. Or run one server under HA, and accept the restart time of the VM.',
  sources: ['Elipse Software, Virtualization Guide: redundancy'],
  check(entity, { model, report, ask }) {
    if (!isNativeE3(entity, model)) return;
    const servers = e3Servers(entity, model);
    if (servers.length < 2) return;
    const found = new Map<string, Entity<'license'>>();
    const without = servers.filter((server) => {
      const own = model.lookup<'license'>(e3Licences, `for ${idOf(server)}`);
      for (const license of own) found.set(license.name, license);
      return own.length === 0;
    });
    const free = model.lookup<'license'>(e3Licences, 'free');
    for (const license of free) found.set(license.name, license);
    if (found.size === 0) {
      ask({
        prop: 'e3-domain.servers',
        message: `How are the ${servers.length} servers of ${entity.name} licensed? Native redundancy needs a server licence for each: declare them with "license", hardkey or softkey.`,
      });
      return;
    }
    const licences = [...found.values()];
    // A licence that names several servers is still one, unless it says how many it is.
    const count = licences.reduce((sum, license) => sum + (license.props.count ?? 1), 0);
    if (count >= servers.length) return;
    const names = licences.map((license) => license.name).join(', ');
    const lacking =
      without.length > 0 && free.length === 0
        ? `${without.map((server) => server.name).join(', ')} ${without.length === 1 ? 'has' : 'have'} none and cannot take over`
        : 'the server without one cannot take over';
    report({
      prop: 'e3-domain.servers',
      message: `The E3 domain of ${entity.name} has ${servers.length} servers and ${count} server licence${count === 1 ? '' : 's'} (${names}): ${lacking}. Order a licence for each server.`,
      related: licences.map((license) => ({ at: license, message: `Licence ${license.name}` })),
    });
  },
  examples: {
    bad: [
      {
        title: 'The second server has no licence',
        text: `vm E3-A on esx1
vm E3-B on esx2
host esx1
host esx2
license e3-a product "Elipse E3 Server" softkey for E3-A
service "SCADA" {
  e3-domain servers E3-A, E3-B
                    ^^^^^^^^^^
}`,
      },
      {
        title: 'One licence for both',
        text: `vm E3-A on esx1
vm E3-B on esx2
host esx1
host esx2
license e3 product "Elipse E3 Server" softkey for E3-A, E3-B
service "SCADA" { e3-domain servers E3-A, E3-B }
                                    ^^^^^^^^^^`,
      },
    ],
    good: [
      {
        title: 'A licence for each server',
        text: `vm E3-A on esx1
vm E3-B on esx2
host esx1
host esx2
license e3-a product "Elipse E3 Server" softkey for E3-A
license e3-b product "Elipse E3 Server" softkey for E3-B
service "SCADA" { e3-domain servers E3-A, E3-B }`,
      },
      {
        title: 'Two of one kind',
        text: `vm E3-A on esx1
vm E3-B on esx2
host esx1
host esx2
license e3 product "Elipse E3 Server" count 2
service "SCADA" { e3-domain servers E3-A, E3-B }`,
      },
      {
        title: 'One server under HA needs one licence',
        text: `vm E3
license e3 product "Elipse E3 Server" softkey for E3
service "SCADA" { e3-domain servers E3 }`,
      },
      {
        title: 'Windows licences are not counted; those of E3 are asked for',
        text: `vm E3-A on esx1
vm E3-B on esx2
host esx1
host esx2
license windows product "Windows Server 2022" edition datacenter for E3-A
service "SCADA" { e3-domain servers E3-A, E3-B }
                                    ^^^^^^^^^^ hint`,
      },
    ],
  },
});
