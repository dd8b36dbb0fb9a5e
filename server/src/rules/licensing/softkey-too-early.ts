import { softkeyUsers } from '../../facts/licences.ts';
import { candidateHosts } from '../../facts/placement.ts';
import { childrenOf, type Entity, is } from '../../model/entity.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  code: 'LIC001',
  name: 'licensing/softkey-too-early',
  severity: 'warning',
  on: ['license'],
  summary: 'A softkey was requested on another machine, or before its VM is final',
  why: 'A softkey is a licence file that fits the fingerprint of one machine: the VM, its network address, the hardware that it sees. The vendor issues it once for a request. Requested on the wrong VM, or on one that is rebuilt or gets another MAC address afterwards, it does not fit, and a new one has to be begged for when the plant is already waiting.',
  remedy:
    'Build the VM on the host or cluster where it will stay, give it a static MAC address, set "status final", and only then make the request, inside that very VM.',
  sources: [
    'Elipse Software, Virtualization Guide: softkey generation',
    'Elipse Knowledgebase, "Using a softkey with Elipse Software’s products"',
    'Thales, Sentinel LDK clone protection',
  ],
  check(entity, context) {
    const { model, report } = context;
    const made = model.resolve(entity.props.softkey?.['generated-on'], entity, 'vm', 'host', 'physical');
    if (!made) return;
    const users = softkeyUsers(entity, model);
    const vms = users.filter((user): user is Entity<'vm'> => is(user, 'vm'));
    // A host stands for the VM that ran there.
    const fits = users.includes(made) || (is(made, 'host') && vms.some((vm) => candidateHosts(vm, model).includes(made)));
    const [user] = users;
    if (user && !fits) {
      report({
        prop: 'softkey.generated-on',
        severity: 'error',
        message: `The softkey ${entity.name} was requested on ${made.name}, but it is for ${user.name}: it carries the fingerprint of ${made.name} and ${user.name} does not accept it. Make the request inside ${user.name}.`,
        related: [{ at: entity, prop: 'softkey.for', message: `For ${user.name}` }],
      });
      return;
    }
    const vm = is(made, 'vm') ? made : vms[0];
    if (vm?.props.status === 'planned') {
      report({
        prop: 'softkey.generated-on',
        message: `The softkey ${entity.name} was requested on ${vm.name}, which is still planned: when its host, hardware or MAC address changes, the licence no longer fits, and the vendor issues it once. Finish the VM first (status final).`,
        related: [{ at: vm, prop: 'status', message: `${vm.name} may still change` }],
      });
    } else if (vm && vm.props.status === undefined) askForMac(vm, context);
  },
  examples: {
    bad: [
      {
        title: 'Requested on the wrong server of the pair',
        text: `vm E3-A
vm E3-B
license e3-b {
  product "Elipse E3 Server"
  softkey for E3-B generated-on E3-A expires 2027-06-30 renewal "OT engineering, every spring"
                                ^^^^ error
}`,
      },
      {
        title: 'Requested while the VM may still change',
        text: `vm E3-A status planned
license e3-a {
  product "Elipse E3 Server"
  softkey for E3-A generated-on E3-A expires 2027-06-30 renewal "OT engineering, every spring"
                                ^^^^
}`,
      },
    ],
    good: [
      {
        title: 'Requested inside the final VM',
        text: `vm E3-A status final { nic eth0 mac 00:50:56:01:02:03 }
license e3-a {
  product "Elipse E3 Server"
  softkey for E3-A generated-on E3-A expires 2027-06-30 renewal "OT engineering, every spring"
}`,
      },
      {
        title: 'Not requested yet: that is what "planned" is for',
        text: `vm E3-A status planned
license e3-a product "Elipse E3 Server" softkey for E3-A`,
      },
      {
        title: 'MAC address left open: a question',
        text: `vm E3-A {
  nic eth0
      ^^^^ hint
}
license e3-a product "Elipse E3 Server" softkey for E3-A generated-on E3-A`,
      },
      {
        title: 'A physical server',
        text: `physical scada-1 "Control room server"
license e3 product "Elipse E3 Server" softkey for scada-1 generated-on scada-1`,
      },
    ],
  },
});

/** The fingerprint holds the network address: one that the hypervisor makes up may change when the VM is registered anew. */
function askForMac(vm: Entity<'vm'>, { ask }: RuleContext): void {
  const nics = childrenOf(vm, 'nic');
  const [first] = nics;
  if (!first || nics.some((nic) => nic.props.mac !== undefined)) return;
  ask({
    at: first,
    prop: 'mac',
    message: `Does ${vm.name} have a static MAC address? Its softkey is bound to it; state it (mac 00:50:56:…), or say that the VM no longer changes (status final).`,
  });
}
