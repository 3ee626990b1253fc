import { describe, expect, it } from 'vitest';
import { passedOnEnvironment } from './task-environment.js';

describe('passedOnEnvironment', () => {
  it('passes on what is listed and nothing else', () => {
    const worker = { PATH: '/bin', HOME: '/root', LANG: 'C', LC_ALL: 'C', TZ: 'UTC', USER: 'u', SHELL: '/bin/sh', DATABASE_URL: 'x', JWT_SECRET: 'x', AWS_SECRET: 'x', TMPDIR: undefined };
    expect(passedOnEnvironment(worker)).toEqual({ PATH: '/bin', HOME: '/root', LANG: 'C', LC_ALL: 'C', TZ: 'UTC', USER: 'u', SHELL: '/bin/sh' });
  });

  it('has a PATH when the worker has none', () => {
    expect(passedOnEnvironment({})['PATH']).toContain('/usr/bin');
  });

  it('keeps what is the worker’s user’s from another user', () => {
    expect(passedOnEnvironment({ PATH: '/bin', HOME: '/root', USER: 'root', LOGNAME: 'root' }, { uid: 1, gid: 1 })).toEqual({ PATH: '/bin', HOME: '/' });
  });
});
