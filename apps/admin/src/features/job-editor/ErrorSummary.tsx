'use client';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import classes from './JobEditor.module.css';
import { fieldId, sectionElementId, sectionOf, SECTIONS, type Problems } from './problems';

/** Everything that kept the form from being saved; each line leads to its field. Takes the focus when it appears. */
export function ErrorSummary({ problems, attempt }: { problems: Problems; attempt: number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt === 0) return;
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'center' });
  }, [attempt]);
  const lines = Object.entries(problems);
  if (lines.length === 0) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1} className={classes.summary}>
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
      <div>
        <p className={classes.summaryTitle}>{lines.length === 1 ? 'The job was not saved: one thing is wrong' : `The job was not saved: ${String(lines.length)} things are wrong`}</p>
        <ul>
          {lines.map(([path, message]) => (
            <li key={path}>
              <a
                href={`#${fieldId(path)}`}
                onClick={(event) => {
                  event.preventDefault();
                  goTo(path);
                }}
              >
                {titleOf(path)}
              </a>
              : {message}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function titleOf(path: string): string {
  const id = sectionOf(path);
  const title = SECTIONS.find(([known]) => known === id)?.[1] ?? id;
  const label = document.querySelector(`label[for="${CSS.escape(fieldId(path))}"]`)?.firstChild?.textContent;
  return label ? `${title}, ${label}` : title;
}

/** To the field, or to its section when the field is not on the page, as one of another mode of the schedule. */
function goTo(path: string): void {
  const target = document.getElementById(fieldId(path)) ?? document.getElementById(`${fieldId(path)}-json`) ?? document.getElementById(sectionElementId(sectionOf(path)));
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: 'center' });
}
