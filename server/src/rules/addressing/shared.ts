/** What several rules on addresses ask. */
import { addressHolders, holderKey } from '../../facts/network.ts';
import type { Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { type Cidr, contains, type Ip, isNetworkOrBroadcast, makeIp } from '../../values/ip.ts';

/** Why a block cannot have an address; undefined when it can. Addresses of the other family and link-local ones are no matter of the block. */
export function misfit(ip: Ip, subnet: Cidr): string | undefined {
  if (ip.family !== subnet.family || (ip.family === 6 && ip.value >> 118n === 0x3fan)) return undefined;
  if (!contains(subnet, ip)) return `is outside of ${subnet.text} (${usable(subnet)})`;
  return isNetworkOrBroadcast(ip, subnet)
    ? `is the ${ip.value === subnet.first ? 'network' : 'broadcast'} address of ${subnet.text}`
    : undefined;
}

/** The address with the same host part in a block, if nobody has it. */
export function moved(ip: Ip, subnet: Cidr, network: Entity<'network'>, model: Model): Ip | undefined {
  if (ip.family !== subnet.family) return undefined;
  const size = subnet.last - subnet.first + 1n;
  const there = makeIp(subnet.family, subnet.first + (ip.value % size));
  if (isNetworkOrBroadcast(there, subnet) || there.text === ip.text) return undefined;
  return network.props.gateway === there.text || model.lookup(addressHolders, holderKey(there, network)).length > 0
    ? undefined
    : there;
}

/** The addresses of a block that hosts can have: `10.4.10.1 to 10.4.10.254`. */
export function usable(subnet: Cidr): string {
  const inner = subnet.family === 4 && subnet.prefix < 31 ? 1n : 0n;
  return `${makeIp(subnet.family, subnet.first + inner).text} to ${makeIp(subnet.family, subnet.last - inner).text}`;
}
