import { MAX_INTEGER, QueryInteger } from './fields.js';

const PAGE = { description: 'Page number, from 1.', minimum: 1, maximum: MAX_INTEGER, default: 1, example: 1 };
/** Items on one page at most. */
export const MAX_PER_PAGE = 100;
const PER_PAGE = { minimum: 1, maximum: MAX_PER_PAGE };

/** Page and size of a list with 20 items a page. */
export class PageOf20Query {
  @QueryInteger(PAGE)
  page?: number;

  @QueryInteger({ ...PER_PAGE, description: 'Items per page, at most 100.', default: 20, example: 20 })
  per_page?: number;
}

/** Page and size of a list with 50 items a page. */
export class PageOf50Query {
  @QueryInteger(PAGE)
  page?: number;

  @QueryInteger({ ...PER_PAGE, description: 'Items per page, at most 100.', default: 50, example: 50 })
  per_page?: number;
}
