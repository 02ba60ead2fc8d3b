/** The forms that the bot check covers, and the pages that show it. */

/** A solution is valid for the forms of one page. */
export const CHECK_PAGES = ["signup", "signin", "forgot"] as const;

export type CheckPage = (typeof CHECK_PAGES)[number];

interface CheckedForm {
  page: CheckPage;
  /** Other forms are checked always. */
  onlyAfterFailures?: true;
}

/** Of the hosted pages by the name of their handler, and of the dashboard's own pages. */
export const CHECKED_FORMS = {
  signup: { page: "signup" },
  signin: { page: "signin", onlyAfterFailures: true },
  /** Requests an emailed link or code. */
  "magic-link": { page: "signin" },
  forgot: { page: "forgot" },
} as const satisfies Record<string, CheckedForm>;

export type CheckedFormName = keyof typeof CHECKED_FORMS;

/** The field with the solution or token. */
export const BOT_CHECK_FIELD = "bot_check";

export function checkedForm(name: CheckedFormName): CheckedForm {
  return CHECKED_FORMS[name];
}
