'use client';

/** Stands in for the whole document, when even the layout failed: without styles of ours. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>Takt</title>
      </head>
      <body style={{ fontFamily: 'system-ui, sans-serif', maxWidth: '36rem', margin: '15vh auto', padding: '0 1rem' }}>
        <h1 style={{ fontSize: '1.25rem' }}>Takt could not show this page</h1>
        <p>Nothing was changed. The jobs go on as before.</p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}
