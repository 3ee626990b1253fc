'use client';
import { useEffect, useRef } from 'react';
import { DocumentTitle } from './DocumentTitle';
import classes from './PageHeader.module.css';

export interface PageHeaderProps {
  title: string;
  /** After the title, e.g. a StatusBadge. */
  badge?: React.ReactNode;
  /** One line below it. */
  subtitle?: React.ReactNode;
  /** Buttons at the right. */
  actions?: React.ReactNode;
}

let isFirstPage = true;

/** The page's only h1. It takes the focus after a navigation, so that a screen reader begins there. */
export function PageHeader({ title, badge, subtitle, actions }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return (
    <div className={classes.header}>
      <DocumentTitle title={title} />
      <div className={classes.text}>
        <div className={classes.line}>
          <h1 ref={heading} tabIndex={-1} className={classes.title} title={title}>
            {title}
          </h1>
          {badge}
        </div>
        {subtitle !== undefined && <div className={classes.subtitle}>{subtitle}</div>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
