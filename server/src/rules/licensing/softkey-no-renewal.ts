import { licenceManager } from '../../facts/services.ts';
import { quoteName } from '../../values/name.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'LIC002',
  name: 'licensing/softkey-no-renewal',
  severity: 'error',
  on: ['license'],
  summary: 'A softkey expires, and the design does not say how it is renewed',
  why: 'All softkeys have an expiry date and have to be reprogrammed before it. If nobody is responsible, the plant finds out on the day after, when the program no longer starts. There are two ways: a licence manager (Elipse ELIC) in the DMZ that fetches the renewal and passes it on, or somebody who does it by hand every time.',
  remedy: 'Name the licence manager (renewed-by ELIC), or the manual procedure with who does it and when (renewal "…").',
  sources: [
    'Elipse Software, Virtualization Guide: periodical verification and upgrade',
    'Elipse Knowledgebase, "Using a softkey with Elipse Software’s products"',
  ],
  fixable: true,
  check(entity, { model, report }) {
    const { softkey } = entity.props;
    const expires = softkey?.expires;
    if (expires === undefined || softkey?.['renewed-by'] !== undefined || softkey?.renewal !== undefined) return;
    const ends = model.all('design').flatMap((design) => design.props.until ?? []);
    const [end] = ends.toSorted().slice(-1);
    if (end !== undefined && expires >= end) return;
    const runs = end === undefined ? '' : ` The system has to run until ${end}.`;
    const manager = licenceManager(model);
    report({
      prop: 'softkey.expires',
      message: `The softkey ${entity.name} expires on ${expires} and nothing renews it: after that day what it licenses no longer starts.${runs} Name its licence manager (renewed-by …) or the manual procedure (renewal "…").`,
      ...(manager
        ? {
            fix: {
              title: `Renew it by ${manager.name}`,
              safety: 'unsafe',
              ops: [
                { op: 'replace', on: entity, prop: 'softkey.expires', text: `${expires} renewed-by ${quoteName(manager.name)}` },
              ],
            },
          }
        : {}),
    });
  },
  examples: {
    bad: [
      {
        title: 'Nobody renews it',
        text: `vm E3-A
license e3-a product "Elipse E3 Server" softkey for E3-A expires 2027-06-30
                                                                 ^^^^^^^^^^`,
      },
      {
        title: 'There is a licence manager, but nobody told it',
        text: `vm E3-A
vm ELIC
service "Licences" on ELIC licence-manager yes
license e3-a product "Elipse E3 Server" softkey for E3-A expires 2027-06-30
                                                                 ^^^^^^^^^^`,
        fixed: `vm E3-A
vm ELIC
service "Licences" on ELIC licence-manager yes
license e3-a product "Elipse E3 Server" softkey for E3-A expires 2027-06-30 renewed-by ELIC`,
      },
      {
        title: 'The system outlives the licence',
        text: `design riverside until 2036-12-31
vm E3-A
license e3-a {
  product "Elipse E3 Server"
  softkey for E3-A expires 2027-06-30
                           ^^^^^^^^^^
}`,
      },
    ],
    good: [
      {
        title: 'A licence manager in the DMZ',
        text: `vm E3-A
vm ELIC
service "Licences" on ELIC licence-manager yes
license e3-a product "Elipse E3 Server" softkey for E3-A expires 2027-06-30 renewed-by ELIC`,
      },
      {
        title: 'Somebody does it by hand',
        text: `vm E3-A
license e3-a product "Elipse E3 Server" softkey for E3-A expires 2027-06-30 renewal "OT engineering, in May, with the file from Elipse"`,
      },
      {
        title: 'It outlasts the system',
        text: `design pilot until 2027-03-31
vm E3-A
license e3-a product "Elipse E3 Server" softkey for E3-A expires 2027-06-30`,
      },
      {
        title: 'Expiry not known yet',
        text: `vm E3-A
license e3-a product "Elipse E3 Server" softkey for E3-A`,
      },
    ],
  },
});
