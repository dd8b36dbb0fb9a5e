import { machineCount, servicesByDomain } from '../../facts/services.ts';
import { idOf } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'ADT001',
  name: 'directory/single-controller',
  severity: 'error',
  on: ['service'],
  summary: 'An Active Directory domain has a single domain controller',
  why: 'Without a domain controller nobody logs on, services do not start under their accounts, and names are not resolved. When the only one fails, the domain has to be restored from a backup, with everything that happened since lost; when it is merely restarted, so is the working day. A second controller is the one piece of redundancy that no domain, however small, should be without.',
  remedy:
    'Add a second domain controller, on another host; a small VM or an old computer is enough. Make it a global catalogue and a name server, and give clients both addresses. Small Business Server allows further controllers, too.',
  sources: ['Jakka, "Small Business Virtualization on the Cheap" (2010)', 'Microsoft, Virtualizing domain controllers'],
  check(entity, { model, report }) {
    const directory = entity.props['active-directory'];
    if (!directory?.controllers) return;
    // Several entries may describe one domain, site by site; it is told once.
    const all =
      directory.domain === undefined ? [entity] : model.lookup<'service'>(servicesByDomain, directory.domain.toLowerCase());
    const parts = all.filter((service) => service.props['active-directory']?.controllers);
    if (parts.some((service) => idOf(service) < idOf(entity))) return;
    const names = new Set(
      parts
        .flatMap((service) => model.resolveAll(service.props['active-directory']?.controllers, service, 'vm', 'physical'))
        .map(idOf),
    );
    const count = Math.max(
      names.size,
      ...parts.map((service) => machineCount(service.props['active-directory']?.controllers, service, model)),
    );
    if (count >= 2) return;
    const [only] = model.resolveAll(directory.controllers, entity, 'vm', 'physical');
    const small = directory['small-business-server'] === true ? ' Small Business Server allows that.' : '';
    report({
      prop: 'active-directory.controllers',
      message: `${only ? `${only.name} is the only domain controller` : 'There is only one domain controller'} of ${directory.domain ?? entity.name}: when it fails, nobody logs on and the domain has to be restored from a backup. Add a second one on another host, be it a small VM.${small}`,
    });
  },
  examples: {
    bad: [
      {
        title: 'One controller',
        text: `vm DC1
service "Directory" { active-directory "plant.local" controllers DC1 }
                                                                 ^^^`,
      },
      {
        title: 'Small Business Server',
        text: `vm SBS
service "Office" { active-directory "office.local" controllers SBS small-business-server yes }
                                                               ^^^`,
      },
    ],
    good: [
      {
        title: 'Two controllers, one of them on an old computer',
        text: `vm DC1
physical DC2 "Old workstation"
service "Directory" { active-directory "plant.local" controllers DC1, DC2 }`,
      },
      {
        title: 'Two entries, one domain',
        text: `vm DC1
vm DC2
service "Directory, plant" { active-directory "plant.local" controllers DC1 }
service "Directory, office" { active-directory "plant.local" controllers DC2 }`,
      },
      { title: 'Controllers not said', text: 'service "Directory" { active-directory "plant.local" }' },
    ],
  },
});
