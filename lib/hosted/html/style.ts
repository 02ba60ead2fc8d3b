/** The CSS of the HTML pages that route handlers respond with. It follows the hosted pages. */

/** The tokens of app/globals.css that these pages use. */
export const TOKENS = {
  "--color-surface": "light-dark(oklch(0.98 0.004 80), oklch(0.198 0.005 70))",
  "--color-surface-raised": "light-dark(oklch(0.997 0.002 80), oklch(0.235 0.006 70))",
  "--color-surface-sunken": "light-dark(oklch(0.952 0.006 80), oklch(0.17 0.005 70))",
  "--color-line": "light-dark(oklch(0.895 0.008 80), oklch(0.315 0.008 70))",
  "--color-line-strong": "light-dark(oklch(0.63 0.012 75), oklch(0.53 0.012 70))",
  "--color-ink": "light-dark(oklch(0.24 0.012 65), oklch(0.945 0.006 80))",
  "--color-ink-muted": "light-dark(oklch(0.47 0.014 65), oklch(0.74 0.012 75))",
  "--color-accent": "light-dark(oklch(0.405 0.066 182), oklch(0.8 0.085 178))",
  "--color-accent-hover": "light-dark(oklch(0.345 0.058 182), oklch(0.86 0.075 178))",
  "--color-accent-contrast": "light-dark(oklch(0.99 0.004 180), oklch(0.2 0.03 182))",
  "--color-danger": "light-dark(oklch(0.48 0.165 28), oklch(0.76 0.125 28))",
  "--color-focus": "light-dark(oklch(0.55 0.1 182), oklch(0.8 0.085 178))",
};

export const STYLE = `*{box-sizing:border-box}
body{margin:0;min-height:100svh;display:flex;flex-direction:column;background:var(--color-surface);color:var(--color-ink);
font:1rem/1.6 system-ui,sans-serif;-webkit-font-smoothing:antialiased;overflow-wrap:anywhere}
main{flex:1;display:flex;flex-direction:column;width:100%;max-width:29rem;margin:0 auto;padding:2rem 1rem 0}
.app{display:flex;align-items:flex-end;gap:.875rem;padding:0 1.5rem}
.app p{min-width:0;margin:0;padding-bottom:.625rem;font-size:1rem;line-height:1.375;font-weight:600;color:inherit}
.app bdi{display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;overflow:hidden}
.mark{flex:none;display:grid;place-items:center;width:3rem;height:3.5rem;padding-top:.375rem;overflow:hidden;border:1px solid var(--brand-edge);
border-radius:99rem 99rem 0 0;background:var(--brand);color:var(--brand-text);font-size:1.1875rem;font-weight:600}
.logo{grid-template:100%/100%;padding:.375rem .5rem .25rem;border-color:var(--color-line);border-bottom:0;background:oklch(0.997 0.002 80)}
.logo img{max-width:100%;max-height:100%}
.sheet{padding:1.75rem 1.5rem 2rem;background:var(--color-surface-raised);border:1px solid var(--color-line);border-radius:.75rem;
box-shadow:0 1px 2px light-dark(oklch(0.24 0.012 65/.05),oklch(0 0 0/.4)),0 8px 24px -8px light-dark(oklch(0.24 0.012 65/.14),oklch(0 0 0/.6))}
h1{margin:0;font-size:1.375rem;line-height:1.875rem;letter-spacing:-.012em;font-weight:500;text-wrap:balance}
p{margin:.625rem 0 0;font-size:.875rem;line-height:1.375rem;color:var(--color-ink-muted);text-wrap:pretty}
strong{color:var(--color-ink);font-weight:500}small{font-family:ui-monospace,monospace;font-size:.75rem}
label{display:block;margin-top:1.25rem;font-size:.875rem;font-weight:500}
label+input{display:block;width:100%;height:2.75rem;margin-top:.375rem;padding:0 .75rem;font:inherit;color:inherit;background:var(--color-surface-raised);
border:1px solid var(--color-line-strong);border-radius:.4375rem}[aria-invalid]{border-color:var(--color-danger)}.error{color:var(--color-danger)}form+form .actions{margin-top:.75rem}
.actions{display:grid;gap:.75rem;margin-top:1.5rem}
button,.button{display:flex;align-items:center;justify-content:center;min-height:3rem;padding:.5rem 1.5rem;font:inherit;font-weight:500;line-height:1.5;text-decoration:none;
cursor:pointer;border:1px solid var(--brand-edge);border-radius:.4375rem;background:var(--brand);color:var(--brand-text);transition:background .15s}
button:hover,.button:hover{background:var(--brand-hover)}.quiet{border-color:var(--color-line-strong);background:none;color:var(--color-ink)}.quiet:hover{background:var(--color-surface-sunken)}[aria-disabled=true]{opacity:.6}:focus-visible{outline:2px solid var(--color-focus);outline-offset:2px}
footer{display:flex;align-items:center;justify-content:center;gap:.375rem;padding:2.5rem 1.5rem 1.5rem;font-size:.75rem;line-height:1.125rem;color:var(--color-ink-muted)}
footer svg{width:.875rem;margin-left:.125rem}footer b{font-weight:500}
@media(min-width:40rem){main{justify-content:center;padding:3rem 1.5rem 0}.app{padding:0 2.25rem}.sheet{padding:2rem 2.25rem 2.25rem}}
@media(prefers-reduced-motion:reduce){*{transition:none}}`;
