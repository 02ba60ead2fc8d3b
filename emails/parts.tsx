/** The parts of an email's content. */
import type { ReactNode } from "react";
import { Button, Link, Section, Text } from "react-email";
import { brandOf } from "@/lib/brand";
import type { EmailBrand } from "./template";
import { ACCENT, EDGE, INK, MONO, MUTED, SUNKEN, WRAP } from "./theme";

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text className="ink" style={{ margin: "0 0 14px", fontSize: 15, lineHeight: "24px", color: INK, ...WRAP }}>
      {children}
    </Text>
  );
}

/** The button, with its link in full below for email clients that don't show buttons. */
export function Action({ brand, href, children }: { brand: EmailBrand; href: string; children: ReactNode }) {
  const { color, text, light, dark } = brandOf(brand.color ?? ACCENT);
  return (
    <Section style={{ margin: "22px 0 18px" }}>
      <Button
        href={href}
        className={dark.edge === "transparent" ? "action" : "action edged"}
        style={{
          backgroundColor: color,
          color: text,
          fontSize: 15,
          fontWeight: 600,
          borderRadius: 7,
          border: `1px solid ${light.edge === "transparent" ? color : EDGE}`,
          padding: "12px 26px",
          textDecoration: "none",
        }}
      >
        {children}
      </Button>
      <Text className="muted" style={{ margin: "18px 0 0", fontSize: 13, lineHeight: "20px", color: MUTED }}>
        <span className="not-in-text">
          Or open this link:
          <br />
        </span>
        <Link className="muted" href={href} style={{ color: MUTED, wordBreak: "break-all" }}>
          {href}
        </Link>
      </Text>
    </Section>
  );
}

/** A code to enter on another device. */
export function Code({ children }: { children: string }) {
  return (
    <Text
      className="ink sunken"
      style={{
        margin: "8px 0 14px",
        padding: "14px 0",
        textAlign: "center",
        fontFamily: MONO,
        fontSize: 28,
        letterSpacing: 8,
        color: INK,
        backgroundColor: SUNKEN,
        borderRadius: 7,
      }}
    >
      {children}
    </Text>
  );
}

/** A box of facts, one per line: time, device, IP address. */
export function Facts({ facts }: { facts: Record<string, string | null> }) {
  const known = Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== null);
  return (
    <Section
      className="sunken"
      style={{ margin: "4px 0 14px", padding: "12px 16px", backgroundColor: SUNKEN, borderRadius: 7 }}
    >
      {known.map(([name, value]) => (
        <Text
          key={name}
          className="ink"
          style={{ margin: "2px 0", fontSize: 14, lineHeight: "22px", color: INK, ...WRAP }}
        >
          <span className="muted" style={{ color: MUTED }}>
            {name}:
          </span>{" "}
          {value}
        </Text>
      ))}
    </Section>
  );
}
