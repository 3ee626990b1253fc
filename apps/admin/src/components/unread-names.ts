/** What is needed of a parser of nuqs, for one value: those for several of a name are not read here. */
interface Parser {
  readonly parse: (text: never) => unknown;
}

/** Members of an address whose text their parser makes nothing of; '' is no value, not a wrong one. */
export function unreadNames(parsers: Readonly<Record<string, Parser>>, search: Pick<URLSearchParams, 'get'>): string[] {
  return Object.entries(parsers).flatMap(([name, { parse }]) => {
    const text = search.get(name) ?? '';
    if (text === '') return [];
    const value = (parse as (text: string) => unknown)(text);
    return value === null || (Array.isArray(value) && value.length === 0) ? [name] : [];
  });
}
