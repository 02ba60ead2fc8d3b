/** The brand color of an App as CSS custom properties. */
import type { CSSProperties } from "react";
import { brandProperties } from "@/lib/brand";

export function brandStyle(hex: string | null): CSSProperties {
  return brandProperties(hex) as CSSProperties;
}
