/** What a form knows after it was sent. Also imported by client components, so it holds nothing of the server. */
export interface FormState<Result = unknown> {
  ok?: boolean;
  /** A sentence about the whole form. */
  message?: string;
  /** Field name → what is wrong with it. */
  fields?: Record<string, string>;
  /** What was typed, to show again; never a password. */
  values?: Record<string, string>;
  data?: Result;
}

export const UNTOUCHED: FormState<never> = {};
