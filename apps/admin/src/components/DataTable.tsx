'use client';
import { Checkbox, Skeleton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import classes from './DataTable.module.css';

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => React.ReactNode;
  /** Wire name of the sort order; without one the column does not sort. */
  sort?: string;
  /** What it sorts by, where its header does not say so. */
  sortTitle?: string;
  /** What is most comes first. @default false */
  startsDescending?: boolean;
  /** CSS width, e.g. `120px`. */
  width?: string;
  align?: 'right';
  /** The row's name: its card's headline on phones, a row header on larger screens. */
  isTitle?: boolean;
  /** Header for screen readers only, e.g. of a column of buttons. */
  isHeaderHidden?: boolean;
}

export interface Selection {
  ids: ReadonlySet<string>;
  onChange: (ids: ReadonlySet<string>) => void;
  /** Name of a row, for its checkbox: `Select <name>`. */
  labelOf: (id: string) => string;
}

export interface DataTableProps<Row> {
  /** What the table lists, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while nothing has been loaded: skeletons in the shape of rows. */
  rows: readonly Row[] | undefined;
  rowId: (row: Row) => string;
  /** `name` ascending, `-name` descending. */
  sort?: string | null;
  onSort?: (sort: string) => void;
  selection?: Selection;
  /** In place of the rows when there are none. */
  empty?: React.ReactNode;
  /** @default 8 */
  skeletonRows?: number;
  /** E.g. the row that was just created. */
  isHighlighted?: (row: Row) => boolean;
}

/** A table whose rows become cards on narrow screens. Sorting, paging and searching are the server's. */
export function DataTable<Row>({ label, columns, rows, rowId, sort, onSort, selection, empty, skeletonRows = 8, isHighlighted }: DataTableProps<Row>) {
  if (rows?.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={classes.table} aria-busy={rows === undefined}>
        <caption className={classes.hidden}>{label}</caption>
        <thead className={classes.head}>
          <tr>
            {selection !== undefined && <SelectAll ids={(rows ?? []).map(rowId)} selection={selection} />}
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} {...(sort === undefined ? {} : { sort })} {...(onSort === undefined ? {} : { onSort })} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows === undefined
            ? Array.from({ length: skeletonRows }, (_, at) => <SkeletonRow key={at} columns={columns.length + (selection === undefined ? 0 : 1)} />)
            : rows.map((row) => (
                <tr key={rowId(row)} className={classes.row} data-row={rowId(row)} data-highlighted={isHighlighted?.(row) === true || undefined} data-selected={selection?.ids.has(rowId(row)) === true || undefined}>
                  {selection !== undefined && <SelectOne id={rowId(row)} selection={selection} />}
                  {columns.map((column) => (
                    <Cell key={column.key} column={column} row={row} />
                  ))}
                </tr>
              ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const shared = { className: classes.cell, 'data-align': column.align, 'data-label': column.isHeaderHidden === true ? undefined : column.header, 'data-title': column.isTitle };
  return column.isTitle === true ? (
    <th scope="row" {...shared}>
      {column.cell(row)}
    </th>
  ) : (
    <td {...shared}>{column.cell(row)}</td>
  );
}

function HeaderCell<Row>({ column, sort, onSort }: { column: Column<Row>; sort?: string | null; onSort?: (sort: string) => void }) {
  const name = column.sort;
  const direction = name === undefined ? null : sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : null;
  const Arrow = direction === 'ascending' ? IconArrowUp : direction === 'descending' ? IconArrowDown : IconArrowsSort;
  return (
    <th scope="col" style={{ width: column.width }} data-align={column.align} aria-sort={direction ?? undefined}>
      {name === undefined || onSort === undefined ? (
        <span className={column.isHeaderHidden === true ? classes.hidden : undefined}>{column.header}</span>
      ) : (
        <button
          type="button"
          className={classes.sort}
          data-active={direction !== null || undefined}
          title={column.sortTitle}
          onClick={() => {
            const [first, second] = column.startsDescending === true ? [`-${name}`, name] : [name, `-${name}`];
            onSort(sort === first ? second : first);
          }}
        >
          {column.header}
          <Arrow size={12} aria-hidden />
        </button>
      )}
    </th>
  );
}

function SelectAll({ ids, selection }: { ids: readonly string[]; selection: Selection }) {
  const chosen = ids.filter((id) => selection.ids.has(id)).length;
  return (
    <th scope="col" className={classes.select}>
      <Checkbox
        size="xs"
        aria-label="Select all rows on this page"
        checked={ids.length > 0 && chosen === ids.length}
        indeterminate={chosen > 0 && chosen < ids.length}
        onChange={(event) => {
          const next = new Set(selection.ids);
          for (const id of ids) {
            if (event.currentTarget.checked) next.add(id);
            else next.delete(id);
          }
          selection.onChange(next);
        }}
      />
    </th>
  );
}

function SelectOne({ id, selection }: { id: string; selection: Selection }) {
  return (
    <td className={classes.select}>
      <Checkbox
        size="xs"
        aria-label={`Select ${selection.labelOf(id)}`}
        checked={selection.ids.has(id)}
        onChange={(event) => {
          const next = new Set(selection.ids);
          if (event.currentTarget.checked) next.add(id);
          else next.delete(id);
          selection.onChange(next);
        }}
      />
    </td>
  );
}

function SkeletonRow({ columns }: { columns: number }) {
  return (
    <tr className={classes.row}>
      {Array.from({ length: columns }, (_, at) => (
        <td key={at} className={classes.cell}>
          <Skeleton height={12} width={at === 0 ? '70%' : '50%'} />
        </td>
      ))}
    </tr>
  );
}
