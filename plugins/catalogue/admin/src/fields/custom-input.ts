import type { ReactNode } from 'react';

/** What the Content Manager hands a custom field's input. */
export interface CustomInputProps {
  /**
   * Always given by the Content Manager; optional because Strapi types a field's input as a
   * component without props.
   */
  name?: string;
  label?: ReactNode;
  hint?: ReactNode;
  labelAction?: ReactNode;
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
}
