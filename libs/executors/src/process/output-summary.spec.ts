import { describe, expect, it } from 'vitest';
import { OutputSummary } from './output-summary.js';

describe('OutputSummary', () => {
  it('keeps the last 4 KiB of stdout, cut between characters', () => {
    const summary = new OutputSummary();
    summary.add({ stream: 'stdout', text: 'start' });
    for (let index = 0; index < 3_000; index += 1) summary.add({ stream: 'stdout', text: 'é€' });
    expect(Buffer.byteLength(summary.output)).toBeLessThanOrEqual(4_096);
    expect(summary.output).toMatch(/^[é€]+$/);
    expect(summary.isCut).toBe(true);
  });

  it('finds the last line of stderr that says something', () => {
    const summary = new OutputSummary();
    expect(summary.lastStderrLine).toBeNull();
    summary.add({ stream: 'stderr', text: 'first\nsecond ' });
    summary.add({ stream: 'stderr', text: 'half\r\n\n  \n' });
    expect(summary.lastStderrLine).toBe('second half');
    expect(summary.isCut).toBe(false);
  });
});
