import { describe, expect, it } from 'vitest';
import { taskUser } from './task-user.js';

const PASSWD = `root:x:0:0:root:/root:/bin/bash
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
tasks:x:998:997::/srv/tasks:/bin/sh
`;
const ROOT = { uid: 0 };

describe('taskUser', () => {
  it('is nobody for a worker that is root, and the worker’s own for any other, unless told otherwise', () => {
    expect(taskUser('auto', ROOT, PASSWD)).toEqual({ uid: 65_534, gid: 65_534 });
    expect(taskUser('auto', ROOT, '')).toEqual({ uid: 65_534, gid: 65_534 });
    expect(taskUser('auto', { uid: 1000 }, PASSWD)).toBeNull();
    expect(taskUser('auto', { uid: null }, '')).toBeNull();
    expect(taskUser('worker', ROOT, PASSWD)).toBeNull();
  });

  it('finds a user by name, by uid, or takes uid and gid as they are', () => {
    const tasks = { uid: 998, gid: 997, home: '/srv/tasks' };
    expect(taskUser('tasks', ROOT, PASSWD)).toEqual(tasks);
    expect(taskUser('998', ROOT, PASSWD)).toEqual(tasks);
    expect(taskUser('998:5', ROOT, PASSWD)).toEqual({ ...tasks, gid: 5 });
    expect(taskUser('4321', ROOT, PASSWD)).toEqual({ uid: 4321, gid: 4321 });
  });

  it('changes nothing for the user that the worker is', () => {
    expect(taskUser('root', ROOT, PASSWD)).toBeNull();
    expect(taskUser('tasks', { uid: 998 }, PASSWD)).toBeNull();
  });

  it('refuses what cannot be', () => {
    expect(() => taskUser('missing', ROOT, PASSWD)).toThrow('there is no user "missing"');
    expect(() => taskUser('tasks', { uid: 1000 }, PASSWD)).toThrow('only a worker that runs as root');
  });
});
