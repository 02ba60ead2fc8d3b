/** A page of the documentation, as text: next.config.mjs, scripts/bootstrap/bundle.mjs and vitest.config.ts load it so. */
declare module "*.md" {
  const text: string;
  export default text;
}
