import { hardkeyUsers, licencesByPlug, type Machine, plugOf, socketKey, usbName } from '../../facts/licences.ts';
import { idOf } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'USB007',
  name: 'usb/dongle-two-vms',
  severity: 'error',
  on: ['license'],
  summary: 'One dongle is to serve two machines',
  why: 'A USB device has one owner at a time, whether the hypervisor maps it or a network hub does. The second machine finds the port taken and no licence, in a redundant pair just when it has to take over.',
  remedy:
    'Give each machine a dongle of its own. If it is a network key that serves other machines from the one it is plugged into, name only that one.',
  sources: ['vSphere Web Services API, VirtualUSB', 'Elipse Software, Virtualization Guide'],
  check(entity, { model, report }) {
    const { hardkey } = entity.props;
    const plug = plugOf(entity, model);
    if (!hardkey) return;
    const users = hardkeyUsers(entity, model);
    const where =
      plug === undefined
        ? 'it'
        : plug.at === 'host'
          ? usbName(plug.usb)
          : `${plug.hub.name}${plug.port === undefined ? '' : `/${plug.port}`}`;
    if (users.length > 1) {
      report({
        prop: 'hardkey.for',
        message: `${list(users)} cannot share one dongle${plug ? ` (${where})` : ''}: the first takes it, ${users.length === 2 ? 'the other finds' : 'the others find'} no licence. Order a dongle for each.`,
      });
      return;
    }
    // Two entries for one socket: told once, at the one that comes later by its name.
    const key = plug && socketKey(plug);
    if (key === undefined || users.length === 0) return;
    const [other] = model
      .lookup<'license'>(licencesByPlug, key)
      .filter(
        (license) =>
          license !== entity &&
          idOf(license) < idOf(entity) &&
          hardkeyUsers(license, model).some((user) => !users.includes(user)),
      );
    if (!other) return;
    const theirs = hardkeyUsers(other, model).filter((user) => !users.includes(user));
    report({
      prop: 'hardkey.at',
      message: `Port ${where} holds the dongle of ${list(theirs)} (licence ${other.name}) already, so ${list(users)} cannot have one there. Plug it into another port.`,
      related: [{ at: other, prop: 'hardkey.at', message: `Licence ${other.name} is in the same port` }],
    });
  },
  examples: {
    bad: [
      {
        title: 'A pair shares one dongle',
        text: `usbhub keys model "AnywhereUSB 24 Plus" psu A, B { nic eth0; nic eth1 }
vm E3-A
vm E3-B
license e3 product "Elipse E3 Server" hardkey at keys/1 for E3-A, E3-B
                                                            ^^^^^^^^^^`,
      },
      {
        title: 'Two dongles in one port',
        text: `usbhub keys model "AnywhereUSB 24 Plus" psu A, B { nic eth0; nic eth1 }
vm E3-A
vm E3-B
license e3-a product "Elipse E3 Server" hardkey at keys/1 for E3-A
license e3-b product "Elipse E3 Server" hardkey at keys/1 for E3-B
                                                   ^^^^^^`,
      },
    ],
    good: [
      {
        title: 'A dongle for each',
        text: `usbhub keys model "AnywhereUSB 24 Plus" psu A, B { nic eth0; nic eth1 }
vm E3-A
vm E3-B
license e3-a product "Elipse E3 Server" hardkey at keys/1 for E3-A
license e3-b product "Elipse E3 Server" hardkey at keys/2 for E3-B`,
      },
      {
        title: 'One dongle with two products of one VM',
        text: `usbhub keys psu A, B { nic eth0; nic eth1 }
vm SCADA
license server product "Elipse E3 Server" hardkey at keys/1 for SCADA
license driver product "Elipse I/O driver" hardkey at keys/1 for SCADA`,
      },
      {
        title: 'Port of the hub not decided yet',
        text: `usbhub keys psu A, B { nic eth0; nic eth1 }
vm E3-A
vm E3-B
license e3-a product "Elipse E3 Server" hardkey at keys for E3-A
license e3-b product "Elipse E3 Server" hardkey at keys for E3-B`,
      },
    ],
  },
});

const list = (machines: readonly Machine[]): string =>
  machines
    .map((machine) => machine.name)
    .join(', ')
    .replace(/, ([^,]*)$/u, ' and $1');
