import { describe, expect, it } from 'vitest';
import { LazyAbortController } from './lazy-abort-controller.js';

describe('a lazy abort controller', () => {
  it('tells that nothing was aborted without a signal', () => {
    const controller = new LazyAbortController();
    expect([controller.aborted, controller.reason]).toEqual([false, undefined]);
  });

  it('gives those who ask late a signal that is aborted, with the first reason', () => {
    const [controller, first] = [new LazyAbortController(), new Error('first')];
    controller.abort(first);
    controller.abort(new Error('second'));
    expect(controller.signal.aborted).toBe(true);
    expect([controller.reason, controller.signal.reason]).toEqual([first, first]);
  });

  it('has one signal, which hears of it', () => {
    const controller = new LazyAbortController();
    const { signal } = controller;
    controller.abort(new Error('stop'));
    expect(controller.signal).toBe(signal);
    expect([signal.aborted, controller.aborted]).toEqual([true, true]);
  });
});
