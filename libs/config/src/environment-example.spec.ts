import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.js';
import { variableNames } from './variables.js';

const text = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
const lines = text.split('\n');
const entries = lines.flatMap((line, at) => {
  const match = /^#?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line);
  return match === null ? [] : [{ name: match[1] ?? '', value: match[2] ?? '', comment: lines[at - 1] ?? '' }];
});

describe('.env.example', () => {
  it('lists exactly the variables that Takt reads, each once', () => {
    expect(entries.map((entry) => entry.name).sort()).toEqual(variableNames().sort());
  });

  it('has a comment above every variable', () => {
    expect(entries.filter((entry) => !/^# \S/.test(entry.comment)).map((entry) => entry.name)).toEqual([]);
  });

  it('sets nothing by itself', () => {
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('shows the defaults: setting all of them changes nothing', () => {
    const required = { DATABASE_URL: 'postgresql://db/takt', JWT_SECRET: 'q8Zr2vN5xK1mTb7LwYc4HsGd9EuJf3Pa' };
    const shown = Object.fromEntries(entries.map(({ name, value }) => [name, value]));
    const { extraPorts, ...all } = readEnvironment({ ...shown, ...required });
    const { extraPorts: defaultPorts, ...defaults } = readEnvironment(required);
    expect(all).toEqual(defaults);
    expect(extraPorts.ports).toEqual(defaultPorts.ports);
  });
});

describe('docs/configuration.md', () => {
  const page = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z0-9_]+)` \| ([^|]+) \|/gm)].map(([, name = '', theDefault = '']) => ({ name, theDefault }));

  it('has a row for exactly the variables that Takt reads, each once', () => {
    expect(rows.map((row) => row.name).sort()).toEqual(variableNames().filter((name) => !name.endsWith('_FILE')).sort());
  });

  it('names the files of all secrets', () => {
    expect(variableNames().filter((name) => name.endsWith('_FILE') && !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('has the defaults of .env.example, where they are plain values', () => {
    const plain = rows.flatMap(({ name, theDefault }) => [...theDefault.matchAll(/^`([^`]+)`$/g)].map(([, value = '']) => ({ name, value })));
    expect(plain.length).toBeGreaterThan(15);
    expect(plain).toEqual(plain.map(({ name }) => ({ name, value: entries.find((entry) => entry.name === name)?.value })));
  });
});
