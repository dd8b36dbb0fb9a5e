/** Elipse E3, Power and Plant Manager: what their redundancy is made of. */

import { e3Licences } from '../../../facts/licences.ts';
import { e3Servers, isNativeE3, type Service } from '../../../facts/services.ts';
import { idOf } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { apartText } from '../../derive/apart.ts';
import { names, refNames, refText, span } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, codes, say, type Text } from '../../text.ts';

function e3Steps(service: Service, model: Model): readonly Text[] {
  const domain = service.props['e3-domain'];
  const servers = e3Servers(service, model);
  const [main, ...others] = servers;
  const unlicensed = servers.filter((server) => model.lookup(e3Licences, `for ${idOf(server)}`).length === 0);
  const files = domain?.['project-files'];
  const fileWords = {
    dfs: 'replicated by DFS (project files only, never the database)',
    copy: 'copied to each server',
    share: 'on one network share',
  } as const;
  return [
    say`The same version and patch on ${names(servers)}: ${domain?.version}`,
    ...(unlicensed.length > 0
      ? [say`A server licence for each; the design has none for ${names(unlicensed)}: ${undefined}`]
      : [say`A server licence for each, installed`]),
    ...others.map((other) => (main ? apartText(main, other, model) : [])),
    say`Domain file on all servers, main server ${code(main?.name)}`,
    say`Project files and libraries (PRJ, LIB): ${files === undefined ? undefined : fileWords[files]}`,
    say`Hands-Off mode: ${domain?.['hands-off'] === undefined ? undefined : domain['hands-off'] ? 'on (E3 4.5 and later)' : 'off'}`,
    ...(isNativeE3(service, model)
      ? [say`Integrity address that both servers ping: ${code(domain?.['integrity-address'])}`]
      : []),
    say`Copying of the historical database by E3: ${domain?.['database-sync'] === undefined ? undefined : domain['database-sync'] ? 'on' : 'off (the database lies on shared storage)'}`,
    ...((domain?.studio ?? []).length > 0 ? [say`E3 Studio on ${codes(refNames(domain?.studio))}`] : []),
  ];
}

export const e3Domains = defineTask({
  id: 'applications/e3-domain',
  phase: 'applications',
  title: 'Elipse E3 and Power domains',
  role: 'OT engineer',
  record: 'state of both servers in E3 Admin, versions, domain file',
  closes: ['SCD001', 'SCD002', 'SCD003', 'SCD005', 'SCD006', 'SCD009', 'SCD010', 'LIC007'],
  *items(model) {
    for (const service of model.all('service')) {
      const domain = service.props['e3-domain'];
      if (!domain) continue;
      const product = service.props['power-domain'] === true ? 'Elipse Power' : 'Elipse E3';
      yield {
        subject: service,
        prop: 'e3-domain',
        part: 'e3',
        what: say`Set up the ${product} domain of ${code(service.name)} on ${names(e3Servers(service, model))}${isNativeE3(service, model) ? ' with hot standby' : ''}.`,
        detail: e3Steps(service, model),
        expected: isNativeE3(service, model)
          ? say`One server is active, the other in standby; the switchover takes ${domain.switchover ? span(domain.switchover) : '2 s to 30 s (typical; measure it)'}.`
          : say`The domain runs on its one server.`,
      };
    }
  },
});

export const plantManagers = defineTask({
  id: 'applications/plant-manager',
  phase: 'applications',
  title: 'Elipse Plant Manager',
  role: 'OT engineer',
  record: 'version, state of the interface servers, a value of each source',
  closes: ['SCD014', 'SCD015', 'SCD016', 'SCD017', 'DBS003'],
  *items(model) {
    for (const service of model.all('service')) {
      const epm = service.props['plant-manager'];
      if (!epm) continue;
      yield {
        subject: service,
        prop: 'plant-manager',
        part: 'epm',
        what: say`Install Elipse Plant Manager ${epm.version} on ${code(refText(epm.server))}, database on ${code(refText(epm.database))}.`,
        detail: [
          say`Database files on ${code(refText(epm.data))}, log files on ${code(refText(epm.log))}: two volumes`,
          say`Interface servers at the sources, with their own buffers: ${codes(refNames(epm.interfaces))}`,
          say`The database starts before the server`,
        ],
        expected: say`After ten minutes without the server, the values of that time arrive from the buffers.`,
      };
    }
  },
});
