import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#domain/json.js';
import { checkArguments } from './check-arguments.js';

describe('checkArguments', () => {
  it.each<[string, JsonObject]>([
    ['shell', { command: 'true', environment: { PATH: '/opt/bin:/usr/bin', A: '1' }, shell: '/bin/sh', working_directory: '/tmp' }],
    ['python', { scriptPath: '/scripts/etl.py', arguments: ['--day', '1'], environment: { PYTHONPATH: '/scripts/lib' } }],
    ['http', { url: 'https://user:p%40ss@example.org/', method: 'post', headers: { 'X-Api-Key': 'k' }, body: { a: [1] } }],
    ['say_hello', { url: 'file:///etc/passwd' }],
  ])('has nothing against good arguments of %s', (taskFunction, args) => {
    expect(checkArguments(taskFunction, args)).toEqual([]);
  });

  it.each<[string, JsonObject, (string | number)[], string]>([
    ['http', { url: 'file:///etc/passwd' }, ['url'], 'must be http or https, not file:'],
    ['http', { url: 'ftp://example.org/' }, ['url'], 'must be http or https, not ftp:'],
    ['http', { url: 'http://user:%ZZ@example.org/' }, ['url'], 'has credentials that cannot be decoded'],
    ['http', { url: 'http://a.example/', headers: { 'X-A': 'b\r\nHost: evil' } }, ['headers', 'X-A'], 'must not contain line breaks or control characters'],
    ['http', { url: 'http://a.example/', headers: { Host: 'b.example' } }, ['headers', 'Host'], 'is set by the connection and cannot be given'],
    ['http', { url: 'http://a.example/', method: 'TRACE' }, ['method'], 'must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'],
    ['shell', { command: 'true', shell: '/usr/bin/python3' }, ['shell'], expect.stringContaining('must be one of /bin/bash') as string],
    ['shell', { command: 'true', workingDirectory: 'here' }, ['workingDirectory'], 'must be an absolute path'],
    ...['LD_PRELOAD', 'LD_DEBUG_OUTPUT', 'GCONV_PATH', 'NODE_OPTIONS', 'BASH_ENV'].map(
      (name): [string, JsonObject, string[], string] => [
        'shell', { command: 'true', environment: { [name]: '/x' } }, ['environment', name], 'is not allowed: it makes programs load other code',
      ],
    ),
    ...['', 'bin', '/usr/bin:', '/usr/bin::/bin', '.:/usr/bin'].map(
      (path): [string, JsonObject, string[], string] => [
        'python', { script_path: '/a.py', environment: { PATH: path } }, ['environment', 'PATH'], 'must be absolute folders, separated by colons',
      ],
    ),
    ['python', { script_path: '/a.py', python_executable: '../python' }, ['python_executable'], 'must be an absolute path or the name of a program'],
  ])('refuses for %s %j', (taskFunction, args, path, message) => {
    expect(checkArguments(taskFunction, args)).toEqual([{ path, message }]);
  });

  it('names a parameter that was given twice', () => {
    expect(checkArguments('python', { script_path: '/a.py', scriptPath: '/b.py' })).toEqual([
      { path: ['scriptPath'], message: 'script_path and scriptPath are the same parameter' },
    ]);
  });
});
