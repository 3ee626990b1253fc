import type { Type } from '@nestjs/common';

/** A dialect as its documentation introduces it. */
export interface DocumentedDialect {
  /** Last part of its path below `/docs`. */
  readonly slug: string;
  readonly title: string;
  /** Markdown. */
  readonly description: string;
  /** Modules whose controllers belong to it. */
  readonly modules: readonly Type[];
}
