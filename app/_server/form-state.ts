/** Result of a form's Server Action. Contains no server code, for client components. */
export interface FormState<Result = unknown> {
  ok?: boolean;
  /** The error message of the whole form. */
  message?: string;
  /** Field name → its error. */
  fields?: Record<string, string>;
  /** The submitted values, to show again; never a password. */
  values?: Record<string, string>;
  data?: Result;
}

export const UNTOUCHED: FormState<never> = {};
