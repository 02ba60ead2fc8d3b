// Root layout: fonts, theme, metadata.
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { renderPerRequest } from "./_server/request";
import { readTheme } from "./_server/theme";
import { fontVariables } from "./_ui/fonts";
import { SURFACE } from "./_ui/theme";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Foyer", template: "%s · Foyer" },
  description: "A self-hosted authentication service and OAuth 2 / OpenID Connect provider for any number of apps.",
  icons: {
    icon: [
      { url: "/favicon.ico", sizes: "any" },
      { url: "/logo.svg", type: "image/svg+xml" },
    ],
  },
};

export async function generateViewport(): Promise<Viewport> {
  const theme = await readTheme();
  if (theme) return { colorScheme: theme, themeColor: SURFACE[theme] };
  return {
    colorScheme: "light dark",
    themeColor: [
      { media: "(prefers-color-scheme: light)", color: SURFACE.light },
      { media: "(prefers-color-scheme: dark)", color: SURFACE.dark },
    ],
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  await renderPerRequest();
  return (
    <html lang="en" className={fontVariables} data-theme={await readTheme()}>
      <body>{children}</body>
    </html>
  );
}
