/**
 * A field as staff read it: label, help under the field, example in the empty field (shown as « ex.
 * … », so that staff do not take it for a value).
 */
type FieldText = readonly [label: string, help?: string, placeholder?: string];
/** One row of the edit form: attribute and width in twelfths. */
type FormRow = readonly (readonly [name: string, size: number])[];

/** How the Content Manager shows one content type or component. */
export interface View {
  uid: string;
  mainField: string;
  sort?: readonly [field: string, order: 'ASC' | 'DESC'];
  list?: readonly string[];
  rows: readonly FormRow[];
  fields: Readonly<Record<string, FieldText>>;
  /** Relations, and the field by which the related thing is named. */
  relations?: Readonly<Record<string, string>>;
}

/** The Content Manager's stored configuration, as far as views set it. */
export interface Configuration {
  settings: Record<string, unknown>;
  metadatas: Record<string, { edit: Record<string, unknown>; list: Record<string, unknown> }>;
  layouts: { list: string[]; edit: { name: string; size: number }[][] };
}
