/** A Markdown file as text. next.config.ts, scripts/bootstrap/bundle.mjs and vitest.config.ts load it. */
declare module "*.md" {
  const text: string;
  export default text;
}
