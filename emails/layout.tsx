/** What every mail looks like: the App's name, logo and colour round a few sentences, one button, and what to do if it was not you. */

import type { ReactNode } from "react";
import { Body, Button, Container, Head, Heading, Hr, Html, Img, Link, Preview, Section, Text } from "react-email";
import { brandOf } from "@/lib/brand";
import type { MailBrand } from "@/lib/mail/mail";

const FONT = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';
const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";
const INK = "#2b2722";
const MUTED = "#6f685f";
const LINE = "#e4e0d9";
/** The accent of Foyer's own pages, for an App without a colour. */
const ACCENT = "#17564f";

interface LayoutProps {
  brand: MailBrand;
  /** What a mailbox shows beside the subject. */
  preview: string;
  title: string;
  children: ReactNode;
  /** Why this mail came, and that it may be ignored. */
  footer: string;
}

function Masthead({ brand }: { brand: MailBrand }) {
  // Mail programs fetch images by https only.
  const logo = brand.logoUrl?.startsWith("https://") ? brand.logoUrl : null;
  return (
    <Section style={{ paddingBottom: 20 }}>
      {logo ? <Img src={logo} alt="" height={36} style={{ marginBottom: 10 }} /> : null}
      <Text style={{ margin: 0, fontSize: 15, fontWeight: 600, color: INK }}>{brand.appName}</Text>
    </Section>
  );
}

export function Layout({ brand, preview, title, children, footer }: LayoutProps) {
  const { color } = brandOf(brand.color ?? ACCENT);
  return (
    <Html lang="en">
      <Head>
        <meta name="color-scheme" content="light" />
      </Head>
      <Preview>{preview}</Preview>
      <Body style={{ margin: 0, padding: "32px 12px", backgroundColor: "#f6f4f0", fontFamily: FONT }}>
        <Container
          style={{
            maxWidth: 520,
            backgroundColor: "#fffdfb",
            border: `1px solid ${LINE}`,
            borderTop: `4px solid ${color}`,
            borderRadius: 10,
            padding: "32px 36px 28px",
          }}
        >
          <Masthead brand={brand} />
          <Heading
            as="h1"
            style={{ margin: "0 0 12px", fontSize: 22, lineHeight: "30px", fontWeight: 600, color: INK }}
          >
            {title}
          </Heading>
          {children}
          <Hr style={{ margin: "28px 0 16px", borderColor: LINE }} />
          <Text style={{ margin: 0, fontSize: 13, lineHeight: "20px", color: MUTED }}>{footer}</Text>
        </Container>
      </Body>
    </Html>
  );
}

export function Paragraph({ children }: { children: ReactNode }) {
  return <Text style={{ margin: "0 0 14px", fontSize: 15, lineHeight: "24px", color: INK }}>{children}</Text>;
}

/** The one thing to do, and its address in full for whoever cannot press it. */
export function Action({ brand, href, children }: { brand: MailBrand; href: string; children: ReactNode }) {
  const { color, text } = brandOf(brand.color ?? ACCENT);
  return (
    <Section style={{ margin: "22px 0 8px" }}>
      <Button
        href={href}
        className="action"
        style={{
          backgroundColor: color,
          color: text,
          fontSize: 15,
          fontWeight: 600,
          borderRadius: 7,
          padding: "13px 26px",
          textDecoration: "none",
        }}
      >
        {children}
      </Button>
      <Text style={{ margin: "18px 0 0", fontSize: 13, lineHeight: "20px", color: MUTED }}>
        Or open this address:
        <br />
        <Link href={href} style={{ color: MUTED, wordBreak: "break-all" }}>
          {href}
        </Link>
      </Text>
    </Section>
  );
}

/** A code to type on another device. */
export function Code({ children }: { children: string }) {
  return (
    <Text
      style={{
        margin: "8px 0 14px",
        padding: "14px 0",
        textAlign: "center",
        fontFamily: MONO,
        fontSize: 28,
        letterSpacing: 8,
        color: INK,
        backgroundColor: "#f3f0eb",
        borderRadius: 7,
      }}
    >
      {children}
    </Text>
  );
}

/** A few facts, one a line: when, where, which device. */
export function Facts({ facts }: { facts: Record<string, string | null> }) {
  const known = Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== null);
  return (
    <Section style={{ margin: "4px 0 14px", padding: "12px 16px", backgroundColor: "#f3f0eb", borderRadius: 7 }}>
      {known.map(([name, value]) => (
        <Text key={name} style={{ margin: "2px 0", fontSize: 14, lineHeight: "22px", color: INK }}>
          <span style={{ color: MUTED }}>{name}:</span> {value}
        </Text>
      ))}
    </Section>
  );
}
