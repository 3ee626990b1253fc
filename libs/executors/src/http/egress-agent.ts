/**
 * Connections that obey an EgressPolicy.
 *
 * The name is resolved once, all its addresses are judged, and the socket is connected to one of these very addresses: a
 * DNS server that answers differently the second time is never asked a second time. Then the address the socket says it is
 * connected to is judged again, should anything have come in between. Proxy variables of the environment mean nothing here.
 */
import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction, Socket } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { bareHost, type EgressPolicy } from './egress-policy.js';

const CONNECT_TIMEOUT_MS = 5_000;
const MAX_HEADER_BYTES = 16 * 1024;

/** The policy does not allow the connection. The message starts with `egress_blocked:`. */
export class EgressBlocked extends Error {
  constructor(reason: string) {
    super(`egress_blocked: ${reason}`);
    this.name = 'EgressBlocked';
  }
}

/** Resolves a name to all its addresses. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** Asks the operating system, as everything else on the machine does. */
export const systemResolve: Resolve = async (hostname) =>
  new Promise((resolve, reject) => {
    lookup(hostname, { all: true, verbatim: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });

/**
 * Throws EgressBlocked when this URL may not even be tried. An address in the URL is judged here, because sockets do not
 * look an address up.
 */
export function assertTargetAllowed(url: URL, policy: EgressPolicy): void {
  const reason = policy.refuseTarget(url.hostname, portOf(url));
  if (reason !== null) throw new EgressBlocked(reason);
}

function portOf({ port, protocol }: { readonly port: string; readonly protocol: string }): number {
  return Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port);
}

/** Makes the agent that carries all requests of an executor. */
export function createEgressAgent(policy: EgressPolicy, resolve: Resolve = systemResolve): Agent {
  // A lookup is not told the port, so each port has its own: a connector is a closure and a cache of TLS sessions.
  const connectors = new Map<number, buildConnector.connector>();
  const connectorFor = (port: number): buildConnector.connector => {
    const connector = connectors.get(port) ?? buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup: checkedLookup({ policy, resolve, port }) });
    connectors.set(port, connector);
    return connector;
  };
  return new Agent({
    maxHeaderSize: MAX_HEADER_BYTES,
    connect: (options, callback) => {
      const port = portOf(options);
      connectorFor(port)(options, (...[error, socket]) => {
        if (error !== null) {
          callback(error, null);
          return;
        }
        const blocked = refuseConnected(socket, port, policy);
        if (blocked === null) {
          callback(null, socket);
          return;
        }
        socket.destroy();
        callback(blocked, null);
      });
    },
  });
}

function refuseConnected(socket: Socket, port: number, policy: EgressPolicy): EgressBlocked | null {
  const reason = policy.refuseAddress(socket.remoteAddress ?? 'an unknown address', port);
  return reason === null ? null : new EgressBlocked(reason);
}

/** What the addresses of a name are judged by. */
interface Judgement {
  readonly policy: EgressPolicy;
  readonly resolve: Resolve;
  readonly port: number;
}

function checkedLookup(judgement: Judgement): LookupFunction {
  return (hostname, options, callback) => {
    void resolveChecked(bareHost(hostname), judgement, options).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) callback(null, [...addresses]);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: unknown) => {
        callback(error as NodeJS.ErrnoException, []);
      },
    );
  };
}

async function resolveChecked(
  hostname: string,
  { policy, resolve, port }: Judgement,
  { family }: LookupOptions,
): Promise<readonly LookupAddress[]> {
  const addresses = await resolve(hostname);
  for (const { address } of addresses) {
    const reason = policy.refuseAddress(address, port);
    if (reason !== null) throw new EgressBlocked(`${hostname}: ${reason}`);
  }
  const wanted = addresses.filter((address) => family === undefined || family === 0 || address.family === family);
  if (wanted.length > 0) return wanted;
  throw Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });
}
