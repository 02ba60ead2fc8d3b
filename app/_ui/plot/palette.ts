// One hue in steps, so that a plot stays calm beside the text; which part is which, the legend and the table say as well.
function mixed(token: string, percents: number[]): string[] {
  return percents.map(
    (percent) => `color-mix(in oklab, var(--color-${token}) ${percent}%, var(--color-surface-raised))`,
  );
}

export const ACCENT_COLORS = mixed("accent", [100, 66, 42, 24]);

export const FAILURE_COLORS = ["var(--color-danger)", "var(--color-warning)", ...mixed("danger", [45, 25])];
