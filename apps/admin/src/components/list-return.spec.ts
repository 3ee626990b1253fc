import { expect, it } from 'vitest';
import { editFromList, listAddress } from './list-return';

const listOf = (href: string) => new URL(href, 'http://localhost').searchParams.get('list');

it('leads from the list to the editor and back to the same filters, with the row that was saved', () => {
  const href = editFromList('7', '?q=a%26b&sort=-name&saved=6');
  expect(href).toMatch(/^\/jobs\/7\/edit\?list=/);
  expect(listAddress(listOf(href))).toBe('/jobs?q=a%26b&sort=-name');
  expect(listAddress(listOf(href), '7')).toBe('/jobs?q=a%26b&sort=-name&saved=7');
});

it('leads back to a list without filters, and nowhere when there was none', () => {
  expect(listAddress(listOf(editFromList('7', '')))).toBe('/jobs');
  expect(listAddress(listOf('/jobs/7/edit'))).toBeNull();
});

it('leads to no other page than the list, whatever the address says', () => {
  expect(listAddress('//elsewhere.example/')).toMatch(/^\/jobs\?/);
});
