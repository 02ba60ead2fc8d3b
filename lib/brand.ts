/**
 * Brand colors: accents derived from an app's color, readable in both themes (WCAG 2.2, 1.4.3 and
 * 1.4.11), and its logo.
 */
type Rgb = [red: number, green: number, blue: number];

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
/**
 * A little darker than the darkest background of the light theme in globals.css, and lighter than
 * the dark theme's.
 */
const LIGHT_BACKGROUND: Rgb = [240, 237, 232];
const DARK_BACKGROUND: Rgb = [36, 33, 30];

const TEXT_CONTRAST = 4.5;
const EDGE_CONTRAST = 3;

function parse(hex: string): Rgb {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return [red, green, blue];
}

function toHex(color: Rgb): string {
  return `#${color.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

function mix(color: Rgb, other: Rgb, share: number): Rgb {
  return color.map((part, index) => part + ((other[index] ?? 0) - part) * share) as Rgb;
}

/** WCAG 2.2: relative luminance. */
function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(a: Rgb, b: Rgb): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The contrast ratio of two colors (#rrggbb), from 1 to 21. */
export function contrast(a: string, b: string): number {
  return contrastOf(parse(a), parse(b));
}

/**
 * Mixes the color with black or white just enough that text in it is readable on the backgrounds.
 */
function readable(color: Rgb, towards: Rgb, backgrounds: Rgb[]): Rgb {
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = parse(toHex(mix(color, towards, share)));
    if (backgrounds.every((background) => contrastOf(mixed, background) >= TEXT_CONTRAST)) return mixed;
  }
  return towards;
}

export interface Accent {
  accent: string;
  hover: string;
  soft: string;
  /** The border of a button in the color itself, which may barely differ from the background. */
  edge: string;
}

function accentFor(background: Rgb, color: Rgb, towards: Rgb): Accent {
  const soft = parse(toHex(mix(background, color, 0.1)));
  const accent = readable(color, towards, [background, soft]);
  return {
    accent: toHex(accent),
    hover: toHex(mix(accent, towards, 0.2)),
    soft: toHex(soft),
    edge: contrastOf(color, background) < EDGE_CONTRAST ? "var(--color-line-strong)" : "transparent",
  };
}

export interface Brand {
  color: string;
  hover: string;
  /** Black or white: one of them is readable on any color. */
  text: string;
  light: Accent;
  dark: Accent;
}

export function brandOf(hex: string): Brand {
  const color = parse(hex);
  const text = contrastOf(color, WHITE) >= TEXT_CONTRAST ? WHITE : BLACK;
  return {
    color: toHex(color),
    hover: toHex(mix(color, text === WHITE ? BLACK : WHITE, 0.15)),
    text: toHex(text),
    light: accentFor(LIGHT_BACKGROUND, color, BLACK),
    dark: accentFor(DARK_BACKGROUND, color, WHITE),
  };
}

/**
 * The CSS custom properties of an app's pages, which override those of globals.css: `--brand` is
 * the color itself, the accents are readable shades of it. Without a color, they are Foyer's own.
 */
export function brandProperties(hex: string | null): Record<string, string> {
  if (!hex) {
    const same = { "--brand": "var(--color-accent)", "--brand-hover": "var(--color-accent-hover)" };
    return { ...same, "--brand-text": "var(--color-accent-contrast)", "--brand-edge": "transparent" };
  }
  const { color, hover, text, light, dark } = brandOf(hex);
  const either = (part: keyof Accent) => `light-dark(${light[part]}, ${dark[part]})`;
  return {
    "--brand": color,
    "--brand-hover": hover,
    "--brand-text": text,
    "--brand-edge": either("edge"),
    "--color-accent": either("accent"),
    "--color-accent-hover": either("hover"),
    "--color-accent-soft": either("soft"),
    "--color-accent-contrast": "light-dark(#ffffff, #000000)",
    "--color-focus": either("accent"),
  };
}

/**
 * Returns the URL of a logo that can be shown: the pages' CSP and email clients load images only
 * over https.
 */
export function shownLogo(url: string | null | undefined): string | null {
  return url?.startsWith("https://") ? url : null;
}
