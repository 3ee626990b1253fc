/**
 * How Node runs the services, wherever they are started from here (docker/Dockerfile and package.json say the same). Young
 * objects live as long as a batch of attempts does: with V8's 16 MiB for them, a fifth of the worker's time goes into copying those
 * that are alive; with 32 MiB a tenth less of all its CPU is used, and larger ones bring nothing more.
 */
export const NODE_FLAGS = ['--enable-source-maps', '--max-semi-space-size=32'];
