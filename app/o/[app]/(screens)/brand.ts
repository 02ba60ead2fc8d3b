/** An App's colour as the custom properties of its pages. */
import type { CSSProperties } from "react";
import { type Accent, brandOf } from "@/lib/brand";

/** The custom properties of the element around the pages; without a colour they are those of everywhere. */
export function brandStyle(hex: string | null): CSSProperties {
  if (!hex) {
    const same = { "--brand": "var(--color-accent)", "--brand-hover": "var(--color-accent-hover)" };
    return { ...same, "--brand-text": "var(--color-accent-contrast)", "--brand-edge": "transparent" } as CSSProperties;
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
  } as CSSProperties;
}
