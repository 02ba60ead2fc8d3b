// The document around every page: fonts, theme, metadata.
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { renderPerRequest } from "./_edge/request";
import { fontVariables } from "./_ui/fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Foyer", template: "%s · Foyer" },
  description: "A self-hosted authentication service and OAuth 2 / OpenID Connect provider for any number of apps.",
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  // The two values of --color-surface.
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf8f5" },
    { media: "(prefers-color-scheme: dark)", color: "#171513" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  await renderPerRequest();
  return (
    <html lang="en" className={fontVariables}>
      <body>{children}</body>
    </html>
  );
}
