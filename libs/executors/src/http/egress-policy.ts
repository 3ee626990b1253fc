/**
 * Which addresses a job may connect to.
 *
 * The URL says little: `127.1`, `0x7f.1` and a name whose DNS answer is 127.0.0.1 are one address, and the answer may
 * differ between a check and its use. So the policy judges addresses, at the moment of connecting. Every range that is not
 * plain public unicast is refused. That includes all forms of IPv6 that hold an IPv4 address for a gateway to unpack (NAT64,
 * 6to4, Teredo): where such a gateway leads is not known here. Mapped addresses are judged by what they hold.
 */
import ipaddr from 'ipaddr.js';

export const EGRESS_MODES = ['deny-private', 'allow-all'] as const;
/** `allow-all` is for a laptop, where jobs call services on the same machine. */
export type EgressMode = (typeof EGRESS_MODES)[number];

export interface EgressPolicyOptions {
  readonly mode: EgressMode;
  /** Ranges (`10.1.0.0/16`) and addresses that are allowed although private. @default none */
  readonly allowedRanges?: readonly string[];
  /** Ports that are refused in every mode, on this machine's addresses or others: the platform's own. @default none */
  readonly blockedPorts?: readonly number[];
  /**
   * Ports that are refused in every mode on this machine: those of the platform's API and UI. Elsewhere the same ports are
   * somebody else's (8080, 3000), so that only this machine's addresses are closed. @default none
   */
  readonly ownPorts?: readonly number[];
  /** Addresses of this machine besides loopback. @default none */
  readonly ownAddresses?: readonly string[];
}

/** Names of cloud metadata services, refused before anybody is asked for their address. */
const METADATA_NAMES = new Set(['metadata.google.internal', 'metadata.goog', 'metadata', 'instance-data']);

/** In `deny-private` mode: the web's ports and all that no system service listens on. */
const WEB_PORTS = new Set([80, 443]);
const FIRST_UNPRIVILEGED_PORT = 1024;

/** Ranges by which a machine reaches itself. */
const OF_EVERY_MACHINE: ReadonlySet<string> = new Set(['loopback', 'unspecified']);

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** `::a.b.c.d`, given up long ago; nobody has a good reason to use it. */
const IPV4_COMPATIBLE = ipaddr.IPv6.parseCIDR('::/96');
/** Azure's host service has a public address. */
const AZURE_HOST = ipaddr.IPv4.parseCIDR('168.63.129.16/32');

export class EgressPolicy {
  private readonly allowed: readonly (readonly [Address, number])[];
  private readonly blockedPorts: ReadonlySet<number>;
  private readonly ownPorts: ReadonlySet<number>;
  private readonly ownAddresses: ReadonlySet<string>;

  /** @throws when a range cannot be read */
  constructor(private readonly options: EgressPolicyOptions) {
    this.allowed = (options.allowedRanges ?? []).map(parseRange);
    this.blockedPorts = new Set(options.blockedPorts);
    this.ownPorts = new Set(options.ownPorts);
    this.ownAddresses = new Set(options.ownAddresses?.map((text) => parse(text)?.toNormalizedString() ?? text));
  }

  /** Why this host and port may not be addressed, judged before any connection; null when nothing is known against it. */
  refuseTarget(hostname: string, port: number): string | null {
    if (this.blockedPorts.has(port)) return `port ${String(port)} belongs to the platform`;
    const host = bareHost(hostname);
    if (ipaddr.isValid(host) && this.isOwn(host, port)) return ofThePlatform(host, port);
    if (this.options.mode === 'allow-all') return null;
    if (METADATA_NAMES.has(host)) return `${host} is a metadata service`;
    if (!WEB_PORTS.has(port) && port < FIRST_UNPRIVILEGED_PORT) return `port ${String(port)} is not allowed`;
    return ipaddr.isValid(host) ? this.refuseAddress(host, port) : null;
  }

  /** Why this port of this address may not be connected to, or null when it may. */
  refuseAddress(text: string, port: number): string | null {
    if (this.isOwn(text, port)) return ofThePlatform(text, port);
    if (this.options.mode === 'allow-all') return null;
    const address = parse(text);
    if (address === null) return `${text} is not an address`;
    if (this.allowed.some(([range, bits]) => matches(address, range, bits))) return null;
    const range = refusedRange(address);
    return range === null ? null : `${text} is ${range}`;
  }

  /** Whether the platform itself listens there. */
  private isOwn(text: string, port: number): boolean {
    const parsed = this.ownPorts.has(port) ? parse(text) : null;
    if (parsed === null) return false;
    const address = parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress() ? parsed.toIPv4Address() : parsed;
    return OF_EVERY_MACHINE.has(address.range()) || this.ownAddresses.has(address.toNormalizedString());
  }
}

function ofThePlatform(address: string, port: number): string {
  return `port ${String(port)} of ${address} belongs to the platform`;
}

/** Host of a URL without the brackets of IPv6 and the dot at the end. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '').toLowerCase();
}

/** Name of the range that keeps an address from being plain public unicast, or null. */
function refusedRange(address: Address): string | null {
  if (address instanceof ipaddr.IPv6) {
    if (address.isIPv4MappedAddress()) return refusedRange(address.toIPv4Address());
    if (address.range() === 'unicast' && address.match(IPV4_COMPATIBLE)) return 'ipv4Compatible';
  } else if (address.match(AZURE_HOST)) {
    return 'a metadata service';
  }
  const range: string = address.range();
  return range === 'unicast' ? null : range;
}

function matches(address: Address, range: Address, bits: number): boolean {
  if (address instanceof ipaddr.IPv6) {
    if (address.isIPv4MappedAddress()) return matches(address.toIPv4Address(), range, bits);
    return range instanceof ipaddr.IPv6 && address.match(range, bits);
  }
  return range instanceof ipaddr.IPv4 && address.match(range, bits);
}

function parse(text: string): Address | null {
  const [bare = ''] = text.split('%');
  return ipaddr.isValid(bare) ? ipaddr.parse(bare) : null;
}

function parseRange(text: string): readonly [Address, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
