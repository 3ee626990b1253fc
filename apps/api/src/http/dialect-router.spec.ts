import { expect, test } from 'vitest';
import type { DialectErrors } from './dialect.js';
import { DialectRouter } from './dialect-router.js';

const wording = (name: string): DialectErrors => ({ render: () => ({ status: 500, body: name }) });
const [scheduler, distributed, fallback] = [wording('scheduler'), wording('distributed'), wording('fallback')];
const router = new DialectRouter(
  [
    { prefixes: ['/api/v1'], errors: distributed },
    { prefixes: ['/api/v1/scheduler', '/x'], errors: scheduler },
  ],
  fallback,
);

test.each([
  ['/api/v1/scheduler', scheduler],
  ['/api/v1/scheduler/jobs/1', scheduler],
  ['/API/v1/Scheduler/jobs', scheduler],
  ['/x', scheduler],
  ['/api/v1/schedulers', distributed],
  ['/api/v1/anything', distributed],
  ['/xy', fallback],
  ['/', fallback],
])('%s', (path, errors) => {
  expect(router.errorsFor(path)).toBe(errors);
});
