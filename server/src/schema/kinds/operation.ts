/** What keeps a design in operation: backups, migrations, and how strictly it is checked. */
import { choice, date, flag, kind, list, many, op, optional, prop, quantity, record, ref, text, word } from '../types.ts';
import { note, owner, tag } from './shared.ts';

export const backup = kind('backup', {
  area: 'protection',
  top: true,
  labelled: true,
  doc: 'A backup job.',
  example: 'backup nightly { vms E3-A, SQL; every 24h; to nas-1; copy off-site "Head office"; restore-tested 2026-10-02 }',
  props: {
    owner,
    tag,
    note,
    vms: list(ref('vm'), 'VMs that it covers.', { example: 'vms E3-*, SQL' }),
    hosts: list(ref('host', 'physical'), 'Hosts or computers that it covers.', { example: 'hosts host1' }),
    every: prop(quantity('duration'), 'How often.', { example: 'every 24h' }),
    keep: prop(quantity('duration'), 'How long copies are kept.', { example: 'keep 30d' }),
    to: list(word(), 'Where to: an array, a computer, a disk.', { example: 'to "USB disk 1", "USB disk 2"' }),
    copy: record(
      {
        kind: op(choice({ 'off-site': 'In another place.', offline: 'Not connected.' }), 'Kind.'),
        where: optional(text(), 'Where.'),
      },
      {},
      'A further copy.',
      { example: 'copy off-site "Head office"' },
    ),
    method: prop(
      choice({
        image: 'Image of the whole VM.',
        agent: 'Agent in the guest.',
        host: 'Backup of the host and its VMs (Windows Server Backup).',
        snapshot: 'Snapshot only: no backup.',
      }),
      'How.',
    ),
    'application-aware': flag('Applications are told (VSS) so that databases are consistent.'),
    'restore-tested': prop(date(), 'When a restore was last tried.', { example: 'restore-tested 2026-10-02' }),
    tool: prop(text(), 'Program that does it.'),
  },
});

export const migration = kind('migration', {
  area: 'protection',
  top: true,
  labelled: true,
  doc: 'The move of a computer into a VM (P2V), or of a VM to another hypervisor (V2V).',
  example: 'migration old-erp from old-server to ERP tool "Disk2vhd" mode offline window 8h',
  props: {
    owner,
    tag,
    note,
    from: prop(ref('physical', 'vm'), 'Source.'),
    to: prop(ref('vm'), 'The VM that it becomes.'),
    tool: prop(text(), 'Program that does it.', { example: 'tool "Disk2vhd"' }),
    mode: prop(choice({ online: 'The source keeps running.', offline: 'The source is stopped.' }), 'How.'),
    window: prop(quantity('duration'), 'Outage that is agreed.'),
    on: prop(date(), 'Planned day.'),
    rollback: prop(text(), 'Way back.'),
    peaks: prop(text(), 'Where the measured peaks of the source are.'),
  },
});

export const policy = kind('policy', {
  area: 'governance',
  top: true,
  naming: 'none',
  doc: 'How strictly this design is checked.',
  example: 'policy { severity NET009 error; severity PWR001 off }',
  props: {
    note,
    severity: many(
      record(
        {
          rule: op(word(), 'Code of the rule.'),
          level: op(
            choice({
              error: 'Cannot stay.',
              warning: 'Should not stay.',
              info: 'Worth knowing.',
              hint: 'A question.',
              off: 'Not checked.',
            }),
            'Severity.',
          ),
        },
        {},
        'Severity of a rule in this design.',
        { example: 'severity NET009 error' },
      ),
    ),
  },
});

export const waive = kind('waive', {
  area: 'governance',
  top: true,
  naming: 'none',
  operands: ['finding'],
  doc: 'Accepts a finding for a time, with a reason. When the date has passed, the finding comes back and says so.',
  example: 'waive PWR002 on sw-a until 2027-06-30 because "Second feed comes with the new switchboard."',
  props: {
    finding: prop(word(), 'Code of the rule.'),
    on: list(ref('*'), 'What it is accepted for.', { example: 'on sw-a' }),
    until: prop(date(), 'Last day on which it is accepted.', { example: 'until 2027-06-30' }),
    because: prop(text(), 'Why.', { example: 'because "Second feed comes in June."' }),
    owner,
  },
});
