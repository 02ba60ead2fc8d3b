/** An App's colour as the style of the element around its pages. */
import type { CSSProperties } from "react";
import { brandProperties } from "@/lib/brand";

export function brandStyle(hex: string | null): CSSProperties {
  return brandProperties(hex) as CSSProperties;
}
