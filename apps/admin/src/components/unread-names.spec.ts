import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs';
import { expect, it } from 'vitest';
import { unreadNames } from './unread-names';

const PARSERS = {
  status: parseAsStringLiteral(['failing', 'late']),
  statuses: parseAsArrayOf(parseAsStringLiteral(['failed', 'timeout'])).withDefault([]),
  page: parseAsInteger.withDefault(1),
  q: parseAsString.withDefault(''),
};

it.each([
  ['', []],
  ['status=late&statuses=failed,timeout&page=2&q=foo&other=foo', []],
  ['status=foo&q=', ['status']],
  ['statuses=foo&page=two', ['statuses', 'page']],
  ['statuses=foo,failed', []],
])('of ?%s nothing can be made of %j', (search, names) => {
  expect(unreadNames(PARSERS, new URLSearchParams(search))).toEqual(names);
});
