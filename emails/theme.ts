/** Colors and fonts of the emails, in light and dark. */
export const FONT = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';
export const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";
export const INK = "#2b2722";
export const MUTED = "#6f685f";
export const LINE = "#e4e0d9";
export const SUNKEN = "#f3f0eb";
/** The border of a button whose color is too close to the background. */
export const EDGE = "#8a8278";
/** The accent color of an app that has none. */
export const ACCENT = "#17564f";

/** For email clients that support a dark theme. The others use the inline styles. */
export const DARK = `
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: #171513 !important; }
  .sheet { background-color: #211e1b !important; border-right-color: #3b3631 !important; border-bottom-color: #3b3631 !important; border-left-color: #3b3631 !important; }
  .edged { border-color: #7a7268 !important; }
  .ink { color: #f1ede7 !important; }
  .muted { color: #b0a89d !important; }
  .line { border-color: #3b3631 !important; }
  .sunken { background-color: #2b2723 !important; }
}
@media (max-width: 480px) {
  .sheet > tbody > tr > td { padding: 26px 22px 22px !important; }
}`;

/** Names and email addresses may be one long word. */
export const WRAP = { overflowWrap: "anywhere" } as const;
