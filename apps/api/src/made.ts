type Token<Instance> = abstract new (...args: never[]) => Instance;

/** A provider for a class that knows nothing of Nest: its constructor's parameters by their tokens, checked by type. */
export function made<Parameters extends unknown[], Instance>(
  target: new (...args: Parameters) => Instance,
  inject: { [Index in keyof Parameters]: Token<Parameters[Index]> },
): {
  provide: new (...args: Parameters) => Instance;
  inject: typeof inject;
  useFactory: (...args: Parameters) => Instance;
} {
  return { provide: target, inject, useFactory: (...args) => new target(...args) };
}
