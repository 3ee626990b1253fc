/** No container engine runs in the tests: what can be wrong in `docker/` without running it is checked here. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readEnvironment } from './environment.js';
import { SECRET_VARIABLES, variableNames } from './variables.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

interface ComposeService {
  image?: string;
  build?: { context: string; dockerfile: string; target: string };
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  networks?: Record<string, { ipv4_address?: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
  deploy?: { replicas: number };
  restart?: string;
  privileged?: boolean;
}

const composeText = read('docker/compose.yaml');
const compose = parse(composeText, { merge: true }) as { services: Record<string, ComposeService>; volumes: Record<string, unknown>; networks?: Record<string, { ipam?: { config?: { subnet: string }[] } }> };
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build !== undefined);

const dockerfile = read('docker/Dockerfile').replaceAll('\\\n', ' ');
const instructions = dockerfile
  .split('\n')
  .map((line) => /^([A-Z]+)\s+(.*)$/.exec(line))
  .filter((match) => match !== null)
  .map((match) => ({ name: match[1] ?? '', value: (match[2] ?? '').trim() }));
const valuesOf = (name: string): string[] => instructions.filter((instruction) => instruction.name === name).map(({ value }) => value);

/** Instructions of a stage, those of the stages that it stands on first. */
function stage(name: string): { name: string; value: string }[] {
  const start = instructions.findIndex((instruction) => instruction.name === 'FROM' && instruction.value.endsWith(` AS ${name}`));
  const next = instructions.findIndex((instruction, at) => at > start && instruction.name === 'FROM');
  const own = instructions.slice(start + 1, next === -1 ? undefined : next);
  const base = instructions[start]?.value.split(' ')[0] ?? '';
  return dockerfile.includes(` AS ${base}\n`) ? [...stage(base), ...own] : own;
}
const lastOf = (name: string, instruction: string): string | undefined => stage(name).filter((line) => line.name === instruction).at(-1)?.value;

const npmScripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

describe('the Dockerfile', () => {
  it('copies only what exists and what the build context lets through', () => {
    const ignore = read('docker/Dockerfile.dockerignore');
    const sources = valuesOf('COPY')
      .filter((value) => !value.startsWith('--from='))
      .flatMap((value) => value.split(/\s+/).slice(0, -1));
    expect(sources).toContain('package-lock.json');
    for (const source of sources) {
      expect(existsSync(`${root}${source}`), source).toBe(true);
      expect(ignore.split('\n')).toContain(`!${source}`);
    }
  });

  it('stands on pinned images', () => {
    const images = valuesOf('FROM').map((value) => value.split(' ')[0] ?? '').filter((image) => image.includes(':'));
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) expect(image).toMatch(/^node:\d+\.\d+\.\d+-[a-z]+-slim$/);
  });

  it.each(['api', 'worker', 'admin'])('runs %s under tini, not as root, with a health check, as the npm script does', (name) => {
    expect(lastOf(name, 'USER')).toBe('node');
    expect(lastOf(name, 'ENTRYPOINT')).toContain('tini');
    expect(lastOf(name, 'HEALTHCHECK')).toContain('CMD');
    const command = JSON.parse(lastOf(name, 'CMD') ?? '[]') as string[];
    expect(command.join(' ')).toBe(npmScripts[`start:${name}`]);
  });

  it('runs npm scripts that exist', () => {
    const used = [...dockerfile.matchAll(/npm run (?:--\S+ )*(\S+)/g)].map((match) => match[1] ?? '');
    expect(used).toEqual(['build', 'build:admin']);
    for (const script of used) expect(npmScripts).toHaveProperty([script]);
  });

  it('sets only variables that Takt knows, and no secret', () => {
    const names = valuesOf('ENV').flatMap((value) => [...value.matchAll(/([A-Z][A-Z0-9_]*)=/g)].map((match) => match[1] ?? ''));
    expect(names.filter((name) => !variableNames().includes(name))).toEqual([]);
    expect(names.filter((name) => SECRET_VARIABLES.some((secret) => secret === name))).toEqual([]);
  });

  it.each(['api', 'admin'])('exposes the port that %s listens on', (name) => {
    const port = /PORT=(\d+)/.exec(stage(name).filter((line) => line.name === 'ENV').map(({ value }) => value).join(' '))?.[1];
    expect(lastOf(name, 'EXPOSE')).toBe(port);
  });
});

describe('compose.yaml', () => {
  it('has the stores, the migration, the API, two workers and the admin UI', () => {
    expect(Object.keys(compose.services)).toEqual(['postgres', 'redis', 'migrate', 'api', 'worker', 'admin']);
    expect(compose.services['worker']?.deploy?.replicas).toBe(2);
    expect(compose.services['migrate']?.restart).toBe('no');
  });

  it('pins every image', () => {
    for (const [name, { image }] of services) expect(image, name).toMatch(/^[a-z-]+:\d+\.\d+/);
  });

  it('builds targets that exist', () => {
    for (const [name, { build }] of ours) {
      expect(build?.dockerfile).toBe('docker/Dockerfile');
      expect(dockerfile, name).toContain(` AS ${build?.target ?? '?'}\n`);
    }
  });

  it('gives our services only variables that Takt knows, and values that it takes', () => {
    for (const [name, { environment }] of ours) {
      expect(Object.keys(environment ?? {}).filter((variable) => !variableNames().includes(variable)), name).toEqual([]);
      // The admin UI is a client: it has neither a database nor a secret.
      const stores = name === 'admin' ? { DATABASE_URL: 'postgresql://db/takt', JWT_SECRET: 'q8Zr2vN5xK1mTb7LwYc4HsGd9EuJf3Pa' } : {};
      expect(() => readEnvironment({ ...stores, ...interpolated(environment ?? {}) })).not.toThrow();
    }
  });

  it('has no default for a secret and asks for nothing that its example leaves out', () => {
    const example = read('docker/compose.env.example');
    const references = [...composeText.matchAll(/\$\{([A-Z_]+)(:[?-])?([^}]*)\}/g)];
    for (const [, name = '', operator, fallback] of references) {
      const isSecret = /PASSWORD|SECRET/.test(name);
      if (isSecret) expect(operator === ':?' || fallback === '', name).toBe(true);
      if (operator === ':?') expect(example).toContain(`${name}=\n`);
      expect(isSecret || variableNames().includes(name), name).toBe(true);
    }
  });

  it('starts ours after the migration and the stores, by their health', () => {
    for (const name of ['api', 'worker']) {
      expect(compose.services[name]?.depends_on).toEqual({
        migrate: { condition: 'service_completed_successfully' },
        redis: { condition: 'service_healthy' },
      });
    }
    for (const name of ['postgres', 'redis', 'api']) expect(compose.services[name]?.healthcheck?.test, name).toBeDefined();
  });

  it('publishes the port that the API listens on', () => {
    const { ports, environment } = compose.services['api'] ?? {};
    expect(ports).toEqual([`127.0.0.1:${environment?.['PORT'] ?? ''}:${environment?.['PORT'] ?? ''}`]);
  });

  it('starts the admin UI after the API, on the port that it publishes, and gives it no secret', () => {
    const { ports, environment, depends_on: after } = compose.services['admin'] ?? {};
    expect(after).toEqual({ api: { condition: 'service_healthy' } });
    expect(ports).toEqual([`127.0.0.1:${environment?.['ADMIN_PORT'] ?? ''}:${environment?.['ADMIN_PORT'] ?? ''}`]);
    expect(Object.keys(environment ?? {}).filter((variable) => SECRET_VARIABLES.some((secret) => secret === variable))).toEqual([]);
  });

  it('lets the API believe the admin UI, and nobody else, about who asks', () => {
    const address = compose.services['admin']?.networks?.['default']?.ipv4_address ?? '?';
    const [network] = compose.networks?.['default']?.ipam?.config ?? [];
    expect(address.startsWith((network?.subnet ?? 'none').replace(/\.0\/24$/, '.'))).toBe(true);
    expect(interpolated(compose.services['api']?.environment ?? {})['TRUST_PROXY']).toBe(address);
    expect(interpolated(compose.services['admin']?.environment ?? {})['TRUST_PROXY']).toBe('false');
  });

  it('keeps Redis as BullMQ needs it', () => {
    const command = compose.services['redis']?.command?.join(' ') ?? '';
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(command).toContain('--appendonly yes');
  });

  it('migrates with the command of the npm script', () => {
    expect(compose.services['migrate']?.command?.join(' ')).toBe(npmScripts['migrate']);
  });

  it('gives nobody more rights than needed', () => {
    for (const [name, service] of services) expect(service.privileged ?? false, name).toBe(false);
    expect(composeText).toContain('no-new-privileges:true');
  });
});

/** As compose would fill it in when every required variable is set. */
function interpolated(environment: Record<string, string>): Record<string, string> {
  const secret = 'q8Zr2vN5xK1mTb7LwYc4HsGd9EuJf3Pa';
  const fill = (text: string): string =>
    text.replace(/\$\{[A-Z_]+(:[?-])?([^}]*)\}/g, (_, operator: string | undefined, rest: string) => (operator === ':-' ? rest : secret));
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)]));
}
