export { prepared, type Preparing } from './prepared.ts';
export {
  type Bindings,
  type Database,
  instant,
  instantOf,
  jsonOf,
  literals,
  rows,
  type Sql,
  STAMP_VALUES,
  STAMPS,
  wrote,
  zoned,
} from './statements.ts';
