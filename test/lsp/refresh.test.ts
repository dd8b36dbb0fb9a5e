/** When the server asks for what other files show to be fetched anew. */
import { describe, expect, it } from 'vitest';
import { createRefresh } from '../../server/src/lsp/refresh.ts';
import { open } from '../kit/lintel.ts';

const text = `import "networks.lintel"
host esx1 { nic vmnic0  vswitch v0 uplinks vmnic0 { vmkernel vmk0 on admin } }
--- networks.lintel
network admin vlan 10
--- other.lintel
network far vlan 20`;
const [main, networks, other] = ['main', 'networks', 'other'].map((name) => `file:///design/${name}.lintel`) as [
  string,
  string,
  string,
];

function session() {
  const { workspace } = open(text);
  let sent = 0;
  let due: (() => void) | undefined;
  const refresh = createRefresh({
    workspace: () => {
      workspace.update();
      return workspace;
    },
    send: () => {
      sent += 1;
    },
    later: (run) => {
      due = run;
    },
  });
  /** The pause after the last edit; answers how often the editor was asked since. */
  const pause = (): number => {
    due?.();
    due = undefined;
    const times = sent;
    sent = 0;
    return times;
  };
  return {
    refresh,
    pause,
    edit(uri: string, content: string): void {
      workspace.openText(uri, content);
      refresh.edited(uri);
    },
  };
}

describe('other files are fetched anew', () => {
  it('after an edit of what they hang on, once for all keystrokes', () => {
    const { edit, pause, refresh } = session();
    refresh.opened(main);
    refresh.opened(networks);
    expect(pause()).toBe(0);
    edit(main, 'import "networks.lintel"\nhost esx1');
    edit(main, 'import "networks.lintel"\nhost esx12');
    expect(pause()).toBe(1);
    expect(pause()).toBe(0);
  });

  it('not when only comments or spaces are other ones', () => {
    const { edit, pause, refresh } = session();
    refresh.opened(main);
    refresh.opened(networks);
    pause();
    edit(networks, '// the networks\nnetwork   admin vlan 10 // ours');
    expect(pause()).toBe(0);
  });

  it('not when nobody looks at another file of the design', () => {
    const { edit, pause, refresh } = session();
    refresh.opened(networks);
    refresh.opened(other);
    pause();
    edit(networks, 'network admin vlan 11');
    expect(pause()).toBe(0);
    refresh.opened(main);
    pause();
    edit(networks, 'network admin vlan 12');
    expect(pause()).toBe(1);
    refresh.closed(main);
    edit(networks, 'network admin vlan 13');
    expect(pause()).toBe(0);
  });

  it('after a change on the disk, for the file that is open', () => {
    const { edit, pause, refresh } = session();
    refresh.opened(main);
    pause();
    edit(networks, 'network admin vlan 14\nnetwork more vlan 15');
    expect(pause()).toBe(1);
  });
});
