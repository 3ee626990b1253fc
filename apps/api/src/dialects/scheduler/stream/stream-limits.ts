/** Streams of changes that one user, or one API key, may have open at a time in one process. */
export const STREAMS_PER_CALLER = 8;
/** Streams of changes that one process serves at a time. */
export const STREAMS_PER_PROCESS = 1_000;
