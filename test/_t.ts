import { readFileSync } from 'node:fs';
import { findingsOf, show } from './kit/lintel.ts';
console.log(show(findingsOf(readFileSync('/work/shared/design/sketch-scada-plant.lintel','utf8'))));
console.log(show(findingsOf(`network plant purpose production vlan 5000
host esx[i in 1..3] : esxi { vmk0 address plant.host(10 + i); rack r9 }
profile esxi of host { hypervisor esxi 8.0u3 memory 256
  nic vmnic[0..1] speed 10Gbps port sw-a/(i)
  vswitch vSwitch0 uplinks vmnic0, vmnic9 { vmkernel vmk0 on plant services managment }
}
vm A on esx1
vm A on esx7
`)));
