import { SectionCard } from '@/components/SectionCard';
import { sectionElementId, SECTIONS, type SectionId } from '../problems';
import classes from './FormSection.module.css';

export interface FormSectionProps {
  id: SectionId;
  description?: string;
  actions?: React.ReactNode;
  flush?: boolean;
  children: React.ReactNode;
}

/** A part of the form that the navigation beside it leads to. */
export function FormSection({ id, description, actions, flush = false, children }: FormSectionProps) {
  const title = SECTIONS.find(([known]) => known === id)?.[1];
  return (
    <div id={sectionElementId(id)} className={classes.section} tabIndex={-1}>
      <SectionCard title={title} flush={flush} {...(description === undefined ? {} : { description })} {...(actions === undefined ? {} : { actions })}>
        {flush ? children : <div className={classes.fields}>{children}</div>}
      </SectionCard>
    </div>
  );
}

/** Fields side by side where there is room. */
export function FieldRow({ children }: { children: React.ReactNode }) {
  return <div className={classes.row}>{children}</div>;
}
