import { IconAlertCircle } from '@tabler/icons-react';
import classes from './JobEditor.module.css';
import { sectionElementId, sectionOf, SECTIONS, type Problems, type SectionId } from './problems';

/** The sections of the form, with a mark at those where something is wrong. */
export function EditorNav({ problems }: { problems: Problems }) {
  const wrong = new Set(Object.keys(problems).map(sectionOf));
  return (
    <nav aria-label="Sections of the form" className={classes.nav}>
      {SECTIONS.map(([id, title]) => (
        <a key={id} href={`#${sectionElementId(id)}`} onClick={(event) => { goTo(event, id); }} className={classes.navLink} data-wrong={wrong.has(id) || undefined}>
          {title}
          {wrong.has(id) && <IconAlertCircle size={14} role="img" aria-label="has errors" />}
        </a>
      ))}
    </nav>
  );
}

/** Not by the address: each section that was gone to would be one more step on the way back. */
function goTo(event: React.MouseEvent, id: SectionId): void {
  const section = document.getElementById(sectionElementId(id));
  if (section === null) return;
  event.preventDefault();
  section.scrollIntoView();
  section.focus({ preventScroll: true });
}
