/** Collects what one invariant's check looked at and what it found wrong. */
export interface Finding {
  /** How many things were looked at: 0 means that the run had nothing to say about this invariant. */
  readonly checked: number;
  readonly violations: readonly string[];
}

export class Judge {
  private checked = 0;
  private readonly violations: string[] = [];

  /** Notes one more thing that was looked at. */
  look(isRight: boolean, violation: () => string): void {
    this.checked += 1;
    if (!isRight) this.violations.push(violation());
  }

  get finding(): Finding {
    return { checked: this.checked, violations: this.violations };
  }
}

export function at(ms: number | null): string {
  return ms === null ? 'never' : Number.isFinite(ms) ? new Date(ms).toISOString() : String(ms);
}

export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
