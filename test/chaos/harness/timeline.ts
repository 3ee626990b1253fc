/** What happened when, for the verdict. */
export class Timeline {
  readonly entries: { readonly at: string; readonly atMs: number; readonly what: string }[] = [];
  private readonly startedAt = performance.now();

  note(what: string): void {
    this.entries.push({ at: new Date().toISOString(), atMs: Math.round(performance.now() - this.startedAt), what });
  }
}
