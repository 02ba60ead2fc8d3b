"use client";

// Error page for the root layout. It renders its own document, because the layout has failed.
import { ErrorPage, type ErrorPageProps } from "./_ui/error-page";
import { fontVariables } from "./_ui/fonts";
import "./globals.css";

export default function DocumentError(props: ErrorPageProps) {
  return (
    <html lang="en" className={fontVariables}>
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
