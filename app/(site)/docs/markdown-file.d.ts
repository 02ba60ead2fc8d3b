/** A Markdown file as text, for Next.js, bundle.mjs and vitest. */
declare module "*.md" {
  const text: string;
  export default text;
}
