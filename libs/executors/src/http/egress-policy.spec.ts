import { describe, expect, it } from 'vitest';
import { EgressPolicy } from './egress-policy.js';

const policy = new EgressPolicy({ mode: 'deny-private' });

const refuse = (address: string, of = policy): string | null => {
  const url = new URL(`http://${address}/`);
  return of.refuseTarget(url.hostname, Number(url.port || 80));
};

describe('EgressPolicy', () => {
  it.each([
    '127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '0x7f.1', '0x7f000001', '0177.1', '0177.0.0.01', '2130706433', '017700000001',
    '127.0.0.1.', '１２７.０.０.１', '127。0。0。1', '0', '0.0.0.0', '0.1.2.3',
    '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '0xc0a80001', '3232235521',
    '100.64.0.1', '100.127.255.255', '169.254.169.254', '0xa9fea9fe', '2852039166', '169.254.0.1',
    '192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '192.88.99.1',
    '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '168.63.129.16',
    '[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:10.0.0.1]', '[::ffff:169.254.169.254]',
    '[::127.0.0.1]', '[::ffff:0:127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b::a9fe:a9fe]', '[64:ff9b:1::a00:1]', '[2002:7f00:1::]',
    '[2001:0:4136:e378:8000:63bf:3fff:fdd2]', '[fc00::1]', '[fd00:ec2::254]', '[fe80::1]', '[fec0::1]', '[ff02::1]', '[2001:db8::1]', '[100::1]',
    'metadata.google.internal', 'METADATA.google.internal.', 'metadata',
  ])('refuses %s', (address) => {
    expect(refuse(address)).not.toBeNull();
  });

  it.each(['93.184.216.34', '8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '[2606:4700::1111]', '[::ffff:8.8.8.8]', 'example.com'])(
    'has nothing against %s',
    (address) => {
      expect(refuse(address)).toBeNull();
    },
  );

  it('judges addresses with a zone, and refuses what is no address', () => {
    expect(policy.refuseAddress('fe80::1%eth0', 80)).toBe('fe80::1%eth0 is linkLocal');
    expect(policy.refuseAddress('8.8.8.8', 80)).toBeNull();
    expect(policy.refuseAddress('nonsense', 80)).toBe('nonsense is not an address');
    expect(policy.refuseAddress('', 80)).not.toBeNull();
  });

  it('refuses system ports but for the web’s', () => {
    expect([25, 22, 1023].map((port) => policy.refuseTarget('example.com', port))).toEqual([
      'port 25 is not allowed',
      'port 22 is not allowed',
      'port 1023 is not allowed',
    ]);
    expect([80, 443, 1024, 8443].map((port) => policy.refuseTarget('example.com', port))).toEqual([null, null, null, null]);
  });

  it('allows private ranges that the deployment names', () => {
    const allowing = new EgressPolicy({ mode: 'deny-private', allowedRanges: ['10.1.0.0/16', '192.168.7.7', 'fd00:1::/32'] });
    expect(['10.1.2.3', '192.168.7.7', '[::ffff:10.1.2.3]', '[fd00:1::5]'].map((address) => refuse(address, allowing))).toEqual([null, null, null, null]);
    expect(['10.2.0.1', '192.168.7.8', '[fd00:2::5]'].every((address) => refuse(address, allowing) !== null)).toBe(true);
  });

  it('allows everything but the platform’s own ports in allow-all mode', () => {
    const open = new EgressPolicy({ mode: 'allow-all', blockedPorts: [5432] });
    expect(open.refuseTarget('127.0.0.1', 8080)).toBeNull();
    expect(open.refuseAddress('169.254.169.254', 80)).toBeNull();
    expect(open.refuseTarget('127.0.0.1', 5432)).toBe('port 5432 belongs to the platform');
  });

  it.each(['deny-private', 'allow-all'] as const)('keeps the platform’s own ports of this machine closed: %s', (mode) => {
    const options = { mode, ownPorts: [8080], ownAddresses: ['10.1.0.7', 'fd00:1::7'] } as const;
    const own = new EgressPolicy({ ...options, allowedRanges: ['127.0.0.0/8', '0.0.0.0/8', '10.1.0.0/16', '::1', 'fd00:1::/32'] });
    const hosts = ['127.0.0.1', '127.9.9.9', '0', '2130706433', '[::1]', '[::ffff:127.0.0.1]', '10.1.0.7', '[::ffff:10.1.0.7]', '[fd00:1:0::7]'];
    expect(hosts.filter((host) => refuse(`${host}:8080`, own) === null)).toEqual([]);
    expect(hosts.filter((host) => refuse(`${host}:8081`, own) !== null)).toEqual([]);
    expect(['10.1.0.8:8080', '93.184.216.34:8080', 'example.com:8080'].map((host) => refuse(host, own))).toEqual([null, null, null]);
    expect(own.refuseAddress('::ffff:10.1.0.7', 8080)).toBe('port 8080 of ::ffff:10.1.0.7 belongs to the platform');
  });
});
