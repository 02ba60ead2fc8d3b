/** Class names of links in a row's menu. Buttons are quiet ones. */
export const rowMenuLink =
  "flex h-10 items-center rounded-md px-3 text-sm text-ink-muted hover:bg-surface-sunken hover:text-ink";
