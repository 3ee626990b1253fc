'use client';
import { useSyncExternalStore } from 'react';

const DARK = '(prefers-color-scheme: dark)';
/** Where the theme menu's choice is kept (Mantine's name for it). */
const CHOICE_KEY = 'mantine-color-scheme-value';

/**
 * Stands in for the whole document, when even the layout failed: without styles of ours, in the system's own colours. Another
 * try is another document: styles of a layout that is fetched into this one would have a nonce that is not its own.
 */
export default function GlobalError() {
  const scheme = useSyncExternalStore(subscribe, chosenScheme, () => 'light');
  return (
    <html lang="en" data-mantine-color-scheme={scheme} style={{ colorScheme: scheme }}>
      <body style={{ margin: 0, background: 'Canvas', color: 'CanvasText', fontFamily: 'system-ui, sans-serif' }}>
        <title>Takt could not show this page</title>
        <main style={{ maxWidth: '36rem', margin: '15vh auto', padding: '0 1rem' }}>
          <h1 style={{ fontSize: '1.25rem' }}>Takt could not show this page</h1>
          <p>Nothing was changed. The jobs go on as before.</p>
          <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '1rem' }}>
            <button type="button" onClick={() => { window.location.reload(); }} style={{ padding: '0.5rem 1rem', font: 'inherit' }}>
              Try again
            </button>
            {/* Not the router's link: the router may be what failed. */}
            <a href="/" style={{ padding: '0.5rem 0', color: 'LinkText' }}>
              To the overview
            </a>
          </div>
        </main>
      </body>
    </html>
  );
}

function subscribe(onChange: () => void): () => void {
  const dark = window.matchMedia(DARK);
  dark.addEventListener('change', onChange);
  return () => {
    dark.removeEventListener('change', onChange);
  };
}

function chosenScheme(): 'light' | 'dark' {
  const choice = localStorage.getItem(CHOICE_KEY);
  if (choice === 'light' || choice === 'dark') return choice;
  return window.matchMedia(DARK).matches ? 'dark' : 'light';
}
