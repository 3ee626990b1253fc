type Given<Members> = { [Name in keyof Members]?: Exclude<Members[Name], undefined> };

/** The members that were given: those that are undefined are left out, so that "not said" is not taken for a value. */
export function given<Members extends object>(members: Members): Given<Members> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Given<Members>;
}
