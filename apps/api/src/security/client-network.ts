import ipaddr from 'ipaddr.js';

/** A provider gives each customer at least this many leading bits of IPv6 addresses (RFC 6177). */
const IPV6_CUSTOMER_BITS = 64;
const BITS_OF_GROUP = 16;

/**
 * Under what a client's address is counted: an IPv4 address itself, also when it is written as IPv6; of IPv6 the network of
 * 64 bits, because one customer has 2^64 addresses to come from. `unknown` for what is no address.
 */
export function clientNetwork(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const groups = parsed.parts.slice(0, IPV6_CUSTOMER_BITS / BITS_OF_GROUP);
  return `${groups.map((group) => group.toString(16)).join(':')}::/${String(IPV6_CUSTOMER_BITS)}`;
}
