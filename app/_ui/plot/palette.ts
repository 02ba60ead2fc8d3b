// Colors of the plots: steps of one hue. The legend and the table name the series as well.
function shades(token: string, percents: number[]): string[] {
  return percents.map(
    (percent) => `color-mix(in oklab, var(--color-${token}) ${percent}%, var(--color-surface-raised))`,
  );
}

export const ACCENT_COLORS = shades("accent", [100, 66, 42, 24]);

export const FAILURE_COLORS = ["var(--color-danger)", "var(--color-warning)", ...shades("danger", [45, 25])];
