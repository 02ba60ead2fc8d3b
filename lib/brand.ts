/** An App's colour as the accents of its pages and mails, readable in both themes (WCAG 2.2, 1.4.3 and 1.4.11), and its logo. Pure. */
type Rgb = [red: number, green: number, blue: number];

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
/** The darkest ground of the light theme and the lightest of the dark one, a little beyond the tokens of globals.css. */
const LIGHT_GROUND: Rgb = [240, 237, 232];
const DARK_GROUND: Rgb = [36, 33, 30];

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

/** The contrast of two colours written as #rrggbb, from 1 to 21. */
export function contrast(a: string, b: string): number {
  return contrastOf(parse(a), parse(b));
}

/** The colour, moved towards black or white only as far as text of it needs on these grounds. */
function readable(color: Rgb, towards: Rgb, grounds: Rgb[]): Rgb {
  for (let share = 0; share < 1; share += 0.04) {
    const moved = parse(toHex(mix(color, towards, share)));
    if (grounds.every((ground) => contrastOf(moved, ground) >= TEXT_CONTRAST)) return moved;
  }
  return towards;
}

export interface Accent {
  accent: string;
  hover: string;
  soft: string;
  /** Round a button of the colour itself, which may be as light or dark as what it lies on. */
  edge: string;
}

function accentOn(ground: Rgb, color: Rgb, towards: Rgb): Accent {
  const soft = parse(toHex(mix(ground, color, 0.1)));
  const accent = readable(color, towards, [ground, soft]);
  return {
    accent: toHex(accent),
    hover: toHex(mix(accent, towards, 0.2)),
    soft: toHex(soft),
    edge: contrastOf(color, ground) < EDGE_CONTRAST ? "var(--color-line-strong)" : "transparent",
  };
}

export interface Brand {
  color: string;
  hover: string;
  /** Black or white: one of the two is always readable on a colour. */
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
    light: accentOn(LIGHT_GROUND, color, BLACK),
    dark: accentOn(DARK_GROUND, color, WHITE),
  };
}

/**
 * The custom properties of an App's pages, over those of globals.css: `--brand` for what has the colour itself, and the accents in a shade of it that
 * can be read in either theme. Without a colour they are those of everywhere.
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

/** The address of a logo, if it can be shown: the policy of our pages, as mail programs, lets images come by https only. */
export function shownLogo(url: string | null | undefined): string | null {
  return url?.startsWith("https://") ? url : null;
}
