import { describe, expect, it } from 'vitest';
import { ALL_PAGES, crumbsOf, isWithin } from './navigation';

describe('the navigation', () => {
  it('has every address and every key once', () => {
    for (const values of [ALL_PAGES.map(({ href }) => href), ALL_PAGES.map(({ key }) => key)]) expect(new Set(values).size).toBe(values.length);
  });

  it.each([
    ['/', '/', true],
    ['/', '/jobs', false],
    ['/jobs', '/jobs/1', true],
    ['/jobs', '/jobsters', false],
  ])('tells whether %s holds %s', (href, path, expected) => {
    expect(isWithin(href, path)).toBe(expected);
  });

  it('makes breadcrumbs, the last without a link', () => {
    expect(crumbsOf('/jobs/550e8400-e29b/edit')).toEqual([
      { label: 'Jobs', href: '/jobs', thing: null },
      { label: '550e8400', href: '/jobs/550e8400-e29b', thing: { kind: 'job', id: '550e8400-e29b' } },
      { label: 'Edit', href: null, thing: null },
    ]);
    expect(crumbsOf('/executions/550e8400-e29b').at(-1)).toEqual({ label: '550e8400', href: null, thing: { kind: 'execution', id: '550e8400-e29b' } });
    expect(crumbsOf('/jobs/new').at(-1)).toEqual({ label: 'New', href: null, thing: null });
    expect(crumbsOf('/settings/users')).toEqual([{ label: 'Users', href: null, thing: null }]);
    expect(crumbsOf('/')).toEqual([{ label: 'Overview', href: null, thing: null }]);
    expect(crumbsOf('/nowhere')).toEqual([]);
  });
});
