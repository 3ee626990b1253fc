/**
 * Back and Forward, told before the router hears of them, so that who has something to lose can keep it from acting on them.
 * Browsers call the listeners of the window in the order in which they were added, and the router takes down the page in its own:
 * ours must have been there first, which is why this is started by `instrumentation-client.ts`.
 */
const BACK = 'takt:back';

/** Once for the page. */
export function tellOfBack(): void {
  window.addEventListener('popstate', (event) => {
    if (!window.dispatchEvent(new Event(BACK, { cancelable: true }))) event.stopImmediatePropagation();
  });
}

/**
 * @param holds called when the browser has moved to another entry of its history; true keeps the router from following
 * @returns ends it
 */
export function onBack(holds: () => boolean): () => void {
  const listener = (event: Event) => {
    if (holds()) event.preventDefault();
  };
  window.addEventListener(BACK, listener);
  return () => {
    window.removeEventListener(BACK, listener);
  };
}
