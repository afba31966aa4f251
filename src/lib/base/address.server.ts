import { BlockList, isIP } from 'node:net';

/**
 * Which addresses are the open internet. Everything the IANA special-purpose registries (RFC 6890 and what came
 * after it) set aside is not: ourselves, our neighbours, carriers' inner networks, and every form that holds a
 * version-4 address inside a version-6 one, because what is inside was not looked at.
 */

const NOT_OPEN_4 = [
	'0.0.0.0/8', // this network
	'10.0.0.0/8', // private
	'100.64.0.0/10', // carriers' shared (RFC 6598)
	'127.0.0.0/8', // loopback
	'169.254.0.0/16', // link-local, where clouds keep their keys
	'172.16.0.0/12', // private
	'192.0.0.0/24', // protocol assignments
	'192.0.2.0/24', // documentation
	'192.88.99.0/24', // 6to4 relays
	'192.168.0.0/16', // private
	'198.18.0.0/15', // benchmarks
	'198.51.100.0/24', // documentation
	'203.0.113.0/24', // documentation
	'224.0.0.0/4', // multicast
	'240.0.0.0/4' // reserved, broadcast
];

/** Inside 2000::/3, which alone is given out (RFC 4291). */
const NOT_OPEN_6 = [
	'2001::/23', // protocol assignments, Teredo among them
	'2001:db8::/32', // documentation
	'2002::/16', // 6to4: a version-4 address inside
	'3fff::/20' // documentation
];

const closed = new BlockList();
for (const range of NOT_OPEN_4) add(closed, range, 'ipv4');
for (const range of NOT_OPEN_6) add(closed, range, 'ipv6');
const given = new BlockList();
add(given, '2000::/3', 'ipv6');

/** Is this the address of a machine on the open internet? Text that is no address is not. */
export function isOpen(address: string): boolean {
	const version = isIP(address);
	if (version === 4) return !closed.check(address, 'ipv4');
	if (version !== 6 || address.includes('%')) return false;
	return given.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

function add(list: BlockList, range: string, family: 'ipv4' | 'ipv6'): void {
	const [net, bits] = range.split('/');
	list.addSubnet(net!, Number(bits), family);
}
